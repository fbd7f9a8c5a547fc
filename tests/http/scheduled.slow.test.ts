import { describe, expect, it } from 'vitest';
import { seed } from '../node/temporary-folder.ts';
import { openBefore } from './open-before.ts';

describe('an article that becomes due while a server runs', () => {
  it('appears without a restart, a rebuild or a deploy, on Node and in workerd', { timeout: 120_000 }, async () => {
    const { all, close } = await openBefore((moment) => ({
      'a.md': seed('A'),
      'b.md': `# Falls due\n\n${moment}\n\nNow.\n`,
      'publication.yaml': 'url: https://daily.example/\n',
    }));
    try {
      const texts = async (path: string) =>
        Promise.all(all.map(async (target) => (await target.request(path)).body.toString()));
      const has = async () => (await texts('/rss.xml')).map((text) => text.includes('Falls due'));
      expect(await has()).toEqual([false, false, false]);
      await expect.poll(has, { timeout: 60_000, interval: 100 }).toEqual([true, true, true]);
      expect(new Set(await texts('/atom.xml')).size).toBe(1);
    } finally {
      await close();
    }
  });
});
