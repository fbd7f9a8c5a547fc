import { describe, expect, test } from 'vitest';
import { plainText, renderContent } from '../../../src/article/body/content.ts';
import { countOperations } from '../count-operations.ts';

const BASE = 'https://publisher.example/2025/02/slug';

function contentOf(body: string): string {
  return renderContent(body, { permalink: BASE, slug: 'article', title: 'An article' }).content;
}

describe('a link that leads nowhere becomes its text', () => {
  test.each([
    { input: 'a [b](#) c', out: '<p>a b c</p>' },
    { input: 'a [b **c**](#)', out: '<p>a b <strong>c</strong></p>' },
    { input: '**[b](#)**', out: '<p><strong>b</strong></p>' },
    { input: 'a [b]() c', out: '<p>a b c</p>' },
    { input: 'a [b](<>) c', out: '<p>a b c</p>' },
    { input: 'a [b](javascript:void(0)) c', out: '<p>a b c</p>' },
    { input: 'a [b](file:///C:/d.txt) c', out: '<p>a b c</p>' },
    { input: '<b>a</b> [b](data:text/html,x) c', out: '<p><b>a</b> b c</p>' },
    { input: 'a [b](other.md) c', out: '<p>a b c</p>' },
    { input: 'a [b](../d/other.MDX#e) c', out: '<p>a b c</p>' },
    { input: 'a <a href="/other.markdown?d">b</a> c', out: '<p>a b c</p>' },
    { input: 'a [b](# "title") c', out: '<p>a b c</p>' },
    { input: 'a [b][1] c\n\n[1]: #', out: '<p>a b c</p>' },
    {
      input: '[![b](c.png)](#)',
      out: '<p><img src="https://publisher.example/2025/02/c.png" alt="b" /></p>',
    },
    { input: 'a <a href="#">b</a> c', out: '<p>a b c</p>' },
    { input: 'a <a href=" # ">b</a> c', out: '<p>a b c</p>' },
    { input: 'a <a href="">b</a> c', out: '<p>a b c</p>' },
    { input: 'a <a href>b</a> c', out: '<p>a b c</p>' },
    { input: 'a <a>b</a> c', out: '<p>a b c</p>' },
    { input: 'a <a name="x">b</a> c', out: '<p>a b c</p>' },
    { input: 'a <a href="https://[">b</a> c', out: '<p>a b c</p>' },
    { input: '<p><a href="#">b</a></p>', out: '<p>b</p>' },
    { input: '[a](#) [b](https://b.example/) [c](#)', out: '<p>a <a href="https://b.example/">b</a> c</p>' },
  ])('$input', ({ input, out }) => {
    expect(contentOf(input)).toBe(out);
  });
});

describe('a link that leads somewhere is absolute', () => {
  test.each([
    { input: '[a](/b)', out: 'https://publisher.example/b' },
    { input: '[a](b)', out: 'https://publisher.example/2025/02/b' },
    { input: '[a](https://b.example/README.md)', out: 'https://b.example/README.md' },
    { input: '[a](../b?c=d&e)', out: 'https://publisher.example/2025/b?c=d&amp;e' },
    { input: '[a](#b)', out: 'https://publisher.example/2025/02/slug#b' },
    { input: '[a](?b)', out: 'https://publisher.example/2025/02/slug?b' },
    { input: '[a](//b.example/c)', out: 'https://b.example/c' },
    { input: '[a](mailto:b@c.example)', out: 'mailto:b@c.example' },
    { input: '<https://b.example>', out: 'https://b.example/' },
    { input: 'https://b.example/c.', out: 'https://b.example/c' },
    { input: '<b@c.example>', out: 'mailto:b@c.example' },
    { input: '[a](https://bücher.example/ü)', out: 'https://xn--bcher-kva.example/%C3%BC' },
  ])('$input', ({ input, out }) => {
    expect(/<a href="([^"]*)"/.exec(contentOf(input))?.[1]).toBe(out);
  });

  test.each(['publisher.example', 'me@publisher.example', 'www.publisher.example'])(
    '%s in prose is not a link',
    (input) => {
      expect(contentOf(input)).toBe(`<p>${input}</p>`);
    },
  );
});

describe('Markdown', () => {
  test.each([
    { input: '## A\n\nb', out: '<h2>A</h2>\n<p>b</p>' },
    { input: '- a\n- b', out: '<ul>\n<li>a</li>\n<li>b</li>\n</ul>' },
    {
      input: '- [x] a\n- [ ] b\n- \\[x] c\n- [x](d)\n- [x]',
      out: '<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n<li>[x] c</li>\n<li><a href="https://publisher.example/2025/02/d">x</a></li>\n<li>[x]</li>\n</ul>',
    },
    {
      input: '|  | |\n|-|:-:|\n| a | b |',
      out: '<table>\n<tbody>\n<tr>\n<td>a</td>\n<td align="center">b</td>\n</tr>\n</tbody>\n</table>',
    },
    { input: '|  |\n|-|', out: '<table>\n<thead>\n<tr>\n<th></th>\n</tr>\n</thead>\n</table>' },
    { input: '3. a', out: '<ol start="3">\n<li>a</li>\n</ol>' },
    { input: '> a', out: '<blockquote>\n<p>a</p>\n</blockquote>' },
    { input: '```js\na < "b"\n```', out: '<pre><code class="language-js">a &lt; "b"\n</code></pre>' },
    { input: '    a', out: '<pre><code>a\n</code></pre>' },
    { input: 'a  \nb\nc', out: '<p>a<br />\nb\nc</p>' },
    { input: '~~a~~ `b` *c*', out: '<p><s>a</s> <code>b</code> <em>c</em></p>' },
    { input: 'a\n\n---\n\nb', out: '<p>a</p>\n<hr />\n<p>b</p>' },
    { input: 'a & b < c &copy; &nbsp;', out: '<p>a &amp; b &lt; c © \u00a0</p>' },
    {
      input: '|a|b|c|d|\n|:-|:-:|-:|-|\n|1|2|3|4|',
      out: '<table>\n<thead>\n<tr>\n<th align="left">a</th>\n<th align="center">b</th>\n<th align="right">c</th>\n<th>d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="left">1</td>\n<td align="center">2</td>\n<td align="right">3</td>\n<td>4</td>\n</tr>\n</tbody>\n</table>',
    },
  ])('$input', ({ input, out }) => {
    expect(contentOf(input)).toBe(out);
  });
});

describe('plainText reads a headline', () => {
  test.each([
    { input: 'Plain', out: 'Plain' },
    { input: '**Bold** and *italic* and ~~struck~~', out: 'Bold and italic and struck' },
    { input: 'The `<T>` type', out: 'The <T> type' },
    { input: 'The Vec<T> type', out: 'The Vec<T> type' },
    { input: 'The <b>bold</b> <script>type</script>', out: 'The bold ' },
    { input: 'Styling <details> and <my-menu>', out: 'Styling <details> and <my-menu>' },
    { input: 'The <img> tag, </summary> and <a href="b">c</a>', out: 'The <img> tag, </summary> and c' },
    { input: 'One<br>two thr<wbr>ee<img src="a.png">', out: 'One two three' },
    { input: '[A link](https://a.example) and [none](#)', out: 'A link and none' },
    { input: '![A picture](a.png) here', out: 'A picture here' },
    { input: 'Q&amp;A &#8211; &eacute;&nbsp;b', out: 'Q&A – é\u00a0b' },
    { input: 'AT&T &unknown; 1 < 2', out: 'AT&T &unknown; 1 < 2' },
    { input: '\\*Not bold\\* \\# 1', out: '*Not bold* # 1' },
    { input: 'snake_case and 2 * 3 * 4', out: 'snake_case and 2 * 3 * 4' },
    { input: 'At https://a.example today', out: 'At https://a.example today' },
    { input: 'a\u0001b\uFFFEc&#1;\uD800', out: 'abc' },
    { input: '', out: '' },
  ])('$input', ({ input, out }) => {
    expect(plainText(input)).toBe(out);
  });
});

describe('the work grows linearly with the number of', () => {
  const numbers = (count: number, part: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => part(i)).join('');

  test.each<[string, (count: number) => string]>([
    ['references to one footnote', (n) => `${numbers(n, () => 'a[^1] ')}\n\n[^1]: b`],
    ['footnotes', (n) => numbers(n, (i) => `a[^${i}] `) + numbers(n, (i) => `\n\n[^${i}]: b`)],
    ['footnotes beside HTML', (n) => `${numbers(n, (i) => `a[^${i}]\n\n[^${i}]: b\n\n`)}<div>c</div>`],
  ])('%s', (_, body) => {
    const work = (count: number): number => countOperations(() => contentOf(body(count)));
    expect(work(4000)).toBeLessThan(3 * work(2000));
  });
});
