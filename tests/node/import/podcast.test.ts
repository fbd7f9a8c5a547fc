import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { readWordPress } from '../../../src/node/import/read/exports/wordpress/wordpress.ts';
import { dateline, startServe } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';

const feed = (channel: string) =>
  `<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Pod</title><link>https://pod.example/</link><description>All of it</description>${channel}<item><title>One</title><guid>https://pod.example/1</guid><pubDate>Wed, 01 Jan 2025 00:00:00 GMT</pubDate><description>x</description><enclosure url="https://pod.example/1.mp3" length="9" type="audio/mpeg"/></item></channel></rss>`;
const whole = feed(
  '<itunes:author>Pam &amp;amp; Guests</itunes:author><itunes:owner><itunes:name>Pam</itunes:name><itunes:email>pam@pod.example</itunes:email></itunes:owner><itunes:explicit>no</itunes:explicit><itunes:type>Serial</itunes:type><itunes:category text="Society &amp;amp; Culture"><itunes:category text="Documentary"/></itunes:category><itunes:category text="Technology"/><itunes:image href="/art.jpg"/><podcast:guid>EAD4C236-BF58-58C6-A2C6-A6B28D128CB6</podcast:guid><podcast:locked owner="pam@pod.example">yes</podcast:locked>'.replaceAll(
    '&amp;amp;',
    '&amp;',
  ),
);

async function imported(text: string) {
  const dir = join(makeFolder(), 'seeds');
  const source = join(makeFolder({ 'f.xml': text }), 'f.xml');
  const ended = await dateline(['import', source, dir]);
  return { ...ended, dir, source, publication: readFileSync(join(dir, 'publication.yaml'), 'utf8') };
}

describe('the podcast data of a feed', () => {
  it('goes to publication.yaml and to the served feed', async () => {
    const { stderr, dir, publication } = await imported(whole);
    expect(stderr).toBe('');
    expect(publication).toContain(`podcast:
  category:
    - Society & Culture > Documentary
    - Technology
  explicit: false
  image: https://pod.example/art.jpg
  author: Pam & Guests
  type: serial
  guid: ead4c236-bf58-58c6-a2c6-a6b28d128cb6
  locked: true
  owner:
    name: Pam
    email: pam@pod.example
`);
    const served = await startServe([dir, '--no-watch']);
    const rss = await (await fetch(new URL('rss.xml', served.url))).text();
    await served.stop();
    const was = parseRssFeed(whole);
    expect(parseRssFeed(rss)).toMatchObject({
      itunes: { ...was.itunes, type: 'serial', image: 'https://pod.example/art.jpg' },
      podcast: { guid: was.podcast?.guid?.toLowerCase(), locked: was.podcast?.locked },
    });
  });

  it('causes a warning if a key does not accept it, and the rest stays', async () => {
    const { code, stderr, publication, source } = await imported(
      feed(
        '<itunes:category text="Vegetables"/><itunes:category text="Arts"><itunes:category text="Books"/><itunes:category text="Food"/></itunes:category><itunes:owner><itunes:name>Pam</itunes:name><itunes:email>none</itunes:email></itunes:owner><podcast:guid>12</podcast:guid>',
      ),
    );
    expect(code).toBe(0);
    expect(publication).toContain(
      'podcast:\n  category:\n    - Arts > Books\n    - Arts > Food\n  owner:\n    name: Pam\n#',
    );
    for (const [key, value] of [
      ['category', 'Vegetables'],
      ['owner.email', 'none'],
      ['guid', '12'],
    ])
      expect(stderr).toMatch(
        new RegExp(
          `^${source}: warning: left out of publication.yaml: podcast\\.${key}: expected .*, got "?${value}`,
          'm',
        ),
      );
  });

  it('is absent if the feed has none', async () => {
    expect((await imported(feed(''))).publication).not.toContain('podcast');
  });
});

describe('the podcast data of an item', () => {
  it('includes its other files, which are served again', async () => {
    const others = `<media:content url="https://pod.example/notes.pdf" type="application/pdf" fileSize="8" medium="document"/><media:content url="https://pod.example/one" medium="audio" fileSize="7" duration="60"/><podcast:alternateEnclosure type="audio/ogg" length="7"><podcast:source uri="ipfs://Qm1"/><podcast:source uri="https://pod.example/one"/></podcast:alternateEnclosure><podcast:alternateEnclosure type="audio/mpeg" length="9" default="true"><podcast:source uri="https://pod.example/1.mp3"/></podcast:alternateEnclosure>`;
    const { stderr, dir } = await imported(
      feed('')
        .replace('<channel>', '<channel xmlns:media="http://search.yahoo.com/mrss/">')
        .replace('</item>', `${others}</item>`),
    );
    expect(stderr).toBe('');
    const served = await startServe([dir, '--no-watch']);
    const json = await (await fetch(new URL('feed.json', served.url))).json();
    await served.stop();
    expect((json as { items: { attachments: unknown }[] }).items[0]?.attachments).toEqual([
      { url: 'https://pod.example/1.mp3', mime_type: 'audio/mpeg', size_in_bytes: 9 },
      { url: 'https://pod.example/notes.pdf', mime_type: 'application/pdf', size_in_bytes: 8 },
      { url: 'https://pod.example/one', mime_type: 'audio/ogg', size_in_bytes: 7, duration_in_seconds: 60 },
    ]);
  });

  const episode =
    '<itunes:season>2</itunes:season><itunes:episode>1.5</itunes:episode><itunes:episodeType>Bonus</itunes:episodeType><itunes:duration>-5</itunes:duration><podcast:person role="guest" img="i.jpg" href="g">G &amp;amp; H</podcast:person><podcast:transcript url="t.vtt" type="text/vtt" language="en"/>';
  const withEpisode = feed('').replace('</item>', `${episode}</item>`);
  const warnings = (stderr: string) =>
    stderr
      .trim()
      .split('\n')
      .map((line) => line.replace(/^.*?warning: /, ''));

  it('goes to front matter with absolute addresses and without invalid values', async () => {
    const { stderr, dir } = await imported(withEpisode);
    expect(warnings(stderr)).toEqual([
      '"One": its file at https://pod.example/1.mp3 cannot play for -5 seconds; the duration was dropped',
      '"One": episode: expected a whole number from 1, got "1.5"; it is left out',
    ]);
    const seed = readFileSync(join(dir, '2025-01-01-one.md'), 'utf8');
    expect(seed).toContain(`
    length: 9
season: 2
episodeType: bonus
people:
  - name: G & H
    role: guest
    image: https://pod.example/i.jpg
    url: https://pod.example/g
transcript:
  - url: https://pod.example/t.vtt
    type: text/vtt
    language: en
---
`);
    expect((await dateline(['check', dir, '--format', 'json'])).stdout).not.toContain('wrong-value');
  });

  it('loses relative addresses that have no base', async () => {
    const bare = withEpisode
      .replace('<link>https://pod.example/</link>', '')
      .replace('<guid>https://pod.example/1', '<guid isPermaLink="false">urn:x:1');
    const { stderr, dir } = await imported(bare);
    expect(stderr).toContain('1 item has relative addresses, such as "i.jpg", and the feed states no address');
    expect(readFileSync(join(dir, '2025-01-01-one.md'), 'utf8')).toContain(`
people:
  - name: G & H
    role: guest
---
`);
  });

  it('unescapes a name that was escaped twice, in every place', async () => {
    const twice = 'A &amp;amp; B';
    const { stderr, publication, dir } = await imported(
      feed(
        `<itunes:author>${twice}</itunes:author><itunes:category text="Society &amp;amp; Culture"><itunes:category text="Places &amp;amp; Travel"/></itunes:category>`,
      ).replace('</item>', `<author>a@b.example (C &amp;amp; D)</author></item>`),
    );
    expect(stderr).toBe('');
    expect(publication).toContain('authors:\n  - A & B\n');
    expect(publication).toContain('  category: Society & Culture > Places & Travel\n');
    expect(publication).toContain('  author: A & B\n');
    const seed = readFileSync(join(dir, '2025-01-01-one.md'), 'utf8');
    expect(seed).toContain('authors:\n  - name: C & D\n    email: a@b.example\n');
  });
});

describe('a WordPress export of a podcast', () => {
  const meta = (key: string, value: string) =>
    `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value><![CDATA[${value}]]></wp:meta_value></wp:postmeta>`;
  const read = (...items: readonly (readonly [type: string, more: string])[]) =>
    readWordPress(
      `<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>${items.map(([type, more], n) => `<item><title>${n}</title><guid>urn:${n}</guid><wp:post_type>${type}</wp:post_type>${more}</item>`).join('')}</channel></rss>`,
      { pages: false },
    );
  const enclosure = (last: string) => meta('enclosure', `https://a.example/1.mp3\n12\naudio/mpeg\n${last}`);

  it('finds episodes in the post types of plug-ins', () => {
    const { items, notes } = read(
      ['podcast', ''],
      ['episode', enclosure('')],
      ['product', ''],
      ['page', enclosure('')],
      ['post', '<wp:status>trash</wp:status>'],
      ['post', '<wp:status>trash</wp:status>'],
      ['post', '<wp:status>auto-draft</wp:status>'],
    );
    expect(items.map(({ title }) => title)).toEqual(['0', '1']);
    expect(notes?.map(({ message }) => message)).toEqual([
      'not imported: 1 product, 1 page, 2 posts in the bin, 1 post never saved; --pages includes pages',
    ]);
  });

  it.each([
    ['after the enclosure, as serialized PHP', enclosure('a:2:{s:6:"format";s:1:"a";s:8:"duration";s:5:"12:34";}')],
    ['as a number there', enclosure('a:1:{s:8:"duration";i:754;}')],
    ['in a field of its own', enclosure('') + meta('duration', '00:12:34')],
  ])('has the duration of an episode: %s', (_, more) => {
    const [item] = read(['podcast', more]).items;
    expect(item?.files).toEqual([{ url: 'https://a.example/1.mp3', length: 12, type: 'audio/mpeg', duration: 754 }]);
  });

  it('falls back to the address of a recording without an enclosure', () => {
    const more = meta('audio_file', 'https://a.example/1.mp3') + meta('duration', 'long');
    expect(read(['podcast', more]).items[0]?.files).toEqual([{ url: 'https://a.example/1.mp3' }]);
  });
});
