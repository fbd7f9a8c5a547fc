import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder, seed } from '../node/temporary-folder.ts';
import { type Target, targets } from './targets.ts';

describe('an article that becomes due while a server runs', () => {
  const opened: Target[] = [];
  afterAll(() => Promise.all(opened.map((target) => target.close())));

  it('appears without a restart, a rebuild or a deploy, on Node and in workerd', async () => {
    // Late enough for the build and the start of both.
    const moment = new Date(Date.now() + 12_000).toISOString().slice(0, 19);
    const dir = makeFolder({
      'a.md': seed('A'),
      'b.md': `# Falls due\n\n${moment}Z\n\nNow.\n`,
      'publication.yaml': 'url: https://daily.example/\n',
    });
    for (const name of ['a Node server', 'a Node server of a store', 'a worker in workerd'] as const)
      opened.push(await targets[name](dir));
    const all = async (path: string) =>
      Promise.all(opened.map(async (target) => (await target.request(path)).body.toString()));
    const wasEarly = Date.now() < Date.parse(`${moment}Z`);
    const before = await all('/rss.xml');
    expect({ wasEarly, has: before.map((text) => text.includes('Falls due')) }).toEqual({
      wasEarly: true,
      has: [false, false],
    });
    const has = expect.poll(async () => (await all('/rss.xml')).map((text) => text.includes('Falls due')), {
      timeout: 20_000,
      interval: 250,
    });
    await has.toEqual([true, true]);
    expect(new Set(await all('/atom.xml')).size).toBe(1);
  }, 60_000);
});
