/** The content of an article in every source format. */
export interface Expected {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly published: string;
  readonly updated: string;
  readonly author: string;
  readonly tags: readonly string[];
  /** The words of the content. */
  readonly text: string;
}

/** The body of the first article, with most elements that bodies have. */
export const richHtml = `<p>The <em>Albatros</em> left at <strong>noon</strong>; 2 &lt; 3 &amp; <code>a * b</code>, H<sub>2</sub>O.</p>
<p>She carries:</p><ul><li>coal<ul><li>from Wales</li></ul></li><li>tea</li></ul>
<figure><img src="/img/ship.jpg" alt="The ship"><figcaption>At the pier.</figcaption></figure>
<p>See <a href="../log">the log</a> and <a href="#n1">note one</a>.</p>
<pre><code class="language-sh">echo one

echo \`two\`</code></pre>
<table><thead><tr><th>Port</th><th>Day</th></tr></thead><tbody><tr><td>Bari</td><td>4</td></tr></tbody></table>
<table><tr><td colspan="2">Both</td></tr><tr><td>Left</td><td>Right</td></tr></table>
<iframe src="https://video.example/7" title="The film"></iframe><p id="n1">Note: {{ x }} and {% raw %} stay. Original url: none.</p>`;

const richText = `The Albatros left at noon; 2 < 3 & a * b, H2O. She carries: coal from Wales tea At the pier. See the log and note one.
echo one echo \`two\` Port Day Bari 4 Both Left Right The film Note: {{ x }} and {% raw %} stay. Original url: none.`;

export const plainText = 'First line of <plain> words, 5 * 3.\n\nSecond paragraph_here_ with # signs.';

export const expected: readonly Expected[] = [
  {
    id: 'https://old.example/?p=12',
    url: 'https://old.example/2024/05/06/albatros.html',
    title: 'The *Albatros* & <her> crew_s `log`',
    published: '2024-05-06T12:34:56Z',
    updated: '2024-05-08T01:02:03Z',
    author: 'Ada Meer',
    tags: ['Ships & ports', 'news'],
    text: richText,
  },
  {
    id: 'tag:old.example,2023:second',
    url: 'https://old.example/second',
    title: 'Second: "quoted" — #2',
    published: '2023-01-01T00:00:00Z',
    updated: '2023-01-01T00:00:00Z',
    author: 'B. Ort',
    tags: ['yes'],
    text: plainText,
  },
];

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
const rfc822 = (instant: string) => new Date(instant).toUTCString();
const rss = (items: string, namespaces = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" ${namespaces}><channel><title>Old &amp;amp; News</title><link>https://old.example/</link><description>All that floats</description><language>en-GB</language>${items}</channel></rss>`;
const contentOf = (index: number) =>
  index === 0 ? richHtml : escaped(plainText).replace(/^(.*)\n\n(.*)$/, '<p>$1</p><p>$2</p>');

export const sources: Readonly<Record<string, string>> = {
  'old.rss': rss(
    expected
      .map(
        ({ id, url, title, published, updated, author, tags }, index) =>
          `<item><title>${escaped(title)}</title><link>${url}</link><guid isPermaLink="false">${escaped(id)}</guid><pubDate>${rfc822(published)}</pubDate><atom:updated>${updated}</atom:updated><dc:creator>${author}</dc:creator>${tags.map((tag) => `<category>${escaped(tag)}</category>`).join('')}<description>Not the lede of ${index}.</description><content:encoded>${cdata(contentOf(index))}</content:encoded><enclosure url="/sound.mp3" length="1234" type="audio/mpeg"/><itunes:duration>1:02:03</itunes:duration><itunes:season>2</itunes:season><itunes:episode>7</itunes:episode></item>`,
      )
      .join(''),
  ),
  'old.atom': `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><id>tag:old.example,2023:/</id><title>Old &amp; News</title><updated>2024-05-08T01:02:03Z</updated><link href="https://old.example/"/>${expected
    .map(
      ({ id, url, title, published, updated, author, tags }, index) =>
        `<entry><id>${escaped(id)}</id><title type="text">${escaped(title)}</title><link href="${url}"/><link rel="enclosure" href="https://old.example/sound.mp3" type="audio/mpeg" length="1234" title="Sound"/><published>${published}</published><updated>${updated}</updated><author><name>${author}</name></author>${tags.map((tag) => `<category term="${escaped(tag)}"/>`).join('')}${index === 0 ? `<content type="html">${escaped(richHtml)}</content>` : `<content type="text">${escaped(plainText)}</content>`}</entry>`,
    )
    .join('')}</feed>`,
  'old.json': JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Old & News',
    home_page_url: 'https://old.example/',
    language: 'en-GB',
    items: expected.map(({ id, url, title, published, updated, author, tags }, index) => ({
      id,
      url,
      title,
      ...(index === 0 ? { content_html: richHtml } : { content_text: plainText }),
      date_published: published,
      date_modified: updated,
      authors: [{ name: author, url: 'https://people.example/1' }],
      tags,
      attachments: [
        {
          url: 'https://old.example/sound.mp3',
          mime_type: 'audio/mpeg',
          size_in_bytes: 1234,
          title: 'Sound',
          duration_in_seconds: 3723,
        },
      ],
    })),
  }),
};

/** RSS 1.0 identifies items by `rdf:about` and has neither enclosures nor updates. */
export const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="https://old.example/"><title>Old &amp; News</title><link>https://old.example/</link><description>All</description></channel>${expected
  .map(
    ({ id, url, title, published, author, tags }, index) =>
      `<item rdf:about="${escaped(id)}"><title>${escaped(title)}</title><link>${url}</link><dc:date>${published}</dc:date><dc:creator>${author}</dc:creator>${tags.map((tag) => `<dc:subject>${escaped(tag)}</dc:subject>`).join('')}<content:encoded>${cdata(contentOf(index))}</content:encoded></item>`,
  )
  .join('')}</rdf:RDF>`;

const post = (fields: Readonly<Record<string, string>>, more = '') =>
  `<item>${Object.entries({ 'wp:post_type': 'post', 'wp:status': 'publish', ...fields })
    .map(([name, value]) => `<${name}>${cdata(value)}</${name}>`)
    .join('')}${more}</item>`;

/** A WordPress export with posts of both editors, a draft, a page, an attachment and a shared block. */
export const wordPress = rss(
  `<wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>ada</wp:author_login><wp:author_email>ada@private.example</wp:author_email><wp:author_display_name>${cdata('Ada Meer')}</wp:author_display_name></wp:author>` +
    post(
      {
        title: 'Classic &amp; old',
        link: 'https://old.example/classic/',
        guid: 'https://old.example/?p=1',
        'dc:creator': 'ada',
        'wp:post_id': '1',
        'wp:post_date_gmt': '2015-03-04 05:06:07',
        'wp:post_modified_gmt': '2016-01-02 03:04:05',
        'content:encoded':
          'First paragraph\r\nwith a break.\r\n\r\nSecond <b>bold</b> one.\r\n\r\n[caption id="a" width="300"]<a href="/big.jpg"><img src="/small.jpg" alt="Pier" width="300" height="200" /></a> The pier[/caption]\r\n\r\n[gallery ids="7"]\r\n\r\nhttps://video.example/9\r\n\r\n[audio mp3="/a.mp3"][/audio]\r\n\r\n[box color="red"]Boxed[/box] [[caption]] shown.',
      },
      '<category domain="category" nicename="ships"><![CDATA[Ships]]></category><category domain="post_format" nicename="post-format-aside"><![CDATA[Aside]]></category><wp:postmeta><wp:meta_key>enclosure</wp:meta_key><wp:meta_value><![CDATA[https://old.example/e.mp3\n4321\naudio/mpeg\n]]></wp:meta_value></wp:postmeta>',
    ) +
    post({
      title: 'Blocks',
      link: 'https://old.example/blocks/',
      guid: 'https://old.example/?p=2',
      'dc:creator': 'ada',
      'wp:post_id': '2',
      'wp:post_date_gmt': '2020-03-04 05:06:07',
      'content:encoded':
        '<!-- wp:paragraph {"a":1} -->\n<p>Block\nparagraph.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:block {"ref":8} /-->',
    }) +
    post({
      title: 'Unfinished',
      link: 'https://old.example/?p=3',
      guid: 'https://old.example/?p=3',
      'wp:post_id': '3',
      'wp:status': 'draft',
      'wp:post_date': '2021-03-04 05:06:07',
      'wp:post_date_gmt': '0000-00-00 00:00:00',
      'content:encoded': 'Not yet.',
    }) +
    post({
      title: 'About',
      link: 'https://old.example/about/',
      guid: 'https://old.example/?page_id=4',
      'wp:post_type': 'page',
      'wp:post_id': '4',
      'wp:post_date_gmt': '2014-01-01 00:00:00',
      'content:encoded': 'About us.',
    }) +
    post({
      title: 'pic',
      link: 'https://old.example/pic/',
      guid: 'https://old.example/pic.jpg',
      'wp:post_type': 'attachment',
      'wp:post_id': '7',
      'wp:attachment_url': 'https://old.example/pic.jpg',
    }) +
    post({
      title: 'Shared',
      guid: 'https://old.example/?p=8',
      'wp:post_type': 'wp_block',
      'wp:post_id': '8',
      'content:encoded': '<p>Shared words.</p>',
    }),
  'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"',
);
