import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePublicationFile, publicationKeys } from '../../../src/publication/file/publication-file.ts';
import { propertyRuns } from '../../effort.ts';

const defaults = { title: 'folder', url: 'http://localhost:3000/' };
const path = 'seeds/publication.yaml';

function read(text: string, more: { urlOverride?: string } = {}) {
  return parsePublicationFile({ path, text }, { ...defaults, ...more });
}

/** Problems as `line:column code: message`. */
function problems(text: string): string[] {
  return read(text).problems.map(({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`);
}

describe('without a publication file', () => {
  const unsaid = parsePublicationFile(undefined, defaults);
  const { site, hasUrl, problems } = unsaid;

  it('everything has a default', () => {
    expect(problems).toEqual([]);
    expect(hasUrl).toBe(false);
    expect(site).toEqual({
      title: 'folder',
      description: 'folder',
      url: 'http://localhost:3000/',
      language: 'en',
      authors: [],
      timezone: 'UTC',
      items: 50,
      content: 'full',
      ttl: 60,
      id: 'tag:dateline.internal,2026:',
      feedId: 'tag:dateline.internal,2026:publication/folder',
      redirects: {},
    });
  });

  it.each(['', '\n', '# nothing yet\n', '---\n', '---\n...\n', 'title:\nurl: ~\nitems: null\n', '\uFEFF'])(
    'as with %j',
    (text) => {
      expect(read(text)).toEqual(unsaid);
    },
  );
});

describe('a key of the publication file', () => {
  it.each<[string, string, unknown]>([
    ['title', 'The Daily', 'The Daily'],
    ['title', '2026', '2026'],
    ['title', '007', '007'],
    ['title', '1e3', '1e3'],
    ['title', 'true', 'true'],
    ['title', '2026-03-02', '2026-03-02'],
    ['title', 'No', 'No'],
    ['title', '"  Tabs\\tand\\nlines  "', 'Tabs and lines'],
    ['title', '"A\\u0007bell"', 'Abell'],
    ['title', "'It''s'", "It's"],
    ['title', '>\n  folded\n  text\n', 'folded text'],
    ['title', '|\n  two\n  lines\n', 'two lines'],
    ['title', 'plain\n  text goes on', 'plain text goes on'],
    ['title', '!!str 5', '5'],
    ['description', 'Words & <words>', 'Words & <words>'],
    ['url', 'https://daily.example', 'https://daily.example/'],
    ['url', 'https://daily.example/blog', 'https://daily.example/blog/'],
    ['url', 'https://daily.example/blog/', 'https://daily.example/blog/'],
    ['url', 'HTTPS://Daily.Example:443/Blog', 'https://daily.example/Blog/'],
    ['url', 'http://daily.example:8080', 'http://daily.example:8080/'],
    ['url', 'https://täglich.example', 'https://xn--tglich-bua.example/'],
    ['url', 'https://me:secret@daily.example/', 'https://daily.example/'],
    ['url', 'https://[::1]:3000/', 'https://[::1]:3000/'],
    ['language', 'de', 'de'],
    ['language', 'EN-us', 'en-US'],
    ['language', 'no', 'no'],
    ['language', 'zh-hant-tw', 'zh-Hant-TW'],
    ['timezone', 'Europe/Berlin', 'Europe/Berlin'],
    ['timezone', 'UTC', 'UTC'],
    ['timezone', 'America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['items', '1', 1],
    ['items', '1000', 1000],
    ['items', '20.0', 20],
    ['content', 'full', 'full'],
    ['content', '"summary"', 'summary'],
    ['ttl', '1', 1],
    ['ttl', '10080', 10080],
    ['hub', 'https://hub.example', 'https://hub.example/'],
    ['purge', 'cloudflare:023e105f', { kind: 'cloudflare', id: '023e105f' }],
    ['purge', '"fastly:SU1Z0isxPaozGVKXdv0eY"', { kind: 'fastly', id: 'SU1Z0isxPaozGVKXdv0eY' }],
    ['purge', 'https://cache.example/purge?zone=1', { kind: 'other', id: 'https://cache.example/purge?zone=1' }],
    ['icon', '/icon.png', 'http://localhost:3000/icon.png'],
    ['icon', 'icon.png', 'http://localhost:3000/icon.png'],
    ['icon', 'https://cdn.example/i.png', 'https://cdn.example/i.png'],
    ['icon', '//cdn.example/i.png', 'http://cdn.example/i.png'],
    ['favicon', '/fav icon.png', 'http://localhost:3000/fav%20icon.png'],
    ['copyright', '© 2026', '© 2026'],
    ['id', '"tag:daily.example,2026:"', 'tag:daily.example,2026:'],
    ['id', 'tag:daily.example,2026-03:news/', 'tag:daily.example,2026-03:news/'],
    ['tombstones', 'true', true],
    ['redirects', '{}', {}],
    ['redirects', '\n  /a: /b\n  /b: /c', { '/a': './b', '/b': './c' }],
    ['redirects', '{ /größe: /articles/größe }', { '/gr%C3%B6%C3%9Fe': './articles/größe' }],
    ['redirects', '{ /a b: "/c?d=e#f" }', { '/a%20b': './c?d=e#f' }],
    ['redirects', '{ /a: https://elsewhere.example/b }', { '/a': 'https://elsewhere.example/b' }],
    ['redirects', '{ /a: gone, /__proto__: gone }', { '/a': 'gone', '/__proto__': 'gone' }],
    ['authors', '[]', []],
    ['authors', '[Ann, Bo]', [{ name: 'Ann' }, { name: 'Bo' }]],
    ['authors', '\n  - Ann\n  - 1984\n', [{ name: 'Ann' }, { name: '1984' }]],
    ['authors', '\n  - name: Ann\n', [{ name: 'Ann' }]],
    [
      'authors',
      '\n  - url: https://ann.example\n    email: ann@daily.example\n    name: Ann\n  - Bo',
      [{ name: 'Ann', email: 'ann@daily.example', url: 'https://ann.example/' }, { name: 'Bo' }],
    ],
  ])('%s takes %j', (key, written, value) => {
    const { site, problems } = read(`${key}: ${written}\n`);
    expect(problems).toEqual([]);
    expect(site).toHaveProperty(key, value);
  });

  it.each([
    ['title', '""', '""'],
    ['title', '"  "', '""'],
    ['title', '[a, b]', 'a list'],
    ['title', '{ a: b }', 'a map'],
    ['description', '[]', 'a list'],
    ['url', 'daily.example', '"daily.example"'],
    ['url', '/blog', '"/blog"'],
    ['url', 'ftp://daily.example/', '"ftp://daily.example/"'],
    ['url', 'javascript:alert(1)', '"javascript:alert(1)"'],
    ['url', 'https://', '"https://"'],
    ['url', 'https://a b/', '"https://a b/"'],
    ['url', '5', '"5"'],
    ['url', 'https://daily.example/?x=1', '"https://daily.example/?x=1"'],
    ['url', 'https://daily.example/#f', '"https://daily.example/#f"'],
    ['language', 'en_US', '"en_US"'],
    ['language', 'english language', '"english language"'],
    ['language', '1', '"1"'],
    ['timezone', 'Europe/Nowhere', '"Europe/Nowhere"'],
    ['timezone', '+01:00', '"+01:00"'],
    ['timezone', '1', '"1"'],
    ['items', '0', '"0"'],
    ['items', '1001', '"1001"'],
    ['items', '-5', '"-5"'],
    ['items', '2.5', '"2.5"'],
    ['items', '"50"', '"50"; remove the quotation marks'],
    ['items', 'fifty', '"fifty"'],
    ['items', '.inf', '".inf"'],
    ['items', '.nan', '".nan"'],
    ['items', 'true', '"true"'],
    ['content', 'Full', '"Full"'],
    ['content', 'none', '"none"'],
    ['ttl', '0', '"0"'],
    ['ttl', '10081', '"10081"'],
    ['ttl', '1h', '"1h"'],
    ['hub', 'hub.example', '"hub.example"'],
    ['purge', 'cloudflare', '"cloudflare"'],
    ['purge', 'akamai:1', '"akamai:1"'],
    ['purge', 'https://me:secret@cache.example/', '"https://cache.example/"'],
    ['icon', 'data:image/png;base64,AA', '"data:image/png;base64,AA"'],
    ['icon', 'http://[', '"http://["'],
    ['favicon', '[]', 'a list'],
    ['pictures', 'imgix', '"imgix"'],
    ['color', 'navy', '"navy"'],
    ['search', 'yes', '"yes"'],
    ['color', '[]', 'a list'],
    ['copyright', '{}', 'a map'],
    ['id', '"tag:daily.example:"', '"tag:daily.example:"'],
    ['id', '"tag:daily.example,2026:100%"', '"tag:daily.example,2026:100%"'],
    ['id', 'https://daily.example/', '"https://daily.example/"'],
    ['authors', 'Ann', '"Ann"'],
    ['authors', '{ name: Ann }', 'a map'],
    ['tombstones', 'yes', '"yes"'],
    ['redirects', '/a', '"/a"'],
    ['redirects', '[/a]', 'a list'],
  ] as const)('%s refuses %j where it stands', (key, written, shown) => {
    const [problem, ...more] = problems(`# line 1\n${key}: ${written}\n`);
    expect(more).toEqual([]);
    const column = key.length + 3;
    expect(problem).toBe(`2:${column} wrong-value: ${key}: expected ${publicationKeys[key].expects}, got ${shown}`);
    const { site } = read(`${key}: ${written}\n`);
    expect(site).toEqual(parsePublicationFile(undefined, defaults).site);
  });

  const author = 'expected a name or a map such as name, email and url, got';
  const old = 'expected an old path that begins with "/" and has no query, got';
  const target = 'expected a path that begins with "/", an address, or "gone", got';
  const circle = 'redirects to itself; change the target to an existing page, or to "gone"';
  it.each([
    ['authors: [{ email: ann@daily.example }]', 11, 'expected an author with a name, got one without'],
    ['authors: [Bo, { name: Ann, email: ann }]', 35, 'expected a mail address, got "ann"'],
    [
      'authors: [{ name: Ann, email: "Ann <ann@daily.example>" }]',
      31,
      'expected a mail address, got "Ann <ann@daily.example>"',
    ],
    ['authors: [{ name: Ann, url: ann.example }]', 29, 'expected an absolute http or https address, got "ann.example"'],
    ['authors: [{ name: }]', 19, 'expected a name, got ""'],
    ['authors: [Ann, ~]', 16, `${author} "~"`],
    ['authors: [[Ann]]', 11, `${author} a list`],
    ['authors: { ana: }', 12, 'expected a name or a map for "ana", got nothing'],
    ['authors: { ana silva: Ana }', 12, 'expected a key of letters without spaces, got "ana silva"'],
    ['authors: { ana: { email: ana@daily.example } }', 17, 'expected an author with a name, got one without'],
    ['authors: { ana: { name: Ana, default: 1 } }', 39, 'expected true or false, got "1"'],
    [
      'authors: [{ name: Ann, fediverse: ann }]',
      35,
      'expected an account such as "@ana@social.example", in quotation marks, got "ann"',
    ],
    ['authors: [{ name: Ann, profiles: [a] }]', 34, 'expected a list of absolute http or https addresses, got a list'],
    ['redirects: { /c: /d, a: /b }', 22, `${old} "a"`],
    ['redirects: { //a: /b }', 14, `${old} "//a"`],
    ['redirects: { /a?b=c: /b }', 14, `${old} "/a?b=c"`],
    ['redirects: { "/a#b": /b }', 14, `${old} "/a#b"`],
    ['redirects: { "https://a.example/": /b }', 14, `${old} "https://a.example/"`],
    ['redirects: { /a: }', 18, `${target} ""`],
    ['redirects: { /a: b }', 18, `${target} "b"`],
    ['redirects: { /a: //elsewhere.example/ }', 18, `${target} "//elsewhere.example/"`],
    ['redirects: { /a: ftp://elsewhere.example/ }', 18, `${target} "ftp://elsewhere.example/"`],
    ['redirects: { /a: "javascript:alert(1)" }', 18, `${target} "javascript:alert(1)"`],
    ['redirects: { /a: [/b] }', 18, `${target} a list`],
    ['redirects: { /a: Gone }', 18, `${target} "Gone"`],
    ['redirects: { /a: /a }', 14, `"/a" ${circle}`],
    ['redirects: { /a: /a/ }', 14, `"/a" ${circle}`],
    ['redirects: { /a: "/a?x=1" }', 14, `"/a" ${circle}`],
    ['redirects: { /ä: /ö, /ö: /ä }', 14, `"/ä" ${circle}`],
    ['redirects: { /a: /b, /b: /c, /c: /a }', 14, `"/a" ${circle}`],
    ['redirects: { /x: /a, /a: /b, /b: /a }', 22, `"/a" ${circle}`],
  ])('names the part that it refuses: %s', (text, column, message) => {
    const [key = ''] = text.split(':');
    expect(problems(`${text}\n`)).toEqual([`1:${column} wrong-value: ${key}: ${message}`]);
    expect(read(`${text}\n`).site).toEqual(parsePublicationFile(undefined, defaults).site);
  });

  it('names each part that it refuses', () => {
    expect(problems('authors:\n  - nam: x\n  - [a]\n  - url: x\n').map((line) => line.slice(0, 15))).toEqual([
      '2:5 unknown-key',
      '3:5 wrong-value',
      '4:10 wrong-valu',
    ]);
    expect(problems('redirects:\n  a: /b\n  /c: d\n')).toHaveLength(2);
  });

  it.each([
    ['titel: A', '1:1 unknown-key: unknown key "titel"; did you mean "title"?'],
    ['Time-Zone: UTC', '1:1 unknown-key: unknown key "Time-Zone"; did you mean "timezone"?'],
    [
      'podcast: {owner: {mail: a@b.example}}',
      '1:19 unknown-key: unknown key "podcast.owner.mail"; did you mean "podcast.owner.email"?',
    ],
    ['authors: [{nam: x}]', '1:12 unknown-key: authors: unknown key "nam"; did you mean "name"?'],
    ['tagline: A', `1:1 unknown-key: unknown key "tagline"; the keys are ${Object.keys(publicationKeys).join(', ')}`],
  ])('gets a suggestion or the list of keys: %s', (text, problem) => {
    expect(problems(`${text}\n`)).toEqual([problem]);
  });

  it.each(['ttl: "60"', "podcast: {explicit: 'false'}"])('that takes no text gives advice for %s', (text) => {
    expect(problems(`${text}\n`)).toEqual([expect.stringMatching(/; remove the quotation marks$/)]);
  });

  it('has a description of its value', () => {
    const keys =
      'title description url language authors timezone items content aggregators ttl hub purge audience patience icon favicon copyright id machines markdown news tombstones redirects sections tags articles static site permalink generator ids pages feeds color search pictures cards podcast';
    expect(Object.keys(publicationKeys)).toEqual(keys.split(' '));
  });
});

describe('a publication file', () => {
  it('reports every problem at its line and column, and reads the rest', () => {
    const text = 'title: The Daily\r\nitmes: 5\r\nitems: 0\r\n\r\nauthors: Ann\r\n  \r\nttl: 5\r\n';
    expect(problems(text)).toEqual([
      `2:1 unknown-key: unknown key "itmes"; did you mean "items"?`,
      `3:8 wrong-value: items: expected a whole number from 1 to 1000, got "0"`,
      `5:10 wrong-value: authors: expected ${publicationKeys.authors.expects}, got "Ann"`,
    ]);
    expect(read(text).site).toMatchObject({ title: 'The Daily', ttl: 5, items: 50 });
    expect(read(text).problems.every(({ file, severity }) => file === path && severity === 'error')).toBe(true);
  });

  it.each([
    ['an unknown key', 'Title: a\n', '1:1 unknown-key'],
    ['a key of the prototype', 'title: a\nconstructor: b\n', '2:1 unknown-key'],
    ['__proto__', '__proto__: { title: a }\n', '1:1 unknown-key'],
    ['a number for a key', '1: a\n', '1:1 unknown-key'],
    ['a list for a key', '? [a]\n: b\n', '1:3 unknown-key'],
    ['nothing for a key', ': b\n', '1:1 unknown-key'],
    ['a merge key', '<<: { title: a }\n', '1:1 unknown-key'],
    ['a key twice', 'title: a\nurl: https://a.example\ntitle: b\n', '3:1 bad-yaml'],
    ["an author's key twice", 'authors:\n  - name: a\n    name: b\n', '3:5 bad-yaml'],
    ['a tab for indentation', 'authors:\n\t- Ann\n', '2:1 bad-yaml'],
    ['an open bracket', 'title: a\nauthors: [Ann\n', '2:10 bad-yaml'],
    ['an open quote', 'title: "a\n', '1:8 bad-yaml'],
    ['a colon in plain text', 'title: News: today\n', '1:8 bad-yaml'],
    ['two documents', 'title: a\n---\ntitle: b\n', '2:1 bad-yaml'],
    ['a list', '- title: a\n', '1:1 bad-yaml'],
    ['words', 'The Daily\n', '1:1 bad-yaml'],
    ['a number', '5\n', '1:1 bad-yaml'],
    ['an alias to nothing', 'title: *none\n', '1:8 wrong-value'],
    ['an unknown tag', 'title: !secret a\n', '1:8 bad-yaml'],
  ])('with %s has that problem alone', (_, text, problem) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${problem}: [^\\n]+$`));
  });

  it('accepts an alias for text', () => {
    const { site, problems } = read('title: &t The Daily\ndescription: *t\nauthors: [*t]\n');
    expect(problems).toEqual([]);
    expect(site).toMatchObject({ description: 'The Daily', authors: [{ name: 'The Daily' }] });
  });

  it.each([
    ['of a map', 'authors:\n  - &a { name: Ann }\n  - *a\n', '3:5 wrong-value'],
    ['of itself', 'authors: &a [*a]\n', 'got an alias'],
    ['of a list', 'authors: &a [Ann]\ntitle: *a\n', 'title: expected text, got an alias'],
  ])('refuses an alias %s', (_, text, message) => {
    expect(problems(text)).toHaveLength(1);
    expect(problems(text)[0]).toContain(message);
  });

  it('sets the address, unless the environment does', () => {
    expect(read('url: https://a.example\n')).toMatchObject({
      site: { url: 'https://a.example/' },
      hasUrl: true,
    });
    const urlOverride = 'https://b.example/news?x#y';
    expect(read('url: https://a.example\nicon: /i.png\n', { urlOverride })).toMatchObject({
      site: { url: 'https://b.example/news/', icon: 'https://b.example/news/i.png' },
      hasUrl: true,
    });
    expect(read('', { urlOverride })).toMatchObject({ hasUrl: true });
    expect(read('title: a\n')).toMatchObject({ hasUrl: false });
  });

  it('has its title as the default description', () => {
    expect(read('title: The Daily\n').site.description).toBe('The Daily');
  });

  it('never throws, whatever it holds', () => {
    const keyed = fc
      .tuple(fc.constantFrom(...Object.keys(publicationKeys)), fc.string({ unit: 'binary' }))
      .map(([key, value]) => `${key}: ${value}`);
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(keyed).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(text, (text) => {
        const { site, problems } = read(text);
        const lines = text.split(/\r\n?|\n/).length;
        for (const { line, column } of problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines + 1);
          expect(column).toBeGreaterThanOrEqual(1);
        }
        expect(new URL(site.url).pathname).toMatch(/\/$/);
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});
