import { describe, expect, it } from 'vitest';
import { seed } from '../node/temporary-folder.ts';
import { openBefore } from './open-before.ts';

describe('an article that expires while a server runs', () => {
  it('disappears without a restart, a rebuild or a deploy, on Node and in workerd', { timeout: 120_000 }, async () => {
    const { all, close } = await openBefore((moment) => ({
      'a.md': seed('A'),
      'b.md': `---\ntitle: Special offer\ndate: 2026-03-03\nexpiryDate: ${moment}\ntags: [Offers]\n---\n\nNow.\n`,
      'publication.yaml': 'url: https://daily.example/\n',
    }));
    try {
      const answers = async (path: string) => Promise.all(all.map((target) => target.request(path)));
      const statuses = async (path: string) => (await answers(path)).map(({ status }) => status);
      const has = async () => (await answers('/rss.xml')).map(({ body }) => body.toString().includes('Special offer'));
      expect({ has: await has(), statuses: await statuses('/articles/b') }).toEqual({
        has: [true, true, true],
        statuses: [200, 200, 200],
      });
      await expect.poll(has, { timeout: 60_000, interval: 100 }).toEqual([false, false, false]);
      expect(await statuses('/articles/b')).toEqual([410, 410, 410]);
      expect(await statuses('/tags/offers/feed.json')).toEqual([404, 404, 404]);
      expect(new Set((await answers('/atom.xml')).map(({ body }) => body.toString())).size).toBe(1);
    } finally {
      await close();
    }
  });
});
