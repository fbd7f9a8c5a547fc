import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder, seed } from '../node/temporary-folder.ts';
import { type Target, targets } from './targets.ts';

describe('an article that expires while a server runs', () => {
  const opened: Target[] = [];
  afterAll(() => Promise.all(opened.map((target) => target.close())));

  it('disappears without a restart, a rebuild or a deploy, on Node and in workerd', async () => {
    // Late enough for the build and the start of both.
    const end = `${new Date(Date.now() + 20_000).toISOString().slice(0, 19)}Z`;
    const dir = makeFolder({
      'a.md': seed('A'),
      'b.md': `---\ntitle: Special offer\ndate: 2026-03-03\nexpiryDate: ${end}\ntags: [Offers]\n---\n\nNow.\n`,
      'publication.yaml': 'url: https://daily.example/\n',
    });
    for (const name of ['a Node server', 'a Node server of a store', 'a worker in workerd'] as const)
      opened.push(await targets[name](dir));
    const all = async (path: string) => Promise.all(opened.map((target) => target.request(path)));
    const statuses = async (path: string) => (await all(path)).map(({ status }) => status);
    const has = async () => (await all('/rss.xml')).map(({ body }) => body.toString().includes('Special offer'));
    const wasEarly = Date.now() < Date.parse(end) - 1000;
    const before = { wasEarly, has: await has(), statuses: await statuses('/articles/b') };
    expect(before).toEqual({ wasEarly: true, has: [true, true], statuses: [200, 200] });
    await expect.poll(has, { timeout: 30_000, interval: 250 }).toEqual([false, false]);
    expect(await statuses('/articles/b')).toEqual([410, 410]);
    expect(await statuses('/tags/offers/feed.json')).toEqual([404, 404]);
    expect(new Set((await all('/atom.xml')).map(({ body }) => body.toString())).size).toBe(1);
  }, 90_000);
});
