import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Archive } from '../../../../../src/node/import/read/exports/archive.ts';
import { parseCsv } from '../../../../../src/node/import/read/exports/csv.ts';
import { readDocument } from '../../../../../src/node/import/read/read-document.ts';
import { dateline } from '../../../command.ts';
import { makeFolder } from '../../../temporary-folder.ts';
import { wordPress } from '../../sources.ts';

const zip = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
const read = (
  files: Readonly<Record<string, string>>,
  options: { readonly url?: URL; readonly pages?: boolean } = {},
) => readDocument('', new URL('file:///export.zip'), options, zip(files));
const messages = (feed: ReturnType<typeof read>) =>
  (feed.notes ?? []).map(({ item, message }) => (item === undefined ? message : `${item}: ${message}`));

const medium = (title: string, body: string, footer: string) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title><style>* { color: red }</style></head><body><article class="h-entry"><header><h1 class="p-name">${title}</h1></header><section data-field="subtitle" class="p-summary">In short.</section><section data-field="body" class="e-content"><section class="section section--body section--first"><div class="section-divider"><hr class="section-divider"></div><div class="section-content"><h3 class="graf graf--h3 graf--title">${title}</h3>${body}</div></section></section><footer>${footer}<p>Exported from <a href="https://medium.com">Medium</a> on May 1, 2024.</p></footer></article></body></html>`;
const mediumFiles = {
  'README.html': '<p>Read me</p>',
  'profile/profile.html': '<p>ann@private.example</p>',
  'posts/2021-07-14_Boats-0123456789ab.html': medium(
    'Boats &amp; ships',
    '<p class="graf">Text <img src="https://cdn.example/a.png"></p><div class="section-divider"><hr class="section-divider"></div><p>More</p>',
    '<p>By <a href="https://medium.com/@ann" class="p-author h-card">Ann Meer</a> on <a href="https://medium.com/p/0123456789ab"><time class="dt-published" datetime="2021-07-14T01:02:03.456Z">July 14, 2021</time></a>.</p><p><a href="https://medium.com/@ann/boats-0123456789ab" class="p-canonical">Canonical link</a></p>',
  ),
  'posts/draft_Tea-ba9876543210.html': medium(
    'Tea',
    '<p>Not yet</p>',
    '<p>By <a href="https://medium.com/@ann" class="p-author h-card">Ann Meer</a>.</p>',
  ),
};

describe('a Medium export', () => {
  it('gives posts and drafts', () => {
    const feed = read(mediumFiles);
    expect(feed.items).toMatchObject([
      {
        id: 'https://medium.com/p/0123456789ab',
        url: 'https://medium.com/@ann/boats-0123456789ab',
        title: 'Boats & ships',
        published: '2021-07-14T01:02:03Z',
        authors: [{ name: 'Ann Meer', url: 'https://medium.com/@ann' }],
        summary: 'In short.',
        isDraft: undefined,
      },
      { id: 'https://medium.com/p/ba9876543210', url: undefined, title: 'Tea', isDraft: true },
    ]);
    // Neither the title nor the line above the first section.
    expect(feed.items[0]?.content.text).toMatch(/^<section[^>]*><div class="section-content"><p class="graf">Text /);
    expect(feed.items[0]?.content.text.match(/<hr/g)).toHaveLength(1);
    expect(feed.notes).toEqual([]);
  });

  it('names a file that is no post', () => {
    const feed = read({ ...mediumFiles, 'posts/2022-01-01_x.html': '<p>x</p>' });
    expect(messages(feed)).toEqual(['not imported: posts/2022-01-01_x.html, which has no post']);
  });
});

const header = 'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url';
const substackFiles = {
  'posts.csv': `${header}\r\n101.hello,2024-03-01T10:00:00.000Z,true,,,newsletter,everyone,"Hello, ""you""",In short,\r\n102.paid,2024-03-02T10:00:00.000Z,TRUE,,,newsletter,only_paid,Paid,,\r\n103.idea,,false,,,newsletter,everyone,,,\r\n104.talk,2024-03-04T10:00:00.000Z,true,,,podcast,everyone,Talk,,https://a.example/t.mp3\r\n105.about,2024-03-05T10:00:00.000Z,true,,,page,everyone,About,,\r\n106.lost,2024-03-06T10:00:00.000Z,true,,,newsletter,everyone,Lost,,\r\n`,
  'posts/101.hello.html':
    '<p>Text</p><p class="button-wrapper" data-attrs="{}"><a class="button" href="https://x.example/subscribe?"><span>Subscribe</span></a></p><p>End</p>',
  'posts/102.paid.html': '<p>Only for some</p>',
  'posts/103.idea.html': '<p>Half a thought</p>',
  'posts/105.about.html': '<p>About</p>',
  'posts/107.orphan.html': '<p>Nobody knows</p>',
  'posts/101.hello.opens.csv': 'email\nreader@private.example\n',
  'email_list.x.csv': 'email\nreader@private.example\n',
};

describe('a Substack export', () => {
  it('gives posts, with drafts and what is paid for as drafts', () => {
    const feed = read(substackFiles, { url: new URL('https://ann.substack.example') });
    expect(
      feed.items.map(({ id, url, title, published, isDraft, files }) => [
        id,
        url,
        title,
        published,
        isDraft,
        files.length,
      ]),
    ).toEqual([
      [
        'https://ann.substack.example/p/hello',
        'https://ann.substack.example/p/hello',
        'Hello, "you"',
        '2024-03-01T10:00:00Z',
        undefined,
        0,
      ],
      ['https://ann.substack.example/p/paid', undefined, 'Paid', '2024-03-02T10:00:00Z', true, 0],
      ['https://ann.substack.example/p/idea', undefined, '', undefined, true, 0],
      [
        'https://ann.substack.example/p/talk',
        'https://ann.substack.example/p/talk',
        'Talk',
        '2024-03-04T10:00:00Z',
        undefined,
        1,
      ],
      [
        'https://ann.substack.example/p/lost',
        'https://ann.substack.example/p/lost',
        'Lost',
        '2024-03-06T10:00:00Z',
        undefined,
        0,
      ],
    ]);
    expect(feed.items[0]).toMatchObject({ summary: 'In short', content: { text: '<p>Text</p><p>End</p>' } });
    expect(messages(feed)).toEqual([
      'Paid: Substack shows it to only_paid only, so it becomes a draft',
      'Lost: its text is not in the zip file',
      "not imported: 1 page, 1 text that posts.csv doesn't name (posts/107.orphan.html); --pages includes pages",
    ]);
  });

  it('in a folder, and without its address, keeps its own ids', () => {
    const files = Object.fromEntries(Object.entries(substackFiles).map(([path, text]) => [`export/${path}`, text]));
    const feed = read(files);
    expect(feed.items.map(({ id }) => id)).toEqual(['101.hello', '102.paid', '103.idea', '104.talk', '106.lost']);
    expect(messages(feed).join()).toContain('leaves out the address of its site');
  });
});

describe('CSV (RFC 4180)', () => {
  const cell = fc.string({ maxLength: 12 }).map((text) => text.replace(/^\uFEFF/, ''));
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const kept = rows.filter((row) => row.some((value) => value !== ''));
        const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const text = [['a', 'b'], ...kept].map((row) => row.map(quote).join(',')).join(end);
        expect(parseCsv(text).map((row) => [row.get('a'), row.get('b')])).toEqual(kept);
      }),
      { numRuns: 300 },
    );
  });

  it('may be unquoted, begin with a byte order mark and end in a line break', () => {
    expect(parseCsv('\uFEFFa,b\n1, x\n\n,2\n').map((row) => [...row])).toEqual([
      [
        ['a', '1'],
        ['b', ' x'],
      ],
      [
        ['a', ''],
        ['b', '2'],
      ],
    ]);
  });
});

describe('a zip file', () => {
  const entry = (id: string) => `<item><guid isPermaLink="false">${id}</guid><title>${id}</title></item>`;
  const rss = (id: string) => `<rss version="2.0"><channel><title>T</title>${entry(id)}</channel></rss>`;

  it('is read like the only feed or export in it', () => {
    expect(read({ 'a/feed.xml': rss('x'), 'a/readme.txt': 'x', 'p.jpg': 'x' }).items).toMatchObject([{ id: 'x' }]);
  });

  it('gives all parts of a WordPress export', () => {
    const second = wordPress.replaceAll('old.example/?p=', 'old.example/?q=');
    const feed = read({ 'x.000.xml': wordPress, 'x.001.xml': second });
    expect(feed.items).toHaveLength(6);
    expect(messages(feed).filter((message) => /^not imported/.test(message))).toHaveLength(2);
  });

  it('of Google Takeout gives the blog, not the comments', () => {
    const atom = (type: string, id: string) =>
      `<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'><id>urn:f</id><title>T</title><entry><id>${id}</id><blogger:type>${type}</blogger:type><blogger:status>LIVE</blogger:status><title>A</title><content>a</content></entry></feed>`;
    const blog = { 'Takeout/Blogger/Blogs/My blog/feed.atom': atom('POST', 'urn:a') };
    const files = { ...blog, 'Takeout/Blogger/Comments/1/feed.atom': atom('COMMENT', 'urn:b') };
    expect(read(files).items).toMatchObject([{ id: 'urn:a' }]);
    expect(() => read({ ...files, 'Takeout/Blogger/Blogs/B/feed.atom': atom('POST', 'urn:c') })).toThrow(
      /^is a zip file with several publications; unpack it and import one after the other: Takeout/,
    );
  });

  it.each([
    ['an Office document', { '[Content_Types].xml': '<Types/>' }],
    ['a Tumblr export', { 'posts/html/1.html': '<p>x</p>', 'payload-0.json': '{}' }],
    ['a Notion export', { 'My page 0123456789abcdef0123456789abcdef.md': '# x' }],
    [
      'the folder of a Jekyll or Hexo site',
      { 'site/_posts/2024-01-01-a.md': '# x', 'site/feed.xml': '---\n---\n<feed>' },
    ],
    ['the folder of a Hugo or Zola site', { 'hugo.toml': 'x', 'content/a.md': '# x' }],
    ['a folder of Markdown', { 'notes/a.md': '# x', 'package.json': '{}' }],
    ['a Mastodon archive', { 'outbox.json': '{}' }],
    ['a zip file without a feed or an export', { 'a.txt': 'x' }],
    ['a zip file in which a.xml is a sitemap', { 'a.xml': '<urlset><url/></urlset>' }],
  ])('that is %s is named so', (name, files) => {
    expect(() => read(files as Record<string, string>)).toThrow(new RegExp(`^is ${name}`));
  });

  it('cannot lead out of itself or exhaust memory', () => {
    const archive = new Archive(
      zip({
        '../a.xml': 'x',
        '/b.xml': 'x',
        'c/../../d.xml': 'x',
        'C:\\e.xml': 'x',
        '__MACOSX/f.xml': 'x',
        'g.xml': 'x',
      }),
    );
    expect(archive.paths).toEqual(['g.xml']);
    const large = zip({ 'a.xml': 'x'.repeat(3_000_000) });
    const limits = { files: 2, size: 2_000_000 };
    expect(() => new Archive(large, limits).read(['a.xml'])).toThrow('is a zip file whose texts are longer than 2 MB');
    expect(() => new Archive(zip({ a: '', b: '', c: '' }), limits)).toThrow('is a zip file with more than 2 files');
    // The archive states ten bytes for three million.
    const lying = large.slice();
    const view = new DataView(lying.buffer);
    const directory = view.getUint32(lying.length - 6, true);
    view.setUint32(directory + 24, 10, true);
    expect(() => new Archive(lying).read(['a.xml'])).toThrow('is a damaged zip file');
  });

  it.each([
    ['cut off', (bytes: Uint8Array) => bytes.slice(0, 60)],
    ['empty', () => new Uint8Array([0x50, 0x4b, 3, 4])],
  ])('that is %s is damaged', (_, change) => {
    expect(() => readDocument('', new URL('file:///a.zip'), {}, change(zip({ 'a.xml': rss('x') })))).toThrow(
      /^is a damaged/,
    );
  });

  it('is imported from the command line, and known again', async () => {
    const source = join(makeFolder(), 'medium.zip');
    writeFileSync(source, zip(mediumFiles));
    const dir = join(makeFolder(), 'seeds');
    expect((await dateline(['import', source, dir])).stdout).toBe(
      `${dir}: 2 new (1 draft), 0 already here, 0 errors, 0 warnings\n`,
    );
    expect((await dateline(['import', source, dir])).stdout).toContain('0 new, 2 already here');
  });
});
