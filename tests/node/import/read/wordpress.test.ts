import { describe, expect, it } from 'vitest';
import { readPublishedPosts } from '../../../../src/node/check/wordpress-posts.ts';
import { readFootnotes } from '../../../../src/node/import/read/wordpress-footnotes.ts';
import { renderWordPress } from '../../../../src/node/import/read/wordpress-html.ts';

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
    expect(readPublishedPosts(text).items.map(({ title }) => title)).toEqual(['Post', 'Without a word']);
  });
});
