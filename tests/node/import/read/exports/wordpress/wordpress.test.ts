import { describe, expect, it } from 'vitest';
import { readPublishedPosts } from '../../../../../../src/node/check/export-posts.ts';
import { readFootnotes } from '../../../../../../src/node/import/read/exports/wordpress/wordpress-footnotes.ts';
import { renderWordPress } from '../../../../../../src/node/import/read/exports/wordpress/wordpress-html.ts';
import { readDocument } from '../../../../../../src/node/import/read/read-document.ts';

const context = {
  attachments: new Map([
    ['7', { url: 'https://old.example/7.jpg', alt: 'A "pier"', caption: 'Pier <1>', parent: '3' }],
  ]),
  blocks: new Map([['8', '<p>Shared</p>']]),
  post: '3',
};
const shown = (stored: string) => renderWordPress(stored, context).text;

describe('a stored post is rendered as WordPress does', () => {
  it.each([
    ['one\n\ntwo\nthree', '<p>one</p>\n<p>two<br>\nthree</p>'],
    [
      '<h2>a</h2>\none\n<ul>\n<li>b</li>\n</ul>\ntwo',
      '<h2>\na\n</h2>\n<p>one</p>\n<ul>\n<li>\nb\n</li>\n</ul>\n<p>two</p>',
    ],
    ['a\n\n<pre>b\n\nc</pre>\n\nd', '<p>a</p>\n<pre>b\n\nc</pre>\n<p>d</p>'],
    ['<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->', '\n<p>a\nb</p>\n'],
    ['<!-- wp:block {"ref":8} /-->', '<p>Shared</p>'],
    ['a<!--more-->b', '<p>ab</p>'],
    ['https://video.example/1', '<p>\n<a href="https://video.example/1">https://video.example/1</a>\n</p>'],
    [
      '[caption width="3"]<img src="a.jpg"> words[/caption]',
      '<figure>\n<img src="a.jpg">\n<figcaption>\nwords\n</figcaption>\n</figure>',
    ],
    [
      '[gallery]',
      '<figure>\n<img src="https://old.example/7.jpg" alt="A &quot;pier&quot;">\n<figcaption>\nPier &lt;1&gt;\n</figcaption>\n</figure>',
    ],
    ['[gallery ids="9"]', '<p>[gallery ids="9"]</p>'],
    [
      '[embed]https://video.example/1[/embed]',
      '<p>\n<a href="https://video.example/1">https://video.example/1</a>\n</p>',
    ],
    ['[audio src="/a.mp3"]', '<figure>\n<audio src="/a.mp3" controls></audio>\n</figure>'],
    [
      '[code language="c"]if (a < b)\n\n  c();[/code]',
      '<pre><code class="language-c">if (a &lt; b)\n\n  c();</code></pre>',
    ],
    ['[[gallery]] and [sic]', '<p>[gallery] and [sic]</p>'],
  ])('%j', (stored, html) => {
    expect(shown(stored)).toBe(html);
  });
  it('and the shortcode of a plug-in is reported', () => {
    expect(renderWordPress('[box a="b"]c[/box] [sic]', context)).toEqual({
      text: '<p>[box a="b"]c[/box] [sic]</p>',
      unknown: ['box'],
    });
  });
  it.each(['[caption]', '[a ', '<!-- wp:', '<!-- wp:block {"ref":1', '<pre>', '[gallery ids="1"]', '[['])(
    'without quadratic time: %s',
    (part) => {
      expect(shown(part.repeat(50_000)).length).toBeLessThan(10_000_000);
    },
  );
});

describe('footnotes of the block editor', () => {
  const mark = (id: string) => `<sup data-fn="${id}" class="fn"><a href="#${id}" id="${id}-link">1</a></sup>`;
  const block = `<p>a${mark('n-2')} b${mark('n-1')} c${mark('n-2')}${mark('none')}</p>\n<!-- wp:footnotes {"x":1} /-->\n<p>d</p>`;
  const show = (kept: string, stored = block) =>
    renderWordPress(stored, { ...context, footnotes: readFootnotes(kept) }).text;

  it('go to the end in the order of their marks, unchanged', () => {
    const note = (n: number, back: string) =>
      `<sup class="footnote-ref"><a href="#fn${n}" id="fnref${back}">[${n}]</a></sup>`;
    const way = (back: string) => ` <a href="#fnref${back}" class="footnote-backref">↩\uFE0E</a>`;
    expect(
      show(
        '[{"id":"n-1","content":"One <em>$& $1<\\/em>"},{"id":"n-0","content":"Nowhere"},{"id":"n-2","content":"Two"}]',
      ),
    ).toBe(
      `<p>a${note(1, '1')} b${note(2, '2')} c${note(1, '1:2')}${mark('none')}</p>\n\n<p>d</p><section class="footnotes"><ol><li id="fn1">Two${way('1')}${way('1:2')}</li><li id="fn2">One <em>$& $1</em>${way('2')}</li><li id="fn3">Nowhere</li></ol></section>`,
    );
  });

  it('are not shown without their block', () => {
    expect(show('[{"id":"n-1","content":"One"}]', '<!-- wp:x --><p>a</p>')).toBe('<p>a</p>');
  });

  it.each(['', 'no', '{}', '[1, null, {"id": 1, "content": "One"}]', '[{"id":"\\"><b>","content":"One"}]'])(
    'are empty for %j',
    (kept) => {
      expect(readFootnotes(kept)).toEqual([]);
    },
  );
});

describe('published items of an export', () => {
  const item = (title: string, fields: Readonly<Record<string, string>>) =>
    `<item><title>${title}</title>${Object.entries(fields)
      .map(([name, value]) => `<wp:${name}>${value}</wp:${name}>`)
      .join('')}</item>`;
  it('are only those that every visitor sees', () => {
    const items = [
      item('Post', { post_type: 'post', status: 'publish' }),
      item('Without a word', {}),
      ...['future', 'draft', 'pending', 'private', 'trash', 'auto-draft', 'inherit'].map((status) =>
        item(status, { post_type: 'post', status }),
      ),
      item('Locked', { post_type: 'post', status: 'publish', post_password: 'x' }),
      ...['page', 'attachment', 'nav_menu_item', 'revision'].map((post_type) =>
        item(post_type, { post_type, status: 'publish' }),
      ),
    ];
    const text = `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>${items.join('')}</channel></rss>`;
    expect(readPublishedPosts(text, new URL('file:///a.xml')).items.map(({ title }) => title)).toEqual([
      'Post',
      'Without a word',
    ]);
  });
});

describe('a post that not every visitor may read becomes a draft, with a warning:', () => {
  const read = (fields: string) => {
    const item = `<item><title>A</title><guid>urn:a</guid><wp:post_type>post</wp:post_type>${fields}</item>`;
    const channel = `<channel xmlns:content="http://purl.org/rss/1.0/modules/content/">${item}</channel>`;
    const text = `<rss xmlns:wp="http://wordpress.org/export/1.2/">${channel}</rss>`;
    const { items, notes } = readDocument(text, new URL('file:///a.xml'), { pages: false });
    return { isDraft: items[0]?.isDraft === true, notes: (notes ?? []).map(({ message }) => message) };
  };
  const meta = (key: string, value: string) =>
    `<wp:status>publish</wp:status><wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${value}</wp:meta_value></wp:postmeta>`;
  const body = (text: string) => `<wp:status>publish</wp:status><content:encoded><![CDATA[${text}]]></content:encoded>`;
  it.each([
    ['<wp:status>private</wp:status>', 'it is private, so it becomes a draft'],
    ['<wp:status>pitch</wp:status>', 'its status is "pitch", so it becomes a draft'],
    ['<wp:status>archive</wp:status>', 'its status is "archive", so it becomes a draft'],
    [
      '<wp:status>publish</wp:status><wp:post_password>x</wp:post_password>',
      'it has a password, so it becomes a draft',
    ],
    ...[
      meta('_jetpack_newsletter_access', 'paid_subscribers'),
      meta('_members_access_role', 'editor'),
      meta('rcp_subscription_level', 'any'),
      body('<p>A</p><!-- wp:jetpack/paywall /--><p>B</p>'),
      body('A [members]B[/members]'),
      body('A [restrict level="2"]B[/restrict]'),
    ].map((fields) => [fields, 'some of it is for members only, so it becomes a draft']),
  ])('%s', (fields, message) => {
    const { isDraft, notes } = read(fields);
    expect(isDraft).toBe(true);
    expect(notes).toContain(message);
  });
  it.each([
    '<wp:status>publish</wp:status>',
    '<wp:status>future</wp:status>',
    meta('_jetpack_newsletter_access', 'everybody'),
    meta('_members_access_role', ''),
    body('[membership-list] is not a mark'),
  ])('but not %s', (fields) => {
    expect(read(fields).isDraft).toBe(false);
  });
  it('and a mail address in place of a name is left out', () => {
    const author = (name: string) =>
      readDocument(
        `<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><wp:author><wp:author_login>a</wp:author_login><wp:author_display_name>a@mail.example</wp:author_display_name></wp:author><item><title>A</title><guid>urn:a</guid><dc:creator>${name}</dc:creator></item></channel></rss>`,
        new URL('file:///a.xml'),
        { pages: false },
      ).items[0]?.authors;
    expect(author('a')).toEqual([]);
    expect(author('b@mail.example')).toEqual([]);
    expect(author('Ada')).toEqual([{ name: 'Ada' }]);
  });
});

describe('an export is known by its namespace', () => {
  const wxr = 'http://wordpress.org/export/1.2/';
  const item = (prefix: string) =>
    `<item><title>A</title><guid>urn:a</guid><${prefix}:post_type>post</${prefix}:post_type><${prefix}:status>draft</${prefix}:status></item>`;
  const read = (text: string) => readDocument(text, new URL('file:///a.xml'), {}).items.map(({ isDraft }) => isDraft);

  it.each([
    ['under its usual prefix', `<rss xmlns:wp="${wxr}"><channel>${item('wp')}</channel></rss>`],
    ['under another prefix', `<rss xmlns:export='${wxr}'><channel>${item('export')}</channel></rss>`],
    [
      'beside another that has its prefix',
      `<rss xmlns:wp="http://w.example/" xmlns:x="${wxr}"><channel><wp:post_type>page</wp:post_type>${item('x')}</channel></rss>`,
    ],
    ['on the channel', `<rss version="2.0"><channel xmlns:wp="${wxr}">${item('wp')}</channel></rss>`],
    [
      'by its version if it declares none',
      `<rss><channel><wp:wxr_version>1.2</wp:wxr_version>${item('wp')}</channel></rss>`,
    ],
  ])('%s', (_, text) => expect(read(text)).toEqual([true]));

  it.each([
    [
      'another namespace',
      `<rss version="2.0" xmlns:wp="http://www.washingtonpost.com/wp-namespace"><channel>${item('wp')}</channel></rss>`,
    ],
    [
      'a comment',
      `<rss version="2.0"><!-- <rss xmlns:wp="${wxr}"> --><channel><item><title>A</title></item></channel></rss>`,
    ],
    [
      'the text of a post',
      `<rss version="2.0"><channel><item><title>A</title><description><![CDATA[<rss xmlns:wp="${wxr}">]]></description></item></channel></rss>`,
    ],
  ])('and not by %s', (_, text) => expect(read(text)).toEqual([undefined]));
});
