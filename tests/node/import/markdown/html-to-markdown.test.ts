import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeHtml } from '../../../../src/article/body/html/safe-html.ts';
import { escapeText } from '../../../../src/article/escape.ts';
import { parseSeed } from '../../../../src/article/parse.ts';
import { findDifference } from '../../../../src/node/import/markdown/compare-content.ts';
import { htmlToMarkdown } from '../../../../src/node/import/markdown/html-to-markdown.ts';
import { parseHtml } from '../../../../src/node/import/markdown/parse-html.ts';
import { writeBody } from '../../../../src/node/import/write/body.ts';
import { isThorough, propertyRuns } from '../../../effort.ts';

const base = 'https://old.example/a/b';
const slug = '2026-01-02-x';

/** Renders Markdown as the site does. */
function shown(markdown: string): string {
  const text = `---\ntitle: The title\ndate: 2026-01-02\nid: tag:old.example,2026:x\nurl: ${base}\n---\n\n${markdown}\n`;
  const { source, problems } = parseSeed(
    { path: `${slug}.md`, text },
    {
      timezone: 'UTC',
      articleUrl: (slug) => `https://new.example/${slug}`,
      mintId: (slug) => `tag:new.example,2026:${slug}`,
    },
  );
  expect(problems).toEqual([]);
  expect(source?.head).toMatchObject({ id: 'tag:old.example,2026:x', permalink: base });
  return source?.article().content ?? '';
}

const written = (html: string) => {
  const tree = parseHtml(html);
  return tree === undefined ? 'excessive' : htmlToMarkdown(tree, { base }).minimal;
};

describe('text that looks like markup stays text', () => {
  it.each([
    '*',
    '_',
    '**a**',
    '_a_ b_c_d',
    '<b>',
    '<script>',
    '</div>',
    '&amp;',
    '&copy;',
    '{{ x }}',
    '{{< x >}}',
    '{{% x %}}',
    '{% raw %}',
    '{{< /* x */ >}}',
    '{{</* x */>}}',
    '{# comment #}',
    '{: .note}',
    '{#id}',
    '[caption]',
    '[[caption]]',
    '[TOC]',
    '[[_TOC_]]',
    '[a](b)',
    '![a](b)',
    '[^1]',
    '[^1]: x',
    '[a]: https://a.example/',
    'Original url: https://a.example/',
    'ORIGINAL URL: <https://a.example/>',
    '_Original url: x',
    'Source: https://a.example/',
    'Id: <tag:a.example,2020:x>',
    'Id: tag:a.example,2020:x',
    '---',
    '***',
    '===',
    '+++',
    '# a',
    '## ',
    '> a',
    '- a',
    '* a',
    '+ a',
    '1. a',
    '1) a',
    '    a',
    '```',
    '~~~',
    '`a`',
    '``',
    '~~a~~',
    '~a~',
    '$x_{{1}}$',
    '$a*b*c$ and $$d_1$$',
    'a\n: b',
    '[!NOTE] a',
    '\\',
    '\\*',
    'a\\',
    ':::note',
    '::: tip',
    '| a | b |',
    '|-|-|',
    'import x from "y"',
    '<https://a.example/>',
    'https://a.example/a_b*c',
    'www.a.example',
    'a@b.example',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's syntax
    '${{ github.ref }}',
    '<!-- a -->',
    '<?php',
    ']]>',
    '\u{1F600}',
    'a\u00a0b',
  ])('%s', (text) => {
    const html = `<p>${escapeText(text)}</p><p>Second ${escapeText(text)} end</p><ul><li>${escapeText(text)}</li></ul><h2>${escapeText(text)}</h2><table><tr><th>${escapeText(text)}</th></tr><tr><td>b</td></tr></table>`;
    expect(findDifference(safeHtml(html, { permalink: base, slug }), shown(written(html)), '')).toBeUndefined();
  });

  it('for any characters', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(...'*_`#>-+.:[](){}<>&~|!\\$%^"\'= \n'.split('')),
      fc.constantFrom('{{', '}}', '{%', '%}', '<b>', 'a', 'Id:', 'Original url:', 'https://a.example/', '[x]', ':::'),
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const html = `<p>${escapeText(one)}</p><p>x <em>${escapeText(other)}</em> y</p>`;
        const show = (markdown: string) => shown(markdown);
        const { text, warnings } = writeBody(
          { content: { kind: 'html', text: html }, title: 'The title', base, slug },
          undefined,
          show,
        );
        expect(warnings).toEqual([]);
        expect(findDifference(safeHtml(html, { permalink: base, slug }), show(text), 'The title')).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

describe('HTML that Markdown can express', () => {
  it.each([
    ['<p>a <b>b</b> <i>c</i></p>', 'a **b** *c*'],
    ['<h2>A</h2><p>b<br>c</p>', '## A\n\nb\\\nc'],
    ['<p><b>a<br></b>b<br></p>', '**a**\\\nb'],
    ['<ol start=3><li>a</li></ol>', '3. a'],
    ['<pre><code class="language-js">a\n\nb</code></pre>', '```js\na\n\nb\n```'],
    ['<pre>a ``` b</pre>', '````\na ``` b\n````'],
    ['<p><img src="c.png" alt="d" title="e"></p>', '![d](https://old.example/a/c.png "e")'],
    ['<a href="/x?a=1&amp;b=2">y</a>', '[y](https://old.example/x?a=1&b=2)'],
    ['<p>a<b> spaced </b>word<b>mid</b>word <i>&nbsp;x<br></i></p>', 'a **spaced** word**mid**word \u00a0*x*'],
    ['<p><b>Bold:</b>text, <b>“quoted”</b>und</p>', '<strong>Bold:</strong>text, <strong>“quoted”</strong>und'],
    ['<p><i>a</i><i>b</i> <b>c</b><i>d</i>e</p>', '*ab* **c**<em>d</em>e'],
    ['<p>a<br>:&nbsp;</p>', 'a\\\n\\:\u00a0'],
    ['<p>&nbsp;::a</p>', '\u00a0::a'],
    ['<p><i><s><b>a</b></s></i><i><s>b</s></i></p>', '*~~**a**b~~*'],
    ['<p>x<b>a<i>b</i></b>c</p>', 'x<strong>a*b*</strong>c'],
    [
      '<p>AT&amp;T at www.a.example, a@b.example [sic] [1] a_b ~ 2 * 3 C:\\dir</p>',
      'AT&T at www.a.example, a@b.example [sic] [1] a_b ~ 2 * 3 C:\\dir',
    ],
    ['<p>http://a.example/ 2*3*4 [a](b) &amp;copy;</p>', 'http\\://a.example/ 2*3\\*4 \\[a](b) \\&copy;'],
    ['<a href="/page(1)">y</a>', '[y](https://old.example/page(1))'],
    ['<a href="https://a.example/b_c_">https://a.example/b_c_</a>', '<https://a.example/b_c_>'],
    ['<a href="mailto:a@b.example">a@b.example</a>', '<a@b.example>'],
    [
      '<p>Source: <a href="https://a.example/">https://a.example/</a></p>',
      'Source: [https://a.example/](https://a.example/)',
    ],
    ['<p>\u2E0E*a* \u2E0F<code>\u2E0E*</code></p>', '&#11790;*a\\* &#11791;<code>&#11790;&#42;</code>'],
    ['<p>H<sub>2</sub>O and <kbd>Esc</kbd></p>', 'H<sub>2</sub>O and <kbd>Esc</kbd>'],
    ['<p><a href="#n">1</a></p><p id="n">Note</p>', '[1](#n)\n\n<span id="n"></span>Note'],
  ])('%s', (html, markdown) => {
    expect(written(html)).toBe(markdown);
  });
});

it('bold, italic and struck text keeps its emphasis, character by character', () => {
  const text = fc
    .array(fc.constantFrom(...'ab*_~.,:“”「。 \u00a0'.split(''), '<br>'), { maxLength: 4 })
    .map((parts) => parts.join(''));
  const { run } = fc.letrec<{ run: string }>((tie) => ({
    run: fc
      .array(
        fc.oneof(
          text,
          fc
            .tuple(fc.constantFrom('strong', 'em', 's'), tie('run'))
            .map(([name, inner]) => `<${name}>${inner}</${name}>`),
        ),
        { maxLength: 3 },
      )
      .map((parts) => parts.join('')),
  }));
  /** Lists each character with the emphasis around it. White space may move out of emphasis. */
  const signs = (html: string): readonly string[] => {
    const open: string[] = [];
    return [...html.matchAll(/<(\/?)(strong|em|s)>|<[^>]*>|[^<\s]/g)].flatMap(([whole, end, name]) => {
      if (name === undefined) return whole.startsWith('<') ? [] : [`${whole} ${[...new Set(open)].sort()}`];
      if (end === '') open.push(name);
      else open.pop();
      return [];
    });
  };
  fc.assert(
    fc.property(run, (html) => {
      expect(signs(shown(written(`<p>${html}</p>`)))).toEqual(signs(html));
    }),
    { numRuns: propertyRuns(500) },
  );
});

describe('HTML in the style of other systems', () => {
  const image = '<img src="https://old.example/c.png" alt="d">';
  it.each([
    [`<figure class="wp-block-image">${image}</figure>`, '![d](https://old.example/c.png)'],
    [
      `<figure><a href="/e">${image}</a><figcaption> </figcaption></figure>`,
      '[![d](https://old.example/c.png)](https://old.example/e)',
    ],
    [
      `<figure class="g"><figure class="wp-block-image" style="a">${image.replace('>', ' class="wp-image-1" loading="lazy">')}<figcaption class="f">\ne\n</figcaption></figure>${image}</figure>`,
      `<figure>${image}<figcaption>e</figcaption></figure>\n\n![d](https://old.example/c.png)`,
    ],
    ['<p>a <mark style="color:red" class="has-inline-color">b</mark></p>', 'a <mark>b</mark>'],
    ['<div style="display:none">a<img src="c.png"></div>', 'a'],
    [
      '<table><tr><td>\na\n</td><td style="text-align:right"><p>b<br>c</p></td></tr></table>',
      '| | |\n| - | -: |\n| a | b<br>c |',
    ],
    ['<table><thead><tr><td>a</td></tr></thead><tr><td>b</td></tr></table>', '| a |\n| - |\n| b |'],
    ['<table><tr><th>\na\n</th><td>b\nc</td></tr></table>', '<table>\n<tr><th>a</th><td>b c</td></tr>\n</table>'],
    [
      `<p>a</p><pre>b {\n\n<figure>${image}<figcaption>e</figcaption></figure></pre>`,
      `a\n\n<pre>b &#123;\n\n<figure>${image}<figcaption>e</figcaption></figure></pre>`,
    ],
    ['<p>a</p><table></table><table><tr></tr></table>', 'a'],
    ['<pre><code class="lang-ruby">a</code></pre>', '```ruby\na\n```'],
    ['<pre class="brush: python; title: b">a</pre>', '```python\na\n```'],
    ['<pre lang="sql">a</pre>', '```sql\na\n```'],
    ['<pre lang="en-GB">a</pre>', '```\na\n```'],
    ['<div class="highlight highlight-source-go"><pre>a</pre></div><pre>b</pre>', '```go\na\n```\n\n```\nb\n```'],
    ['<pre data-enlighter-language="c++">a</pre>', '```c++\na\n```'],
    [
      '<ul><li><input type="checkbox" checked disabled> a</li><li><label><input type=checkbox>b</label></li></ul>',
      '- [x] a\n- [ ] b',
    ],
    ['<ul><li>[x] a</li></ul><p><input type="checkbox">b<input value="c"></p>', '- \\[x] a\n\n☐ b'],
    [
      '<p>a<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> [^1]</p><hr><section class="footnotes"><ol><li id="fn1"><p>b</p><p>c <a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>',
      'a[^1] \\[^1]\n\n[^1]: b\n\n    c',
    ],
  ])('%s', (html, markdown) => {
    expect(written(html)).toBe(markdown);
    const body = { content: { kind: 'html', text: html }, title: 'The title', base, slug } as const;
    expect(writeBody(body, undefined, shown)).toMatchObject({ text: markdown, warnings: [] });
  });
});

it('a formula of MathJax is its TeX', () => {
  const html = '<p>a <span class="MathJax_Preview">x</span><script type="math/tex">x_1*y*z</script> b</p>';
  const body = writeBody({ content: { kind: 'html', text: html }, title: 'T', base, slug }, undefined, shown);
  expect(body.warnings).toEqual([]);
  expect(shown(body.text)).toBe('<p>a $x_1*y*z$ b</p>');
});

describe('footnotes become Markdown footnotes, as written by', () => {
  const page = 'https://old.example/notes/';
  const back = (href: string, attributes = '') => `<a href="${href}"${attributes}>↩</a>`;
  const one = 'Note[^1] end.\n\n[^1]: The note';
  it.each([
    [
      'no particular program',
      `<p>Note<sup id="fnref:1"><a href="#fn:1">1</a></sup> end.</p><div class="footnotes"><ol><li id="fn:1"><p>The note ${back('#fnref:1')}</p></li></ol></div>`,
      one,
    ],
    [
      'kramdown',
      `<p>Note<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup> end.</p>\n<div class="footnotes" role="doc-endnotes">\n<ol>\n<li id="fn:1" role="doc-endnote">\n<p>The note&nbsp;${back('#fnref:1', ' class="reversefootnote" role="doc-backlink"')}</p>\n</li>\n</ol>\n</div>\n`,
      one,
    ],
    [
      'Goldmark',
      `<p>Note<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup> end.</p><div class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>The note&#160;<a href="#fnref:1" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li></ol></div>`,
      one,
    ],
    [
      'GitHub',
      `<p>Note<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref aria-describedby="footnote-label">1</a></sup> end.</p><section data-footnotes class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2><ol><li id="user-content-fn-1"><p>The note ${back('#user-content-fnref-1', ' data-footnote-backref')}</p></li></ol></section>`,
      one,
    ],
    [
      'Pandoc',
      `<p>Note<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> end.</p><section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr /><ol><li id="fn1"><p>The note${back('#fnref1', ' class="footnote-back" role="doc-backlink"')}</p></li></ol></section>`,
      one,
    ],
    [
      'markdown-it, with two marks for one note',
      `<p>A<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> B<sup class="footnote-ref"><a href="#fn1" id="fnref1:1">[1:1]</a></sup></p><hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>The note ${back('#fnref1', ' class="footnote-backref"')} ${back('#fnref1:1', ' class="footnote-backref"')}</p></li></ol></section>`,
      'A[^1] B[^1]\n\n[^1]: The note',
    ],
    [
      'WordPress, before the text of a plug-in',
      `<p>Note<sup data-fn="a-b" class="fn"><a href="#a-b" id="a-b-link">1</a></sup> end.</p><ol class="wp-block-footnotes"><li id="a-b">The note <a href="#a-b-link" aria-label="Jump to footnote reference 1">↩︎</a></li></ol><p>Share</p>`,
      'Note[^1] end.\n\nShare\n\n[^1]: The note',
    ],
    [
      'a feed with absolute links',
      `<p>Note<sup><a href="${page}#fn:1" id="fnref:1">1</a></sup> end.</p><div class="footnotes"><ol><li id="fn:1"><p>The note ${back(`${page}#fnref:1`)}</p></li></ol></div>`,
      one,
    ],
    [
      'a program without class names, with backlinks, another order and a note in a note',
      `<h2>T</h2><div><p>A<a href="#y">2</a> B<a href="#x" id="rx">1</a></p><h3>Notes</h3><ol><li id="x">One <a href="#rx">back</a></li><li id="y">Two<sup><a href="#z">3</a></sup> <a href="#ry">^</a></li><li id="z"><pre>c</pre>${back('#rz')}</li></ol></div>`,
      '## T\n\nA[^1] B[^2]\n\n### Notes\n\n[^1]: Two[^3]\n\n[^2]: One\n\n[^3]: ```\n    c\n    ```',
    ],
  ])('%s', (_, html, text) => {
    const body = {
      content: { kind: 'html', text: html },
      title: 'The title',
      base,
      url: page,
      slug,
    } as const;
    expect(writeBody(body, undefined, shown)).toMatchObject({ text, warnings: [] });
  });

  it.each([
    [
      'with a note without a mark',
      '<p>a<sup><a href="#fn1">1</a></sup></p><div class="footnotes"><ol><li id="fn1">b</li><li id="fn2">c</li></ol></div>',
      'a<sup>[1](#fn1)</sup>\n\n1. <span id="fn1"></span>b\n2. c',
    ],
    [
      'with a note that the text refers to in words',
      '<p>a <a href="#r1">the first rule</a></p><ol class="endnotes"><li id="r1">b</li></ol>',
      'a [the first rule](#r1)\n\n1. <span id="r1"></span>b',
    ],
    [
      'with a note of the right form but without a mark',
      '<p>a<sup class="footnote-ref"><a href="#fn1">1</a></sup></p><section class="footnotes"><ol><li id="fn1">b</li><li id="fn2">c</li></ol></section>',
      'a<sup class="footnote-ref">[1](#fn1)</sup>\n\n1. <span id="fn1"></span>b\n2. c',
    ],
  ])('but not in a list %s', (_, html, text) => {
    const body = { content: { kind: 'html', text: html }, title: 'The title', base, slug } as const;
    expect(writeBody(body, undefined, shown)).toMatchObject({ text, warnings: [] });
  });
});

describe('links to parts of the page', () => {
  const page = 'https://old.example/notes/';
  const body = (html: string) =>
    writeBody({ content: { kind: 'html', text: html }, title: 'The title', base, url: page, slug }, undefined, shown);

  it.each([
    ['<p><a href="#comments">a</a></p>', '[a](https://old.example/notes/#comments)'],
    ['<p><a href="#n">a</a></p><p><a name="n"></a>b</p>', '[a](#n)\n\n<span id="n"></span>b'],
    [`<p><a href="${page}#n">a</a></p><p id="n">b</p>`, '[a](#n)\n\n<span id="n"></span>b'],
    ['<p><a href="/other#n">a</a></p><p id="n">b</p>', '[a](https://old.example/other#n)\n\nb'],
  ])('lead to the right place: %s', (html, text) => {
    expect(body(html)).toMatchObject({ text, warnings: [] });
  });

  it.each([
    [
      '<p><a href="#one-two">a</a></p><div><h2 id="one-two"> One\n<em>two</em>! </h2></div><h2>One two</h2>',
      '[a](#one-two)\n\n## One *two*!\n\n## One two',
    ],
    [
      '<p><a href="#one">a</a></p><h2>One</h2><h2 id="one">One</h2>',
      '[a](#one)\n\n## One\n\n## <span id="one"></span>One',
    ],
    ['<p><a href="#one">a</a></p><h2 id="one">Two</h2>', '[a](#one)\n\n## <span id="one"></span>Two'],
    [
      '<p><a href="#one">a</a></p><details><summary>b</summary><h2 id="one">One</h2></details>',
      '[a](#one)\n\n<details><summary>b</summary><h2><span id="one"></span>One</h2></details>',
    ],
  ])('need no anchor at a heading with that id: %s', (html, text) => {
    expect(body(html)).toMatchObject({ text, warnings: [] });
    expect(shown(text)).toMatch(/<h2(?: id="[^"]*--one|><span id="[^"]*--one)/);
  });

  it('stay as written if the article stays HTML', () => {
    const html =
      '<p>See <a href="#a:b">below</a></p><h2 id="a:b">Sec</h2><p id="c">x</p><ul><li><input type=checkbox checked></li></ul>';
    const { text } = body(html);
    expect(text).toContain('<a href="#a:b">below</a></p><h2 id="a:b">Sec</h2><p>x</p>');
    expect(shown(text)).toContain(`<a href="${base}#${slug}--a.3Ab">below</a></p><h2 id="${slug}--a.3Ab">`);
  });
});

describe('HTML that Markdown cannot express stays HTML', () => {
  it.each([
    '<iframe src="https://video.example/1"></iframe>',
    '<figure><img src="https://old.example/c.png" alt="d"><figcaption>e</figcaption></figure>',
    '<table>\n<tr><td colspan="2">a</td></tr>\n<tr><th>b</th><td>c</td></tr>\n</table>',
    '<pre>a\n\nb <img src="https://old.example/c.png" alt="d"></pre>',
    '<details><summary>a</summary>b</details>',
    '<dl><dt>a</dt><dd>b</dd></dl>',
    '<p dir="rtl">a</p>',
  ])('%s', (html) => {
    expect(written(html)).toBe(html);
    expect(written(`<p>before</p>${html}<p>after</p>`)).toBe(`before\n\n${html}\n\nafter`);
  });
  it('except scripts and trackers, which go', () => {
    expect(
      written('<p>a<script>b()</script><img src="t.gif" width="1" height="1"><span onclick="c()">d</span></p>'),
    ).toBe('ad');
  });
});

describe('separate words stay separate', () => {
  it.each([
    ['one<center>two</center>three', 'one\n\ntwo\n\nthree'],
    ['<p>Intro</p><center><a href="/a">b</a></center>Next', 'Intro\n\n[b](https://old.example/a)\n\nNext'],
    ['<form><fieldset><legend>a</legend>b</fieldset></form>c', 'a\n\nb\n\nc'],
    ['<nav>a</nav><main>b</main><dialog open>c</dialog>', 'a\n\nb\n\nc'],
    ['<menu><li>a</li><li>b</li></menu>', '- a\n- b'],
    ['<p>a<button>b</button><select><option>c</option><option>d</option></select></p>', 'a b c d'],
  ])('%s', (html, markdown) => {
    expect(written(html)).toBe(markdown);
  });

  it('and joined words are detected', () => {
    const difference = (clean: string, source: string) => findDifference(clean, clean, 'The title', source);
    expect(difference('<p>onetwo</p><p>three</p>', 'one two three')).toBe('one two three / onetwo three');
    expect(difference('<p>onetwo</p><p>three</p>', 'onetwo three')).toBeUndefined();
    // A frame becomes a link, a field goes.
    expect(difference('<p>a https://b.example/ cd</p>', 'a c field d')).toBeUndefined();
    expect(difference('<p>a https://b.example/ cd</p>', 'a field c d')).toBe('c d / cd');
  });
});

describe('hostile HTML', () => {
  const many = (count: number): number => (isThorough ? count : count / 10);
  it.each([
    ['deep', `${'<b>'.repeat(many(100_000))}x`],
    ['deep and closed', `${'<div>'.repeat(many(100_000))}x${'</div>'.repeat(many(100_000))}`],
    ['formatting that every paragraph repeats', `${'<font color="a">'.repeat(190)}${'<p>x'.repeat(many(50_000))}`],
    ['braces', '{{'.repeat(many(50_000))],
    ['brackets', '[!['.repeat(many(30_000))],
    ['backticks', '`a'.repeat(many(30_000))],
    ['comments', '<!--'.repeat(many(50_000))],
    ['stars', '<p>a *b c* '.repeat(many(5000))],
    ['stars in one paragraph', `<p>${'*a _b '.repeat(many(50_000))}`],
    ['links with their address as text', '<a href="https://a.example/">https://a.example/</a>'.repeat(many(1000))],
    ['control characters', '<p>a\u0000\u0008b\u001f]]></p>'],
  ])('loses no content: %s', (_, html) => {
    const body = writeBody({ content: { kind: 'html', text: html }, title: 'The title', base, slug }, undefined, shown);
    expect(body.warnings).toEqual([]);
    expect(findDifference(safeHtml(html, { permalink: base, slug }), shown(body.text), '')).toBeUndefined();
  });
});
