import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import rehypeParse from 'rehype-parse';
import Parser from 'rss-parser';
import { unified } from 'unified';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/article/problem.ts';
import { dateline, type Served, startServe } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';
import { expected, rdf, sources, wordPress } from './sources.ts';

type Node = { readonly value?: string; readonly children?: readonly Node[] };
/** Returns the text of HTML without white space, read by an independent parser. */
function textOf(html: string): string {
  const read = ({ value = '', children = [] }: Node): string => value + children.map(read).join('');
  return withoutSpace(read(unified().use(rehypeParse, { fragment: true }).parse(html) as Node));
}
const withoutSpace = (text: string) => text.replace(/\s+/g, '');

/** Returns the problems with ids that a check against a feed finds. */
async function idProblems(dir: string, source: string): Promise<readonly string[]> {
  const { stdout } = await dateline(['check', dir, '--against', source, '--format', 'json']);
  const problems: readonly Problem[] = JSON.parse(stdout);
  return problems
    .filter(
      ({ code, severity }) => /-id$/.test(code) && code !== 'no-id' && (severity === 'error' || code !== 'unfixed-id'),
    )
    .map(({ code, message }) => `${code}: ${message}`);
}

const fetchText = async (path: string, { url }: Served) => (await fetch(new URL(path, url))).text();

describe.each([...Object.entries(sources), ['old.rdf', rdf] as const])('%s keeps its content', (name, text) => {
  const isRdf = name === 'old.rdf';
  let dir: string;
  let source: string;
  let served: Served;
  beforeAll(async () => {
    source = join(makeFolder({ [name]: text }), name);
    dir = join(makeFolder(), 'new', 'seeds');
    const ended = await dateline(['import', source, dir]);
    expect(ended).toMatchObject({
      code: 0,
      stdout: `${dir}: 2 new, 0 already here, 0 errors, 0 warnings\n`,
      stderr: '',
    });
    served = await startServe([dir, '--no-watch']);
  });
  afterAll(() => served?.stop());

  it('with every id unchanged and nothing duplicated', async () => {
    const found = await idProblems(dir, source);
    // The feed's own id is kept only if it can be the base of ids.
    expect(found.filter((problem) => !problem.includes('the id of the feed itself'))).toEqual([]);
    if (name === 'old.atom') expect(found).toEqual([]);
  });

  it('as Atom', async () => {
    const { entries = [] } = parseAtomFeed(await fetchText('atom.xml', served));
    expect(entries).toHaveLength(expected.length);
    for (const [index, wanted] of expected.entries()) {
      const entry = entries[index] ?? {};
      const { id, url, title, published, updated, author, tags, text } = wanted;
      expect(entry).toMatchObject({ id, published, updated: isRdf ? published : updated });
      expect(entry.title?.value).toBe(title);
      expect(entry.links?.find(({ rel = 'alternate' }) => rel === 'alternate')?.href).toBe(url);
      expect(entry.authors?.map(({ name }) => name)).toEqual([author]);
      expect(entry.categories?.map(({ label }) => label)).toEqual(tags);
      expect(textOf(entry.content?.value ?? '')).toBe(withoutSpace(text));
      const enclosure = entry.links?.find(({ rel }) => rel === 'enclosure');
      if (!isRdf)
        expect(enclosure).toMatchObject({
          href: 'https://old.example/sound.mp3',
          type: 'audio/mpeg',
          length: 1234,
        });
    }
  });

  it('as JSON Feed', async () => {
    const { items = [] } = parseJsonFeed(await fetchText('feed.json', served));
    expect(items.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(items.map(({ content_html = '' }) => textOf(content_html))).toEqual(
      expected.map(({ text }) => withoutSpace(text)),
    );
    if (name === 'old.json') {
      expect(items[0]?.authors).toEqual([{ name: 'Ada Meer', url: 'https://people.example/1' }]);
      expect(items[0]?.attachments).toEqual([
        {
          url: 'https://old.example/sound.mp3',
          mime_type: 'audio/mpeg',
          size_in_bytes: 1234,
          title: 'Sound',
          duration_in_seconds: 3723,
        },
      ]);
    }
  });

  it('as RSS', async () => {
    const { items, title } = await new Parser({
      customFields: {
        item: [
          ['itunes:season', 'season'],
          ['itunes:episode', 'episode'],
        ],
      },
    }).parseString(await fetchText('rss.xml', served));
    expect(title).toBe('Old & News');
    expect(items.map(({ guid }) => guid)).toEqual(expected.map(({ id }) => id));
    expect(items.map(({ link }) => link)).toEqual(expected.map(({ url }) => url));
    expect(items.map(({ isoDate }) => isoDate)).toEqual(
      expected.map(({ published }) => published.replace('Z', '.000Z')),
    );
    if (name !== 'old.rss') return;
    expect(items[0]).toMatchObject({ season: '2', episode: '7' });
    expect(items[0]?.enclosure).toMatchObject({ url: 'https://old.example/sound.mp3', length: '1234' });
    expect(await fetchText('rss.xml', served)).toContain('<description>Not the lede of 0.</description>');
  });

  it('once, even if imported again', async () => {
    const before = listed(dir).map((file) => [file, readFileSync(join(dir, file), 'utf8')]);
    const again = await dateline(['import', source, dir]);
    expect(again).toMatchObject({
      code: 0,
      stdout: `${dir}: 0 new, 2 already here, 0 errors, 0 warnings\n`,
    });
    expect(listed(dir).map((file) => [file, readFileSync(join(dir, file), 'utf8')])).toEqual(before);
  });

  it('as Markdown that people can edit', () => {
    expect(listed(dir)).toEqual(['2023-01-01-second.md', '2024-05-06-albatros.md', 'publication.yaml']);
    const seed = readFileSync(join(dir, '2024-05-06-albatros.md'), 'utf8');
    expect(seed).toContain('- coal\n  - from Wales\n- tea');
    expect(seed).toContain('[the log](https://old.example/2024/05/log)');
    expect(seed).toContain('<iframe src="https://video.example/7" title="The film"></iframe>');
    expect(seed).toContain('| Port | Day |');
    expect(readFileSync(join(dir, 'publication.yaml'), 'utf8')).toContain('# url: https://old.example/\n');
  });
});

/** The files in a folder, without the state beside them. */
const listed = (dir: string) => readdirSync(dir).filter((name) => name !== '.dateline');

describe('a WordPress export', () => {
  let dir: string;
  let source: string;
  beforeAll(async () => {
    source = join(makeFolder({ 'export.xml': wordPress }), 'export.xml');
    dir = join(makeFolder(), 'seeds');
    const { code, stdout, stderr } = await dateline(['import', source, dir]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${dir}: 3 new (1 draft), 0 already here, 0 errors, 2 warnings\n`,
    });
    expect(stderr).toContain('"Classic & old": shortcodes stay as text: [box]');
    expect(stderr).toContain('not imported: 1 page, 1 attachment, 1 wp_block; --pages includes pages');
  });

  it('keeps ids, and only published posts count', async () => {
    expect(await idProblems(dir, source)).toEqual([]);
    const found = await idProblems(makeFolder(), source);
    expect(found.map((problem) => /^vanished-id.*?"(.*?)"/.exec(problem)?.[1])).toEqual(['Classic & old', 'Blocks']);
  });

  it('becomes articles and a draft', async () => {
    const served = await startServe([dir, '--no-watch']);
    const { items = [] } = parseJsonFeed(await fetchText('feed.json', served));
    await served.stop();
    expect(items.map(({ title }) => title)).toEqual(['Blocks', 'Classic & old']);
    expect(items[1]).toMatchObject({
      id: 'https://old.example/?p=1',
      url: 'https://old.example/classic/',
      date_published: '2015-03-04T05:06:07Z',
      date_modified: '2016-01-02T03:04:05Z',
      authors: [{ name: 'Ada Meer' }],
      tags: ['Ships'],
      attachments: [{ url: 'https://old.example/e.mp3', mime_type: 'audio/mpeg', size_in_bytes: 4321 }],
    });
    const html = items[1]?.content_html ?? '';
    expect(textOf(html)).toBe(
      withoutSpace(
        'First paragraph with a break. Second bold one. The pier https://video.example/9 [box color="red"]Boxed[/box] [caption] shown.',
      ),
    );
    expect(html).toMatch(
      /<p>First paragraph<br \/>\s*with a break\.<\/p>\s*<p>Second <strong>bold<\/strong> one\.<\/p>/,
    );
    for (const address of ['small.jpg', 'big.jpg', 'pic.jpg', 'a.mp3'])
      expect(html).toContain(`"https://old.example/${address}"`);
    expect(textOf(items[0]?.content_html ?? '')).toBe('Blockparagraph.Sharedwords.');
    const files = listed(dir).map((file) => readFileSync(join(dir, file), 'utf8'));
    expect(files.join()).not.toContain('ada@private.example');
    expect(files.filter((text) => /^draft: true$/m.test(text))).toHaveLength(1);
  });

  it('is imported once, including its draft, and pages on request', async () => {
    const { stdout } = await dateline(['import', source, dir, '--pages']);
    expect(stdout).toBe(`${dir}: 1 new, 3 already here, 0 errors, 2 warnings\n`);
  });
});

describe('ids that are not IRIs', () => {
  const guids = ['3f1c7f1e-1111-4222-8333-444455556666', '12345', ' a  &amp; "b" '];
  const rss = `<rss version="2.0"><channel><title>T</title><link>https://o.example/</link>${guids
    .map(
      (guid, day) =>
        `<item><title>Episode ${day}</title><guid isPermaLink="false">${guid}</guid><pubDate>Wed, 0${day + 1} Jan 2025 00:00:00 GMT</pubDate></item>`,
    )
    .join('')}</channel></rss>`;
  const own = guids.map((guid) => guid.trim().replace('&amp;', '&')).toReversed();

  it('stay the same in RSS and JSON Feed, and become IRIs in Atom', async () => {
    const source = join(makeFolder({ 'pod.xml': rss }), 'pod.xml');
    const dir = join(makeFolder(), 'pod');
    const imported = await dateline(['import', source, dir]);
    expect(imported.stdout).toContain('3 new, 0 already here, 0 errors, 0 warnings');
    const checked = await dateline(['check', dir, '--against', source]);
    expect({ code: checked.code, ids: checked.stdout.match(/(?:changed|unfixed|vanished)-id/) }).toEqual({
      code: 0,
      ids: null,
    });
    const served = await startServe([dir, '--no-watch']);
    const { items } = await new Parser().parseString(await fetchText('rss.xml', served));
    expect(items.map(({ guid }) => guid)).toEqual(own);
    expect((await fetchText('rss.xml', served)).match(/<guid isPermaLink="false">/g)).toHaveLength(3);
    expect(parseJsonFeed(await fetchText('feed.json', served)).items?.map(({ id }) => id)).toEqual(own);
    expect(parseAtomFeed(await fetchText('atom.xml', served)).entries?.map(({ id }) => id)).toEqual(
      own.map((id) => `tag:dateline.internal,2026:${encodeURIComponent(`id/${id}`)}`),
    );
    for (const feed of ['rss.xml', 'atom.xml', 'feed.json'])
      expect(await idProblems(dir, new URL(feed, served.url).href)).toEqual([]);
    await served.stop();
  });

  it('cause a warning if they come from Atom, which requires IRIs', async () => {
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>12345</id><title>A</title><updated>2025-01-01T00:00:00Z</updated></entry></feed>';
    const source = join(makeFolder({ 'old.atom': atom }), 'old.atom');
    const { stderr } = await dateline(['import', source, join(makeFolder(), 'seeds')]);
    expect(stderr).toContain(
      '1 item has an id that is not an absolute IRI, such as "12345"; in Atom it becomes part of a tag: URI',
    );
  });
});

describe('a list of feeds', () => {
  it('makes a section of each, and continues after a failure', async () => {
    const place = makeFolder({
      'a.rss': sources['old.rss'] ?? '',
      'sub/b.json': JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'B',
        items: [{ id: '1', content_text: 'One thing that happened', date_published: '2025-01-01T00:00:00Z' }],
      }),
    });
    const list = join(place, 'list.opml');
    const outline = (text: string, url: string) => `<outline type="rss" text="${text}" xmlUrl="${url}"/>`;
    writeFileSync(
      list,
      `<opml version="2.0"><head><title>All of mine</title></head><body><outline text="Folder">${outline('../../Up &amp; away', 'a.rss')}${outline('Gone', 'none.xml')}</outline>${outline('B', 'sub/b.json')}</body></opml>`,
    );
    const dir = join(makeFolder(), 'seeds');
    const { code, stdout, stderr } = await dateline(['import', list, dir]);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `${dir}: 3 new, 0 already here, 1 error, 0 warnings\n`,
    });
    expect(stderr).toContain('none.xml: error: cannot be read');
    expect(readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()).toEqual([
      'B',
      'B/2025-01-01-one-thing-that-happened.md',
      'Up & away',
      'Up & away/2023-01-01-second.md',
      'Up & away/2024-05-06-albatros.md',
      'publication.yaml',
    ]);
    for (const feed of ['a.rss', 'sub/b.json']) expect(await idProblems(dir, join(place, feed))).toEqual([]);
    expect((await dateline(['import', list, dir])).stdout).toContain('0 new, 3 already here');
  });
});
