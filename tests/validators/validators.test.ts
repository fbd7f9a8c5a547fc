import { beforeAll, describe, expect, test } from 'vitest';
import { feedValidatorHere, validateFeed } from './feed-validator.ts';
import { lintJsonFeed } from './json-feed.ts';
import { lintRss } from './rss.ts';
import { ATOM_FEED, JSON_FEED, PODCAST, RSS } from './samples.ts';
import { assertWellFormed, lintAtom, parseXml } from './xml.ts';

/** Each row: the rule that must report, what is cut from the sample, and its replacement. */
type Break = readonly [rule: string, from: string | RegExp, to: string];

function broken(sample: string, [, from, to]: Break): string {
  const result = sample.replace(from, () => to);
  if (result === sample) throw new Error(`the sample has no ${from}`);
  return result;
}

describe('assertWellFormed', () => {
  test('accepts text and bytes', () => {
    expect(() => assertWellFormed(RSS)).not.toThrow();
    expect(() => assertWellFormed(new TextEncoder().encode(RSS))).not.toThrow();
  });

  const rows: readonly Break[] = [
    ['X3 1:1', '<?xml', '\uFEFF<?xml'],
    ['X3 1:1', '<?xml', '\n<?xml'],
    ['X3 1:1', 'encoding="utf-8"', 'encoding="UTF-8"'],
    ['X4 2:', '<rss', '<!DOCTYPE rss><rss'],
    ['X1', '&#x26;', '& '],
    ['X1 4:', '&#x26;', '&nbsp;'],
    ['X1 4:', '&#x26;', '&#x0;'],
    ['X1 4:', '&#x26;', '&#xFFFE;'],
    ['X1 4:', '&#x26;', '&#xD800;'],
    ['X1 4:', '&#x26;', '\u0001'],
    ['X1 4:', '&#x26;', '\uFFFF'],
    ['X2 4:20', '&#x26;', '\uD800'],
    ['X2 4:20', '&#x26;', '\uDC00\uD800'],
    ['X1 4:', '&#x26;', ']]>'],
    ['X1 4:', '<title>', '<title a="1" a="2">'],
    ['X1 4:', '</title>', '</Title>'],
    ['X1 25:', 'xmlns:dc=', 'xmlns:cd='],
    ['X1', '</rss>', ''],
    ['X1', '</rss>', '</rss><rss/>'],
  ];
  test.each(rows)('says %s for %j → %j', (...row) => {
    const [rule] = row;
    expect(() => assertWellFormed(broken(RSS, row))).toThrow(rule);
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(() => assertWellFormed(new Uint8Array([0x3c, 0xff]))).toThrow('X3 1:1: not UTF-8');
  });
});

describe('parseXml', () => {
  test('returns what was written', () => {
    const root = parseXml('<a:b xmlns:a="urn:a" xml:lang="en" c="1 &lt;&#10;2">x &amp; <![CDATA[<y>]]><d/>\r\nz</a:b>');
    expect(root).toMatchObject({ name: 'a:b', uri: 'urn:a', local: 'b', line: 1 });
    expect(root.attributes).toEqual({ 'xml:lang': 'en', c: '1 <\n2' });
    expect(root.children.map(({ name, uri }) => [name, uri])).toEqual([['d', '']]);
    expect(root.text()).toBe('x & <y>\nz');
  });

  test('throws with line and column', () => {
    expect(() => parseXml('<a>\n<b></a>')).toThrow('2:7: ');
  });
});

describe('lintAtom', () => {
  test('accepts extensions, xhtml, base64 and html', async () => {
    expect(await lintAtom(ATOM_FEED)).toEqual([]);
  });

  test('accepts an entry as a document', async () => {
    const entry =
      '<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title/><updated>2024-03-05T12:30:00Z</updated>';
    const rest = '<author><name>Ann</name></author><content src="https://example.org/a"/><summary/></entry>';
    expect(await lintAtom(`<?xml version="1.0" encoding="utf-8"?>${entry}${rest}`)).toEqual([]);
  });

  test('accepts 50 long entries', async () => {
    const [head = '', entry = ''] = ATOM_FEED.split(/(?=<entry)/);
    const prose = '<p>Plain <b>sailing</b>, <a href="https://example.org/">always</a>.</p>'.repeat(90);
    const entries = Array.from({ length: 50 }, (_, index) =>
      entry.replace('2024:third', `2024:${index}`).replace(/<p>.*<\/p>/, prose),
    );
    const feed = `${head}${entries.join('')}</feed>`;
    expect(feed.length).toBeGreaterThan(300_000);
    expect(await lintAtom(feed)).toEqual([]);
  });

  const rows: readonly Break[] = [
    ['X1', '</feed>', ''],
    ['RNG', '<id>tag:example.org,2024:third</id>', ''],
    ['RNG', '<id>tag:example.org,2024:feed</id>', ''],
    ['RNG', '<id>tag:example.org,2024:third</id>', '<id>/third</id>'],
    ['RNG', '<id>tag:example.org,2024:third</id>', '<id> tag:example.org,2024:third</id>'],
    ['RNG', '<title>Third</title>', ''],
    ['RNG', '<title>Third</title>', '<title type="text/plain">Third</title>'],
    ['RNG', '<title>Third</title>', '<title><b xmlns="urn:b"/></title>'],
    ['RNG', '<updated>2024-03-05T12:30:00Z</updated>', ''],
    ['RNG', '<updated>2024-03-05T12:30:00Z</updated>', '<updated>2024-03-05T12:30:00Z</updated>'.repeat(2)],
    ['RNG', /<published>.*<\/published>/, '<published>2024-03-06T08:00:00Z</published>'.repeat(2)],
    ['RNG', '2024-03-05T12:30:00Z', '2024-02-30T12:30:00Z'],
    ['RNG', '2024-03-05T12:30:00Z', '2024-03-05t12:30:00Z'],
    ['RNG', '2024-03-05T12:30:00Z', '2024-03-05T12:30:00z'],
    ['RNG', '2024-03-05T12:30:00Z', '2024-03-05T12:30:00'],
    ['RNG', '2024-03-05T12:30:00Z', '2024-03-05'],
    ['RNG', '2024-03-05T12:30:00Z', ' 2024-03-05T12:30:00Z'],
    ['RNG', '<fh:archive/>', '<archive/>'],
    ['RNG', '<fh:archive/>', 'stray text'],
    ['RNG', '<thr:total>', '<total/><thr:total>'],
    ['RNG', '<link rel="self"', '<link foo="bar" rel="self"'],
    ['RNG', '<link href="https://example.org/"/>', '<link/>'],
    ['RNG', 'href="https://example.org/"/>', 'href="https://example.org/"><title/></link>'],
    ['RNG', 'type="audio/mpeg"', 'type="audio"'],
    ['RNG', 'xml:lang="de"', 'xml:lang="de_DE"'],
    ['RNG', 'term="sea" ', ''],
    ['RNG', '<name>Ann Other</name>', ''],
    ['RNG', 'ann@example.org', 'ann'],
    ['RNG', '</author>', '<age>7</age></author>'],
    ['RNG', /<div .*<\/div>/, 'text'],
    ['RNG', /<div .*<\/div>/, '<p xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['RNG', /<div .*<\/div>/, '<div>no namespace</div>'],
    ['RNG', /<div .*<\/div>/, '<div xmlns="http://www.w3.org/1999/xhtml"/>'.repeat(2)],
    ['RNG', 'type="image/png">', 'type="image/png" src="https://example.org/a.png">'],
    ['RNG', 'type="image/png"', 'type="multipart/mixed"'],
    ['RNG', '<content type="image/png">', '<content><b xmlns="urn:b"/>'],
    ['RNG', '</feed>', '<rights>after the entries</rights></feed>'],
    ['A5', /<author>.*<\/author>/, ''],
    ['A8', '<published>2024-03-06T08', '<published>2024-03-06T12'],
    ['A11', '<link rel="enclosure"', '<link type="text/html" href="https://example.org/3"/><link rel="enclosure"'],
    ['A12', /<content type="image.*<\/content>/, ''],
    ['A12', '<summary>A picture.</summary>', ''],
    ['A13', 'iVBORw0KGgo=', 'iVBORw0KGg'],
    ['A13', '<content type="image/png">', '<content type="text/plain"><b xmlns="urn:b"/>'],
    ['A14', '2024:second', '2024:first'],
    ['C2', 'href="https://example.org/third"', 'href="/third"'],
    ['C2', 'https://example.org/icon.png', 'icon.png'],
    ['C2', 'href="https://example.org/off"', 'href="off"'],
    ['C2', '<b>sailing</b>', '<a href="/sail">sailing</a>'],
    ['C3', '<updated>2024-03-04T12', '<updated>2024-03-06T12'],
    ['C4', '<b>sailing</b>', '<script>sailing</script>'],
  ];
  let found: readonly string[][];
  beforeAll(async () => {
    found = await Promise.all(rows.map((row) => lintAtom(broken(ATOM_FEED, row))));
  });
  test.each(rows.map((row, index) => [...row, index] as const))('says %s for %s → %s', (rule, _from, _to, index) => {
    expect(found[index]?.join('\n')).toMatch(new RegExp(`^${rule} `, 'm'));
  });
});

describe('lintRss', () => {
  test('accepts a good feed', () => {
    expect(lintRss(RSS)).toEqual([]);
  });

  const rows: readonly Break[] = [
    ['X1', '</rss>', ''],
    ['X4', '<rss', '<!DOCTYPE rss><rss'],
    ['R1', 'version="2.0"', 'version="0.91"'],
    ['R1', /<channel>[\s\S]*<\/channel>/, ''],
    ['R1', '</channel>', '</channel><channel/>'],
    ['R1', '<description>Notes from the quay</description>', ''],
    ['R1', '<link>https://example.org/</link>', '<link> </link>'],
    ['R2', '<title>First</title>', ''],
    ['R2', '<title>First</title>', '<title> </title>'],
    ['R2', '<category>boats</category>', '<category/>'],
    ['R3', '<guid>https://example.org/first</guid>', ''],
    ['R3', '<guid>https://example.org/first</guid>', '<guid/>'],
    ['R3', '<guid>https://example.org/first</guid>', '<guid isPermaLink="false">tag:example.org,2024:second</guid>'],
    ['R4', ' isPermaLink="false"', ''],
    ['R4', 'isPermaLink="false"', 'isPermaLink="no"'],
    ['R5', 'Tue, 05 Mar 2024 12:30:00 GMT', 'Wed, 05 Mar 2024 12:30:00 GMT'],
    ['R5', 'Tue, 05 Mar 2024 12:30:00 GMT', 'Tue, 05 Mar 24 12:30:00 GMT'],
    ['R5', 'Tue, 05 Mar 2024 12:30:00 GMT', 'Fri, 30 Feb 2024 12:30:00 GMT'],
    ['R5', 'Tue, 05 Mar 2024 12:30:00 GMT', 'Tue, 05 Mar 2024 12:60:00 GMT'],
    ['R5', 'Tue, 05 Mar 2024 12:30:00 GMT', 'Tue, 05 Mrz 2024 12:30:00 GMT'],
    ['R5', 'Tue, 05 Mar 2024 12:30:00 GMT', 'Tue, 05 Mar 2024 12:30:00 EST'],
    ['R5', 'Tue, 05 Mar 2024 12:30:00 GMT', '2024-03-05T12:30:00Z'],
    ['R5', 'Wed, 06 Mar 2024', 'Thu, 06 Mar 2024'],
    ['R6', 'Wed, 06 Mar 2024 09', 'Wed, 06 Mar 2024 08'],
    ['R7', 'rel="self"', 'rel="alternate"'],
    ['R7', 'rel="hub"', 'rel="self" type="application/rss+xml"'],
    ['R7', 'href="https://example.org/rss.xml"', 'href="/rss.xml"'],
    ['R7', ' type="application/rss+xml"', ''],
    ['R8', '<description>A summary.</description>', ''],
    ['R8', /(<description>A.*)\n\s*(<content:enc.*)/, '<content:encoded/><description>A</description>'],
    ['R8', '<dc:creator>', '<content:encoded/><dc:creator>'],
    ['R9', 'url="https://example.org/second.mp3"', 'url="second.mp3"'],
    ['R9', 'length="12345"', ''],
    ['R9', 'length="12345"', 'length="-1"'],
    ['R9', 'type="audio/mpeg"', 'type="audio"'],
    ['R10', '<enclosure', '<enclosure url="https://example.org/a" length="0" type="a/b"/><enclosure'],
    ['R11', 'ann@example.org (Ann Other)', 'Ann Other'],
    ['R11', 'ann@example.org (Ann Other)', 'ann@example.org'],
    ['R11', 'ed@example.org (Ed Itor)', 'Ed Itor &lt;ed@example.org&gt;'],
    ['R11', '<dc:creator>Ann Other', '<dc:creator>ann@example.org (Ann Other)'],
    ['R11', '<author>', '<dc:creator>Ann Other</dc:creator><author>'],
    ['R12', 'en-GB', 'en_GB'],
    ['R12', 'en-GB', ''],
    ['R13', /Harbour.*(?=<\/title>\s*<link>[\s\S]*<width>)/, 'Harbour'],
    ['R13', /<link>https:\/\/example.org\/<\/link>\s*<width>/, '<link>https://example.org/x</link><width>'],
    ['R13', 'icon.png', 'icon.svg'],
    ['R13', 'https://example.org/icon.png', 'icon.png'],
    ['R13', '<width>144', '<width>145'],
    ['R14', '<ttl>60', '<ttl>0'],
    ['R14', '<ttl>60', '<ttl>1 hour'],
    ['R15', '<ttl>', '<summary>x</summary><ttl>'],
    ['R15', '<pubDate>Mon', '<updated/><pubDate>Mon'],
    ['R15', '<guid ', '<guid rel="x" '],
    ['R15', '<ttl>60</ttl>', '<ttl>60</ttl><ttl>60</ttl>'],
    ['R15', '<ttl>', '<x:y xmlns:x="urn:x"/><ttl>'],
    ['R16', '2024-03-06T09:00:00Z', '2024-03-06'],
    ['R16', '2024-03-06T09:00:00Z', '2024-02-30T09:00:00Z'],
    ['R16', '2024-03-06T09:00:00Z', '2024-03-04T09:00:00Z'],
    ['R16', '<atom:updated>', '<atom:updated>2024-03-06T09:00:00Z</atom:updated><atom:updated>'],
    ['C2', '<link>https://example.org/second</link>', '<link>/second</link>'],
    ['C2', 'url="https://example.com/rss.xml"', ''],
    ['C2', 'href="https://example.org/x?a=1&amp;b=2"', 'href="/x"'],
    ['C2', 'href="https://example.org/x?a=1&amp;b=2"', 'href=x'],
    ['C2', 'https://example.org/b.png 2x', 'b.png 2x'],
    ['C2', 'A summary.', '&#x3C;video poster=&#x22;a.png&#x22;>'],
    ['C3', 'Mon, 04 Mar 2024 12', 'Wed, 06 Mar 2024 08'],
    ['C4', '<p>', '<p onclick="x()">'],
    ['C4', '<p>', '<iframe></iframe><p>'],
    ['C4', '<p>', '<p style="position: fixed">'],
    ['C4', 'href="https://example.org/x?a=1&amp;b=2"', 'href="javascript:x()"'],
  ];
  test.each(rows)('says %s for %s → %s', (...row) => {
    const [rule] = row;
    expect(lintRss(broken(RSS, row)).join('\n')).toMatch(new RegExp(`^${rule} `, 'm'));
  });
});

describe('lintRss of a podcast', () => {
  test('accepts a good one', () => {
    expect(lintRss(PODCAST)).toEqual([]);
  });

  const rows: readonly Break[] = [
    ['I1', '<description>From the quay</description>', ''],
    ['I1', '<language>en</language>', ''],
    ['I1', 'art.png', 'art.webp'],
    ['I1', '<itunes:image href="https://example.org/art.png"/>', ''],
    ['I1', /<itunes:category text="Soc.*/, ''],
    ['I1', 'Society &amp; Culture', 'Culture'],
    ['I1', '"Documentary"', '"Boats"'],
    ['I1', '<itunes:explicit>false</itunes:explicit>', ''],
    ['I1', '<itunes:explicit>false', '<itunes:explicit>clean'],
    ['I1', '<itunes:type>serial', '<itunes:type>weekly'],
    ['I1', '<itunes:type>', '<itunes:type>serial</itunes:type><itunes:type>'],
    ['I1', '<itunes:email>ann@example.org</itunes:email>', ''],
    ['I2', '<title>Third</title>', '<description>Third</description>'],
    ['I2', /<enclosure.*/, ''],
    ['I2', '>61<', '>1m1s<'],
    ['I2', '<itunes:season>2', '<itunes:season>0'],
    ['I2', '<itunes:episode>3', '<itunes:episode>3.5'],
    ['I2', '>full<', '>whole<'],
    ['I2', '<itunes:explicit>true', '<itunes:explicit>yes'],
    ['I2', '<itunes:duration>', '<itunes:duration>1</itunes:duration><itunes:duration>'],
    ['I2', '<itunes:image href="https://example.org/third.jpg"', '<itunes:image href="third.jpg"'],
    ['N1', '917393e3-', ''],
    ['N1', '>yes<', '>true<'],
    ['N1', ' type="text/vtt"', ''],
    ['N1', 'url="https://example.org/third.vtt"', 'url="third.vtt"'],
    ['N1', '>Bo<', '> <'],
    ['N1', 'href="https://example.org/bo"', 'href="bo"'],
    ['M1', 'content url="https://example.org/third.jpg"', 'content url="third.jpg"'],
    ['M1', ' type="image/jpeg"', ''],
    ['M1', 'medium="image"', 'medium="audio"'],
    ['M1', 'width="1400"', 'width="0"'],
    ['M1', 'height="1400"', 'height="1400px"'],
    ['M1', 'height="1400"', 'size="1400"'],
    ['M1', '<media:text type="plain">', '<media:text>'],
    ['M1', 'The third.', ' '],
  ];
  test.each(rows)('says %s for %s → %s', (...row) => {
    const [rule] = row;
    expect(lintRss(broken(PODCAST, row)).join('\n')).toMatch(new RegExp(`^${rule} `, 'm'));
  });

  test("does not apply Apple's rules if only an item has its elements", () => {
    const show = / {4}<itunes:author>[\s\S]*<\/itunes:type>\n/;
    expect(lintRss(broken(PODCAST, ['', show, '']))).toEqual([]);
  });
});

describe('lintAtom of a picture', () => {
  const picture =
    '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="https://example.org/a.png" type="image/png" medium="image"/>';
  test.each([
    ['accepts it', '', '', []],
    ['says M1 for a relative address', 'https://example.org/', '', [expect.stringMatching(/^M1 /)]],
    [
      'says M1 without its type',
      ' type="image/png"',
      '',
      [expect.stringMatching(/^M1 /), expect.stringMatching(/^M1 /)],
    ],
  ])('%s', async (_, from, to, found) => {
    const feed = ATOM_FEED.replace('</entry>', `${picture.replace(from, to)}</entry>`);
    expect(await lintAtom(feed)).toEqual(found);
  });
});

describe('lintJsonFeed', () => {
  test('accepts a good feed', () => {
    expect(lintJsonFeed(JSON_FEED)).toEqual([]);
  });

  const rows: readonly Break[] = [
    ['J1', /\}\s*$/, ''],
    ['J1', /("version".*)\n(.*),/, '"title": "x", "version": "https://jsonfeed.org/version/1.1",'],
    ['schema /version', 'version/1.1', 'version/1'],
    ['schema /', /"title": "Harbour.*/, ''],
    ['schema /', /"items": [\s\S]*\]/, '"items_": {}'],
    ['schema /title', '"Harbour & Tide"', '1'],
    ['schema /home_page_url', '"https://example.org/"', '"/"'],
    ['schema /feed_url', '"https://example.org/feed.json"', '"/feed.json"'],
    ['schema /next_url', '"https://example.org/feed.json?page=2"', '"?page=2"'],
    ['schema /icon', 'https://example.org/icon.png', 'icon.png'],
    ['schema /author', '"expired": false', '"author": { "name": "Ann Other" }'],
    ['schema /authors/0', /"name": "Ann Other", "url.*(?= \}\])/, ''],
    ['schema /authors', /"authors": .*"avatar.*,/, '"authors": { "name": "Ann Other" },'],
    ['schema /language', 'en-GB', 'en_GB'],
    ['schema /language', 'en-GB', 'english language'],
    ['schema /expired', 'false', '"no"'],
    ['schema /hubs/0', '"type": "WebSub", ', ''],
    ['schema /hubs/0', /, "url": "https:..hub.*?"/, ''],
    ['schema /', '"expired"', '"outdated"'],
    ['schema /_harbour', /"_harbour": \{.*\}/, '"_harbour": 1'],
    ['schema /items/0/id', '"tag:example.org,2024:second"', '2'],
    ['schema /items/0/id', '"tag:example.org,2024:second"', '""'],
    ['schema /items/1', '"id": "tag:example.org,2024:first", ', ''],
    ['schema /items/1', '"content_text": "Cast off.", ', ''],
    ['schema /items/0/url', 'https://example.org/second"', '/second"'],
    ['schema /items/0/date_published', '2024-03-05T12:30:00Z', '2024-02-30T12:30:00Z'],
    ['schema /items/0/date_published', '2024-03-05T12:30:00Z', '2024-03-05T12:30:00'],
    ['schema /items/0/date_published', '2024-03-05T12:30:00Z', '2024-03-05 12:30:00Z'],
    ['schema /items/0/date_modified', '+01:00', '+0100'],
    ['schema /items/0/tags/0', '"boats"', '""'],
    ['schema /items/0/language', '"de"', '"d"'],
    ['schema /items/0/author', '"summary"', '"author"'],
    ['schema /items/0 knows', '"summary"', '"abstract"'],
    ['schema /items/0/attachments/0', '"mime_type": "audio/mpeg",', ''],
    ['schema /items/0/attachments/0/mime_type', 'audio/mpeg', 'audio'],
    ['schema /items/0/attachments/0', '"url": "https://example.org/second.mp3",', ''],
    ['schema /items/0/attachments/0/size_in_bytes', '12345', '"12345"'],
    ['schema /items/0/attachments/0/duration_in_seconds', '61.5', '"1:01"'],
    ['J2', /"home_page_url".*/, ''],
    ['J2', /"feed_url".*/, ''],
    ['J3', '2024:first', '2024:second'],
    ['J6', '2024-03-06T09', '2024-03-05T09'],
    ['J7', 'en-GB', 'en-GB-1996-1996'],
    ['J8', '?page=2', ''],
    ['J12', '_harbour', '_harbour.tide'],
    ['J12', '_harbour', '_9harbour'],
    ['J12', '"summary"', '"_"'],
    ['J14', 'href=\\"https://example.org/x\\"', 'href=\\"#x\\"'],
    ['J14', 'href=\\"https://example.org/x\\"', 'cite=\\"/x\\"'],
    ['J14', '<p>', "<img srcset='a.png 1x, https://example.org/b.png 2x'>"],
    ['J14', '<p>', '<video poster=a.png></video>'],
    ['J14', '<p>', "<img src='//example.org/a.png'>"],
    ['C3', '2024-03-04T12', '2024-03-06T12'],
    ['C4', '<p>', '<script></script>'],
    ['X2', 'Cast off.', '\\ud83d'],
  ];
  test.each(rows)('says %s for %s → %s', (...row) => {
    const [rule] = row;
    expect(lintJsonFeed(broken(JSON_FEED, row)).join('\n')).toMatch(new RegExp(`^${rule} `, 'm'));
  });
});

describe.skipIf(!feedValidatorHere)('validateFeed', () => {
  const rss = { url: 'https://example.org/rss.xml', contentType: 'application/rss+xml; charset=utf-8' };
  const atom = { url: 'https://example.org/atom.xml', contentType: 'application/atom+xml; charset=utf-8' };
  const types = async (...args: Parameters<typeof validateFeed>): Promise<string[]> =>
    (await validateFeed(...args)).map(({ type }) => type);

  test('accepts the RSS sample', async () => {
    expect(await validateFeed(RSS, rss)).toEqual([]);
  });

  test('knows the podcast sample except for Podcasting 2.0, which is not a warning', async () => {
    const found = await validateFeed(PODCAST, rss);
    expect(found.map(({ level, type }) => `${level} ${type}`)).toEqual(['info UnsupportedNamespace']);
  });

  test('rejects only the invented namespace of the Atom sample', async () => {
    expect(await types(ATOM_FEED, atom)).toEqual(['UnknownNamespace']);
  });

  test('checks the address and the media type', async () => {
    expect(await types(RSS, { ...rss, url: 'https://example.org/other.xml' })).toContain('SelfDoesntMatchLocation');
    expect(await types(RSS, { ...rss, contentType: 'application/atom+xml' })).toContain('UnexpectedContentType');
  });

  test('reports every occurrence, with level and line', async () => {
    const text = RSS.replaceAll(/<guid.*<\/guid>/g, '').replace('Tue, 05', 'Wed, 05');
    const findings = await validateFeed(text, rss);
    expect(findings.filter(({ type }) => type === 'MissingGuid').map(({ level }) => level)).toEqual([
      'warning',
      'warning',
    ]);
    expect(findings).toContainEqual(expect.objectContaining({ level: 'error', type: 'IncorrectDOW', line: 30 }));
  });

  test('reports a document that is not XML', async () => {
    expect(await types(RSS.replace('</rss>', ''), rss)).toContain('SAXError');
  });
});
