import { describe, expect, test } from 'vitest';
import { renderContent } from '../../../src/article/body/content.ts';
import type { FindFile } from '../../../src/article/find-local-file.ts';
import { htmlTree } from '../../validators/safe-tree.ts';

const permalink = 'https://site.example/articles/a';

const findFile: FindFile = (written) => {
  const name = /^(?:\.\/|\/)?(ship\.png|film\.mp4|paper\.pdf|dot\.gif|words\.vtt)/.exec(written)?.[1];
  if (name === undefined) return undefined;
  const url = `https://site.example/media/${name}`;
  return name === 'ship.png'
    ? { url, type: 'image/png', length: 9, width: 640, height: 480 }
    : { url, type: 'a/b', length: 9 };
};

function render(body: string, options: { slug?: string; title?: string; permalink?: string } = {}) {
  return renderContent(body, { permalink, slug: 'a', title: 'A ship', findFile, ...options });
}

describe('a file beside the article becomes a URL of this site', () => {
  test.each([
    {
      input: '![A](ship.png)',
      out: '<p><img src="https://site.example/media/ship.png" alt="A" width="640" height="480" /></p>',
    },
    {
      input: '<img src="./ship.png" width="64">',
      out: '<img src="https://site.example/media/ship.png" width="64" />',
    },
    {
      input: '<img src="/ship.png?v=2" height="4" width="5">',
      out: '<img src="https://site.example/media/ship.png" height="4" width="5" />',
    },
    { input: '[A](paper.pdf)', out: '<p><a href="https://site.example/media/paper.pdf">A</a></p>' },
    {
      input: '[A](paper.pdf#page=2)',
      out: '<p><a href="https://site.example/media/paper.pdf#page=2">A</a></p>',
    },
    {
      input: '<video src="film.mp4" poster="ship.png"><track src="words.vtt"></video>',
      out: '<p><video src="https://site.example/media/film.mp4" poster="https://site.example/media/ship.png" controls="controls"><track src="https://site.example/media/words.vtt" /></video></p>',
    },
    {
      input: '<img srcset="ship.png 1x, other.png 2x">',
      out: '<img srcset="https://site.example/media/ship.png 1x, https://site.example/articles/other.png 2x" />',
    },
    { input: '[A](https://b.example/ship.png)', out: '<p><a href="https://b.example/ship.png">A</a></p>' },
    { input: '[A](//b.example/ship.png)', out: '<p><a href="https://b.example/ship.png">A</a></p>' },
    { input: '[A](other.png)', out: '<p><a href="https://site.example/articles/other.png">A</a></p>' },
  ])('$input', ({ input, out }) => {
    expect(render(input).content).toBe(out);
  });

  test('also in an article that was first published elsewhere', () => {
    const { content } = render('![A](ship.png) ![B](b.png)', { permalink: 'https://b.example/2025/a' });
    expect(content.match(/src="[^"]*"/g)).toEqual([
      'src="https://site.example/media/ship.png"',
      'src="https://b.example/2025/b.png"',
    ]);
  });
});

describe('a headline that the body repeats', () => {
  test.each([
    '# A ship',
    '## a  SHIP!',
    'A ship\n======',
    '# **A** *ship*',
    '# “A ship”',
    '# A ship…',
    '<h1 class="t">A ship&excl;</h1>\n',
    '<h1 id="a"><b>A</b> ship</h1>',
    '<h1 align="center">\n  <a href="https://b.example/">A ship</a>\n</h1>',
    '<header><h1>A ship</h1></header>',
    '<!-- <h1>Not it</h1> -->\n\n# A ship',
  ])('goes as its first block: %s', (heading) => {
    expect(render(`${heading}\n\nIt sailed.`)).toEqual({
      summary: 'It sailed.',
      content: '<p>It sailed.</p>',
    });
  });

  test.each([
    ['# Another ship\n\nIt sailed.', 'A ship', '<h1>Another ship</h1>\n<p>It sailed.</p>'],
    ['## Part\n\n# A ship', 'A ship', '<h2>Part</h2>\n<h1>A ship</h1>'],
    ['<h2>Part</h2>\n\n# A ship', 'A ship', '<h2>Part</h2>\n<h1>A ship</h1>'],
    [
      '<h1><img src="ship.png" width="64"> A ship</h1>',
      'A ship',
      '<h1><img src="https://site.example/media/ship.png" width="64" /> A ship</h1>',
    ],
    ['> # A ship', 'A ship', '<blockquote>\n<h1>A ship</h1>\n</blockquote>'],
    ['# ?', '!', '<h1>?</h1>'],
    ['# C++', 'C#', '<h1>C++</h1>'],
    ['# C++', 'C', '<h1>C++</h1>'],
    ['# 50%', '$50', '<h1>50%</h1>'],
    ['# Python 3.1.0', 'Python 31.0', '<h1>Python 3.1.0</h1>'],
  ])('stays elsewhere: %j', (body, title, content) => {
    expect(render(body, { title }).content).toBe(content);
  });
});

test.each([
  ['![a](https://b.example/c.png)\n\n# A ship', '<p><img src="https://b.example/c.png" alt="a" /></p>'],
  ['<a name="top"></a>\n\n# A ship', '<p></p>'],
  ['It sailed.\n\n# A ship\n\n# A ship', '<p>It sailed.</p>\n<h1>A ship</h1>'],
  ['It sailed.\n\n<h1>A ship</h1> Still.', '<p>It sailed.</p>\n Still.'],
  ['---\n\n# A ship', '<hr />'],
])('a first heading that repeats the headline is removed: %j', (body, content) => {
  expect(render(body).content).toBe(content);
});

describe('a dash, a quotation mark or an ellipsis of another kind makes no other headline', () => {
  test.each([
    ['# “It’s” here – now', '"It\'s" here - now'],
    ['# A ship... sails', 'A ship… sails'],
  ])('%s', (body, title) => {
    expect(render(body, { title }).content).toBe('');
  });
});

describe('an anchor', () => {
  test.each([
    {
      it: 'is named for its article',
      input: '<b id="x">b</b> [a](#x)',
      out: '<p><b id="a--x">b</b> <a href="https://site.example/articles/a#a--x">a</a></p>',
    },
    { it: 'is removed if no link leads to it', input: '<b id="x">b</b>', out: '<p><b>b</b></p>' },
    {
      it: 'elsewhere on the page stays what it was',
      input: '[a](#x)',
      out: '<p><a href="https://site.example/articles/a#x">a</a></p>',
    },
    {
      it: 'of a heading is created if a link leads to it',
      input: '[a](#part-one)\n\n## Part *One*\n\n## Part one',
      out: '<p><a href="https://site.example/articles/a#a--part-one">a</a></p>\n<h2 id="a--part-one">Part <em>One</em></h2>\n<h2>Part one</h2>',
    },
    {
      it: 'of any script is ASCII',
      input: '[a](#größe)\n\n## Größe',
      out: '<p><a href="https://site.example/articles/a#a--gr.C3.B6.C3.9Fe">a</a></p>\n<h2 id="a--gr.C3.B6.C3.9Fe">Größe</h2>',
    },
    {
      it: 'cannot clash with names of the page',
      input: '<b id="__proto__">b</b> [a](#__proto__)',
      out: '<p><b id="a--__proto__">b</b> <a href="https://site.example/articles/a#a--__proto__">a</a></p>',
    },
  ])('$it', ({ input, out }) => {
    expect(render(input).content).toBe(out);
  });
});

describe('footnotes', () => {
  const body =
    'One[^n] and two[^b], one again[^n].\n\n[^b]: Second.\n\n[^n]: First.\n\n    More of it.\n\n[^c]: Nobody asks.';

  test('follow the text in the order of their references', () => {
    const at = 'https://site.example/articles/a';
    expect(
      render(body).content,
    ).toBe(`<p>One<sup class="footnote-ref"><a href="${at}#fn-a-1" id="fnref-a-1">[1]</a></sup> and two<sup class="footnote-ref"><a href="${at}#fn-a-2" id="fnref-a-2">[2]</a></sup>, one again<sup class="footnote-ref"><a href="${at}#fn-a-1" id="fnref-a-1:2">[1]</a></sup>.</p>
<hr />
<section class="footnotes">
<ol>
<li id="fn-a-1">
<p>First.</p>
<p>More of it. <a href="${at}#fnref-a-1" class="footnote-backref">↩︎</a> <a href="${at}#fnref-a-1:2" class="footnote-backref">↩︎</a></p>
</li>
<li id="fn-a-2">
<p>Second. <a href="${at}#fnref-a-2" class="footnote-backref">↩︎</a></p>
</li>
<li>
<p>Nobody asks.</p>
</li>
</ol>
</section>`);
  });

  test('are not in the summary', () => {
    expect(render(body).summary).toBe('One and two, one again.');
  });

  test.each(['', '<b>raw</b>\n\n'])('lead there and back with fifty articles on one page: %j', (before) => {
    const slugs = [...Array.from({ length: 48 }, (_, i) => `a-${i}`), 'a', 'größe'];
    const page = slugs
      .map((slug) =>
        render(before + body, {
          slug,
          permalink: `https://site.example/articles/${encodeURIComponent(slug)}`,
        }),
      )
      .map(({ content }) => `<article>${content}</article>`);
    const ids: string[] = [];
    const targets: string[] = [];
    type Tree = ReturnType<typeof htmlTree>;
    const visit = ({ properties = {}, children = [] }: Tree): void => {
      if (properties.id !== undefined) ids.push(String(properties.id));
      const hash = String(properties.href ?? '').split('#')[1];
      if (hash !== undefined) targets.push(hash);
      children.forEach(visit);
    };
    visit(htmlTree(page.join('')));
    expect([ids.length, new Set(ids).size, targets.length]).toEqual([5 * 50, 5 * 50, 6 * 50]);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  test.each([
    ['in a footnote are read', 'a[^1]\n\n[^1]: b[^2]\n\n[^2]: c', ['a', 'b', 'c']],
    ['that refer to themselves end', 'a[^1]\n\n[^1]: b[^1]', ['a', 'b']],
    ['without a text are none', 'a[^1]', ['a']],
    ['in the text of a picture are none', '![a[^1]](x.png)\n\n[^1]: b', ['b']],
    ['that nothing refers to stay, with what they refer to', '[^1]: a[^2]\n\n[^2]: b', ['a', 'b']],
  ])('%s', (_, body, words) => {
    const { content } = render(body);
    expect(content.replace(/<[^>]*>|\[\^?\d\]|↩︎/g, ' ').match(/\b[abc]\b/g)).toEqual(words);
    const ids = [...content.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    const targets = [...content.matchAll(/#([^"]*)"/g)].map(([, id]) => id);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });
});

describe('tracking pixels are removed', () => {
  test.each([
    '<img src="https://t.example/1.gif" width="1" height="1">',
    '<img src="https://t.example/1.gif" width=0 height=0 alt="x">',
    '<img src="https://t.example/1.gif" height="1">',
    '<img src="https://t.example/1.gif" style="width:1px; height: 1px">',
    '<img src="https://t.example/1.gif" style="display:none">',
    '<img src="https://t.example/1.gif" style="color:red; VISIBILITY: hidden">',
    '<img src="https://t.example/1.gif" style="opacity: 0">',
    '<img src="https://t.example/1.gif" width="1" height="100%" style="opacity:0.0;top:0">',
    '<img src="https://t.example/1.gif" width="0" height="50">',
    '<img src="https://t.example/1.gif" alt="x" hidden>',
  ])('%s', (input) => {
    expect(render(`${input}\n\na`).content).toBe('<p>a</p>');
  });

  test.each([
    '<img src="https://t.example/1.gif" width="100" height="1">',
    '<img src="https://t.example/1.gif" width="100%">',
    '<img src="https://t.example/1.gif" style="width:100px">',
    '<img src="https://t.example/1.gif" style="width:1.5px">',
    '<img src="https://t.example/1.gif" style="opacity:0.5">',
    '<img src="https://t.example/1.gif">',
  ])('but not %s', (input) => {
    expect(render(input).content).toMatch(/^<img src="https:\/\/t\.example\/1\.gif"/);
  });
});

describe('the picture of an article', () => {
  test.each([
    {
      it: 'is the first',
      body: 'a ![B & "c"](ship.png)\n\n![d](e.png)',
      image: {
        url: 'https://site.example/media/ship.png',
        type: 'image/png',
        width: 640,
        height: 480,
        alt: 'B & "c"',
      },
    },
    {
      it: 'is not a small sign',
      body: '<img src="x.png" width="20" height="20"> ![b](c.jpg)',
      image: { url: 'https://site.example/articles/c.jpg', type: 'image/jpeg', alt: 'b' },
    },
    {
      it: 'has an address',
      body: '![a](data:image/png;base64,AA==) ![b](https://site.example/articles/c)',
      image: { url: 'https://site.example/articles/c', alt: 'b' },
    },
    {
      it: 'is not a tracking pixel',
      body: '<img src="t.gif" width=1 height=1><img src="c.webp">',
      image: { url: 'https://site.example/articles/c.webp', type: 'image/webp' },
    },
    {
      it: 'has the caption of its figure',
      body: '<figure><img src="c.webp" title="t"><figcaption>A &amp; <b>B</b></figcaption></figure>',
      image: { url: 'https://site.example/articles/c.webp', type: 'image/webp', caption: 'A & B' },
    },
    {
      it: 'has no other figure’s caption',
      body: '<figure><figcaption>A</figcaption></figure><img src="c.webp">',
      image: { url: 'https://site.example/articles/c.webp', type: 'image/webp' },
    },
    {
      it: 'has its title for a caption',
      body: '![a](c.gif "T")',
      image: { url: 'https://site.example/articles/c.gif', type: 'image/gif', alt: 'a', caption: 'T' },
    },
    {
      it: 'has the caption below it',
      body: '![a](c.gif)\n\nThe quay. **Ann O / Harbor**\n\nIt sailed.',
      image: {
        url: 'https://site.example/articles/c.gif',
        type: 'image/gif',
        alt: 'a',
        caption: 'The quay. Ann O / Harbor',
      },
    },
    {
      it: 'does not have the caption of a missing picture',
      body: 'The quay. **Ann O / Harbor**\n\nIt sailed.\n\n![a](c.gif)',
      image: { url: 'https://site.example/articles/c.gif', type: 'image/gif', alt: 'a' },
    },
    { it: 'is absent without a picture', body: 'a', image: undefined },
  ])('$it', ({ body, image }) => {
    expect(render(body).image).toEqual(image);
  });
});

describe('text that looks like a tag', () => {
  test.each([
    { input: 'A Vec<T> and <Key>', out: '<p>A Vec&lt;T&gt; and &lt;Key&gt;</p>' },
    { input: 'a <b>c</b> <custom-tag>d</custom-tag>', out: '<p>a <b>c</b> d</p>' },
    { input: 'a <T onclick="b()">c</T>', out: '<p>a c</p>' },
  ])('$input', ({ input, out }) => {
    expect(render(input).content).toBe(out);
  });
});
