import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateline } from '../node/command.ts';
import { type Files, makeFolder } from '../node/temporary-folder.ts';
import { type Target, targets } from './targets.ts';

const settings = `title: The Daily
url: https://daily.example/
id: "tag:daily.example,2026:"
items: 3
purge: cloudflare:zone
feeds:
  main: { languages: en }
  engineering: { title: Engineering, tags: [postgres, mysql], authors: Ana, not: { tags: ads }, items: 2 }
  deutsch: { title: Auf Deutsch, languages: de, content: summary }
  empty: { tags: nothing }
`;

/** Articles in two languages with labels by their number. */
function seeds(): Files {
  const files: Record<string, string> = { 'publication.yaml': settings };
  for (let i = 1; i <= 12; i++) {
    const tags = [['postgres'], ['postgres', 'ads'], ['mysql', 'cake']][i % 3]?.join(', ');
    const matter = `date: 2026-02-${String(i).padStart(2, '0')}\ntags: [${tags}]\nauthor: ${i % 4 === 0 ? 'Bo' : 'Ana'}\n`;
    files[`n${i}.md`] = `---\ntitle: Number ${i}\n${matter}---\n\nText ${i}.\n`;
    if (i % 2 === 0) files[`n${i}.de.md`] = `---\ntitle: Nummer ${i}\n${matter}---\n\nText ${i}.\n`;
  }
  return files;
}

const combinations = [
  '/rss.xml?tag=postgres&author=ana&not-tag=ads',
  '/atom.xml?tag=ads&tag=cake&language=de',
  '/feed.json?not-language=en',
  '/rss.xml?author=ana&tag=postgres',
  '/feed/?tag=mysql',
  '/rss.xml?tag=postgrs&author=ana',
  '/rss.xml?tag=',
];

describe('feeds of chosen articles and translations', { timeout: 120_000 }, () => {
  let built: string;
  const running: Target[] = [];

  beforeAll(async () => {
    const dir = makeFolder(seeds());
    built = join(makeFolder(), 'site');
    const { code, stderr } = await dateline(['build', dir, '--out', built]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const start of Object.values(targets)) running.push(await start(dir));
  }, 120_000);
  afterAll(async () => {
    for (const target of running) await target.close();
  });

  /** Every document of the built site, by its address. */
  function documents(): [path: string, text: string][] {
    return readdirSync(built, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:xml|json|html|opml)$/.test(file) && file !== '404.html')
      .map((file) => [`/${file.replace(/(?:^|\/)index\.html$|\.html$/, '')}`, readFileSync(join(built, file), 'utf8')]);
  }

  it('have the same bytes, headers and entity-tags on every runtime and in a build', async () => {
    const all = documents();
    for (const path of [
      '/feeds/engineering/archive/1/rss.xml',
      '/feeds/deutsch',
      '/feeds/empty/atom.xml',
      '/articles/n2-de',
    ])
      expect(all.map(([one]) => one)).toContain(path);
    const [first, ...others] = running;
    for (const [path, text] of all) {
      const { isDated: _, ...answer } = (await first?.request(path)) ?? expect.fail('no target');
      // People are sent to the current page while an archive page is not full.
      if (answer.status === 302) continue;
      expect([path, answer.status, answer.body.toString()]).toEqual([path, 200, text]);
      for (const target of others) expect({ path, ...(await target.request(path)) }).toMatchObject({ path, ...answer });
    }
  });

  it.each(combinations)('have the same answer on every runtime: %s', async (path) => {
    const [first, ...others] = running;
    const { isDated: _, ...answer } = (await first?.request(path)) ?? expect.fail('no target');
    expect(answer.status).toBe(
      combinations.indexOf(path) < 3 ? 200 : ([301, 301, 404, 400][combinations.indexOf(path) - 3] ?? 0),
    );
    for (const target of others) expect(await target.request(path)).toMatchObject(answer);
  });

  it('are tagged for the cache in front', async () => {
    for (const target of running) {
      const tags = async (path: string) => (await target.request(path)).headers['cache-tag'];
      expect(await tags('/feeds/engineering/atom.xml')).toBe('daily.example,daily.example/feeds/engineering');
      expect(await tags('/feeds/engineering/archive/1/atom.xml')).toBe(
        'daily.example,daily.example/feeds/engineering/archive/1',
      );
      expect(await tags('/rss.xml?tag=postgres&not-tag=ads')).toBe('daily.example,daily.example/edition');
    }
  });
});
