import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { ask } from '../../http/targets.ts';
import { type Served, serveHere, startServe } from '../command.ts';
import { png } from '../pictures.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const soon = { timeout: 30_000, interval: 20 };
/** Takes about a hundred turns of the event loop to render elsewhere, and none if rendered here. */
const prose = 'The *quick* brown [fox](https://a.example/) jumps over the lazy dog. '.repeat(6000);
const long = (headline: string, body = prose): string => seed(headline, '2026-03-02', body);
/** HTML of this is five times as long, which is more than an article may have. */
const failing = `\`\`\`\n${'&'.repeat(4_100_000)}\n\`\`\``;

describe('a long article', () => {
  it('is rendered while requests are answered, and to the same', async () => {
    const dir = makeFolder({ 'a.md': long('A', `![A](p.png)\n\n${prose}`), 'p.png': png(600, 400), 'b.md': seed('B') });
    const [a, b] = new SeedFolder(dir, { url: 'http://localhost:3000/' }).read().sources;
    expect(b?.render).toBeUndefined();
    let turns = 0;
    const count = () => {
      turns++;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    const rendered = await a?.render?.();
    clearImmediate(next);
    expect(turns).toBeGreaterThan(5);
    expect(rendered).toEqual(a?.article());
    expect(rendered?.image).toMatchObject({ width: 600, height: 400 });
  });

  it('that fails is an error with its file, and does not stop the next', async () => {
    const dir = makeFolder({ 'a.md': long('A', failing), 'b.md': long('B') });
    const [a, b] = new SeedFolder(dir, { url: 'http://localhost:3000/' }).read().sources;
    const [first, second] = await Promise.allSettled([a?.render?.(), b?.render?.()]);
    expect(first).toMatchObject({
      reason: { message: expect.stringMatching(/a\.md:1:1: error: .*split the article/) },
    });
    expect(second).toMatchObject({ value: { title: 'B' } });
  });

  it('above the limit is an error with the line on which the limit is', () => {
    const dir = makeFolder({ 'a.md': seed('A', '2026-03-02', 'text\n'.repeat(1_000_000)), 'b.md': seed('B') });
    const { problems, sources } = new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();
    expect(sources.map(({ head }) => head.title)).toEqual(['B']);
    expect(problems).toMatchObject([
      { file: join(dir, 'a.md'), line: 1_000_001, severity: 'error', code: 'unreadable' },
    ]);
  });
});

describe('a server', () => {
  let dir: string;
  let served: Served;
  beforeEach(async () => {
    dir = makeFolder({ 'publication.yaml': 'title: The Daily\n', 'old.md': seed('Old', '2026-03-01') });
    served = await serveHere(dir);
  });
  afterEach(() => served?.stop());
  const titles = async (): Promise<string[]> =>
    JSON.parse((await ask(served.url, '/feed.json')).body.toString()).items.map(
      ({ title }: { title: string }) => title,
    );

  it('publishes a long article, and changes after it in their order', async () => {
    writeFiles(dir, { 'long.md': long('Long', `![A](p.png)\n\n${prose}`) });
    await expect.poll(titles, soon).toEqual(['Long', 'Old']);
    writeFiles(dir, { 'long.md': long('Longer', `![A](p.png)\n\n${prose}`), 'short.md': seed('Short', '2026-03-03') });
    await expect.poll(titles, soon).toEqual(['Short', 'Longer', 'Old']);
    // The picture concerns the article although another thread looked for it.
    writeFiles(dir, { 'p.png': png(600, 400) });
    await expect
      .poll(async () => (await ask(served.url, '/articles/long')).body.toString(), soon)
      .toContain('width="600"');
    rmSync(join(dir, 'long.md'));
    await expect.poll(titles, soon).toEqual(['Short', 'Old']);
  });
});

it('renders long articles as the installed command does', async () => {
  const dir = makeFolder({ 'a.md': long('A'), 'b.md': long('Bad', failing) });
  const served = await startServe([dir]);
  expect((await ask(served.url, '/rss.xml')).body.toString()).toContain('<title>A</title>');
  expect((await ask(served.url, '/articles/b')).status).toBe(404);
  const { stderr } = await served.stop();
  expect(stderr).toMatch(/^dateline: .*b\.md:1:1: error: .*split the article \(unreadable\)$/m);
});
