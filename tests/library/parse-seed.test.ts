import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFeeds, formats, parsePublicationFile, parseSeed, publish, renderFeed } from '../../src/index.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { wholeHead } from '../../src/node/folder/seeds/head-maker.ts';
import { checkout } from '../node/command.ts';
import { makeFolder } from '../node/temporary-folder.ts';

const settings = {
  title: 'News',
  url: 'https://example.org/news/',
  timezone: 'Europe/Berlin',
  id: 'tag:example.org,2026:',
};

/** Every article among the fixtures and the seeds, and names that ids and addresses encode. */
const texts: Record<string, string> = { 'größe & co.md': '# Hello\n\nMay 4, 2026\n\nIt works.\n' };
for (const folder of ['seeds', 'tests/fixtures', 'tests/fixtures/xss']) {
  for (const name of readdirSync(join(checkout, folder)).filter((name) => /\.(?:md|txt)$/.test(name)))
    texts[name] = readFileSync(join(checkout, folder, name), 'utf8');
}

describe('parseSeed', () => {
  const dir = makeFolder({ ...texts, 'publication.yaml': JSON.stringify(settings) });
  const command = new SeedFolder(dir, { url: 'http://127.0.0.1/' }).read();
  const read = new Map(command.articles.map(({ file, source }) => [file.slice(dir.length + 1), source]));

  it('is compared with more than ten articles', () => expect(read.size).toBeGreaterThan(10));

  it.each([...read.keys()])('reads %s as the command does', (path) => {
    const { source, problems } = parseSeed({ path, text: texts[path] ?? '' }, settings);
    expect(problems).toEqual([]);
    const expected = read.get(path) ?? expect.fail('not read');
    expect(source?.head).toEqual(wholeHead(expected.head));
    expect(source?.article()).toEqual(expected.article());
  });

  it('has the ids of the command in feeds', async () => {
    const articles = [...read.keys()].flatMap(
      (path) => parseSeed({ path, text: texts[path] ?? '' }, settings).source ?? [],
    );
    const now = '2026-11-30T00:00:00Z';
    const page = await publish(settings, articles, now).page({}, now);
    expect(page?.articles.map(({ id }) => id).sort()).toEqual(command.sources.map(({ head }) => head.id).sort());
  });

  it('takes a site that publication.yaml describes, and reports problems', () => {
    const { site } = parsePublicationFile(
      { path: 'publication.yaml', text: 'title: News\nurl: https://a.example/\n' },
      {
        title: '',
        url: '',
      },
    );
    expect(parseSeed({ path: 'a.md', text: '# A\n\nMay 4, 2026\n\nB.\n' }, site).source?.head.permalink).toBe(
      'https://a.example/articles/a',
    );
    expect(parseSeed({ path: 'a.md', text: '# Nothing\n' }, site)).toMatchObject({
      problems: [{ file: 'a.md', code: 'no-date' }],
    });
    expect(() => parseSeed({ path: 'a.md', text: '' }, { ...settings, timezone: 'Nowhere/City' })).toThrow(
      'site.timezone: expected a time zone such as Europe/Berlin, got "Nowhere/City"',
    );
  });

  it('makes articles that stand beside items', async () => {
    const { source } = parseSeed({ path: 'a.md', text: '# A\n\nMay 4, 2026\n\nB.\n' }, settings);
    const row = { id: '2', url: 'https://a.example/2', title: 'C', published: '2026-05-05T00:00:00Z', content: '<p>D' };
    const feeds = createFeeds({ site: settings, items: [row, ...(source ? [source] : [])] });
    expect(JSON.parse(await (await feeds.request('/feed.json')).text()).items).toMatchObject([
      { id: '2' },
      { id: 'tag:example.org,2026:a' },
    ]);
  });
});

describe('renderFeed', () => {
  const now = '2026-11-30T00:00:00Z';
  it.each(formats)('writes what the app serves as %s', async (format) => {
    const { source } = parseSeed({ path: 'a.md', text: '# A\n\nMay 4, 2026\n\nB.\n' }, settings);
    const edition = publish(settings, source ? [source] : [], now);
    const page = await edition.page({}, now);
    if (page === undefined) throw new Error('no page');
    const file = { rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json' }[format];
    const served = await createFeeds({ site: settings, items: source ? [source] : [] }).request(`/${file}`);
    const { bytes, etag } = await renderFeed(page, format);
    expect(new TextDecoder().decode(bytes)).toBe(await served.text());
    expect(etag).toBe(served.headers.get('ETag'));
  });

  it('refuses another format', async () => {
    const page = await publish(settings, [], now).page({}, now);
    await expect(renderFeed(page as never, 'xml' as never)).rejects.toThrow('format: expected "rss", "atom" or "json"');
  });
});
