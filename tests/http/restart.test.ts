import { describe, expect, it } from 'vitest';
import { makeFolder, seed, writeFiles } from '../node/temporary-folder.ts';
import { type Answer, type Target, targetsOfStep } from './targets.ts';

/** Starts a server for a single request, as after a restart or a deploy. */
async function askAnew(
  start: (dir: string) => Promise<Target>,
  dir: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const target = await start(dir);
  try {
    return await target.request('/rss.xml', { headers });
  } finally {
    await target.close();
  }
}

// Dates usually have no time, so the second article of a day has the same date as the first.
describe.each(Object.entries(targetsOfStep))('after a restart of %s', (_, start) => {
  it('a reader with only a date gets the second article of a day', async () => {
    const dir = makeFolder({
      'publication.yaml': 'url: https://daily.example\n',
      'a.md': seed('A', '2026-03-02'),
    });
    const { 'last-modified': modified = '', etag = '' } = (await askAnew(start, dir)).headers;
    expect(modified).toBe('Mon, 02 Mar 2026 00:00:00 GMT');
    expect((await askAnew(start, dir, { 'If-Modified-Since': modified })).status).toBe(304);
    writeFiles(dir, { 'b.md': seed('B', '2026-03-02') });
    const answer = await askAnew(start, dir, { 'If-Modified-Since': modified });
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).not.toBe(etag);
    expect(Date.parse(answer.headers['last-modified'] ?? '')).toBeGreaterThan(Date.parse(modified));
    expect(Date.parse(answer.headers['last-modified'] ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('unchanged documents keep their date', async () => {
    const dir = makeFolder({
      'publication.yaml': 'url: https://daily.example\n',
      'a.md': seed('A', '2026-03-02'),
    });
    expect(await askAnew(start, dir)).toEqual(await askAnew(start, dir));
  });
});
