import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/article/edit.ts';
import { parseSeed } from '../../../src/article/parse.ts';
import { findShortcodes } from '../../../src/article/shortcodes/shortcodes.ts';
import { hostileLength, propertyRuns } from '../../effort.ts';
import { countOperations } from '../count-operations.ts';

/** The Markdown of a body after all edits. */
function shown(body: string, options = {}): string {
  return applyEdits(
    body,
    0,
    findShortcodes(body, 0, 'a.md', () => {}, options),
  );
}

/** The article of a body, and the problems as code and message. */
function read(body: string) {
  const { source, problems } = parseSeed(
    { path: 'posts/a.md', text: `---\ntitle: A\ndate: 2025-02-25\n---\n${body}` },
    {
      timezone: 'UTC',
      articleUrl: (slug) => `https://site.example/articles/${slug}`,
      mintId: (slug) => `tag:site.example,2025:${slug}`,
    },
  );
  return { content: source?.article().content, problems: problems.map(({ message }) => message) };
}

describe('a comment of kramdown is not published', () => {
  test.each([
    ['a {::comment}b{:/comment} c', 'a  c'],
    ['a\n\n{::comment}\nb *c*\n\nd\n{:/}\n\ne', 'a\n\n\n\ne'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
    expect(shown(body, { commentsOnly: true })).toBe(out);
  });

  test('but one that is never closed hides nothing', () => {
    expect(shown('a {::comment} b')).toBe('a  b');
    expect(shown('`{::comment}` b {:/comment}')).toBe('`{::comment}` b ');
  });
});

describe('the marks that protect braces', () => {
  test.each([
    ['`{% raw %}{{ a }}{% endraw %}` b', '`{{ a }}` b'],
    ['`` {%- raw -%}{% b %}{%- endraw -%} ``', '`` {% b %} ``'],
    ['```liquid\n{% raw %}\n{{ a }}\n{% endraw %}\n```\n', '```liquid\n{{ a }}\n```\n'],
    ['```\na {% raw %}{{ b }}{% endraw %}\nc {% raw %}{{ d }}{% endraw %}\n```', '```\na {{ b }}\nc {{ d }}\n```'],
    ['a\n\n    {% raw %}\n    {{ b }}\n\n    {{ c }}\n    {% endraw %}\n', 'a\n\n    {{ b }}\n\n    {{ c }}\n'],
    ['`{% raw %}{% raw %}{% endraw %}`', '`{% raw %}`'],
  ])('are no part of the code %j', (body, out) => {
    expect(shown(body)).toBe(out);
  });

  test.each(['`{% raw %}` and `{% endraw %}`', '```\n{% raw %}\n```\n', '```\n{% endraw %}{% raw %}\n```\n'])(
    'stay in %j, where they are mentioned',
    (body) => {
      expect(shown(body)).toBe(body);
    },
  );

  test('stay in a text of no framework', () => {
    const body = '`{% raw %}{{ a }}{% endraw %}`';
    expect(shown(body, { commentsOnly: true })).toBe(body);
  });
});

describe('a picture whose address has spaces', () => {
  test.each([
    ['![The bay](/a b/c d.jpg)', '![The bay](/a%20b/c%20d.jpg)'],
    ['a ![](b c.png) and ![](d.png)', 'a ![](b%20c.png) and ![](d.png)'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
  });

  test.each(['![a](b.png "c d.png")', '![a](<b c.png>)', '![a](b c)', '[a](b c.png)', '`![a](b c.png)`'])(
    'is not %j',
    (body) => {
      expect(shown(body)).toBe(body);
    },
  );
});

test('a shortcode that is left out of HTML leaves no blank line, after which indented HTML is code', () => {
  const { content } = read('<div>\n  <p>a</p>\n  <div>\n    {{< b >}}\n    </div>\n</div>\n');
  expect(content).toBe('<div>\n  <p>a</p>\n  <div>\n    </div>\n</div>');
});

describe('Pelican’s addresses', () => {
  test.each([
    ['[a]({static}/b/c.pdf)', '[a](/b/c.pdf)'],
    ['![a]({attach}b.png) ![c](|static|/d.png "e")', '![a](b.png) ![c](/d.png "e")'],
    ['<img src="{static}/a.png"> <a href=\'{attach}b.zip\'>c</a>', '<img src="/a.png"> <a href=\'b.zip\'>c</a>'],
    ['[a]({filename}/b.png)', '[a](/b.png)'],
    ['[a]({filename}/b/c.md#d) [e](|filename|f.rst)', '[a](#) [e](#)'],
    ['[a]({tag}b) [c]({category}d) [e]({author}f) [g]({index})', '[a](#) [c](#) [e](#) [g](#)'],
    ['[a]\n\n[a]: {static}/b.pdf', '[a]\n\n[a]: /b.pdf'],
    ['{static}/a.png `[a]({static}b)`', '{static}/a.png `[a]({static}b)`'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
  });

  test('are reported where a link is lost', () => {
    expect(read('[a]({filename}b.md) [c]({static}d.pdf)')).toEqual({
      content: '<p>a <a href="https://site.example/articles/d.pdf">c</a></p>',
      problems: [expect.stringContaining('"{filename}b.md" only works in its framework; it is shown as text without')],
    });
  });
});

describe('HTML that says that it contains Markdown', () => {
  test.each([
    [
      '<figure markdown="1">\n  ![b](c.png)\n  <figcaption>d</figcaption>\n</figure>\ne',
      '<figure>\n<p><img src="https://site.example/articles/c.png" alt="b" /></p>\n  <figcaption>d</figcaption>\n</figure>\n<p>e</p>',
    ],
    [
      '<div class="x" markdown="block">\n*a*\n\n- b\n</div>',
      '<div>\n<p><em>a</em></p>\n<ul>\n<li>b</li>\n</ul>\n</div>',
    ],
    ['<div markdown=1>\n    *a*\n\n        b\n</div>', '<div>\n<p><em>a</em></p>\n<pre><code>b\n</code></pre>\n</div>'],
    ['<p markdown="span">*a*</p>', '<p><em>a</em></p>'],
    [
      '<div>\n<div markdown="1">\n<div>\n*a*\n</div>\n\n*b*\n</div>\n</div>',
      '<div>\n<div>\n<div>\n*a*\n</div>\n<p><em>b</em></p>\n</div>\n</div>',
    ],
    ['<div markdown="0">\n*a*\n</div>', '<div>\n*a*\n</div>'],
    ['<div>\n*a*\n</div>', '<div>\n*a*\n</div>'],
  ])('%j', (body, content) => {
    expect(read(body).content).toBe(content);
  });

  test.each([
    '<div markdown="1">\na',
    '```html\n<div markdown="1">\na\n</div>\n```',
    'a\n\n    <div markdown="1">a</div>',
  ])('stays in %j, which is code or has no end', (body) => {
    expect(shown(body)).toBe(body);
  });
});

describe('what abbreviations stand for', () => {
  test('is left out with a warning, and the abbreviations stay', () => {
    expect(read('The WHO.\n\n*[WHO]: World Health @/Organization\n*[UN]: United Nations\n\nAll.')).toEqual({
      content: '<p>The WHO.</p>\n<p>All.</p>',
      problems: [
        expect.stringContaining('"*[WHO]: World Health @/Organization" only works in its framework; it is left out'),
        expect.stringContaining('"*[UN]: United Nations" only works'),
      ],
    });
  });

  test.each(['* [a]: b', 'a *[b]: c*', '*[a](b): c*', '`*[a]: b`'])('is not in %j', (body) => {
    expect(shown(body)).toBe(body);
  });
});

describe('the language in the first line of indented code', () => {
  test.each([
    ['a\n\n    :::python\n    b\n', 'a\n\n    b\n'],
    ['a\n\n\t#!c++\n\tb\n', 'a\n\n\tb\n'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
  });

  test.each(['a\n\n    #!/bin/sh\n    b\n', 'a\n\n    :::python\n', 'a\n\n    b\n    :::c\n    d\n'])(
    'is not in %j',
    (body) => {
      expect(shown(body)).toBe(body);
    },
  );
});

test('every word of a dialect comes back, in order', () => {
  const parts = fc.constantFrom(
    ...['<div markdown="1">', '</div>', '<p markdown=1>', '</p>', '!!! note', '    ', '\n', '\n\n', '`', '```\n', '> '],
    ...['{% raw %}', '{% endraw %}', '    :::c\n', '![a](b c.png)', '](', '{static}', '{::comment}', '{:/}', 'w'],
  );
  const body = fc
    .array(parts, { maxLength: 60 })
    .map((parts) => parts.map((part, i) => (part === 'w' ? `w${i} ` : part)));
  const words = (text: string) => text.match(/w\d+/g) ?? [];
  fc.assert(
    fc.property(body, (parts) => {
      const text = parts.join('');
      const after = words(shown(text));
      if (!/\{::comment\}|\{static\}/.test(text)) expect(after).toEqual(words(text));
    }),
    { numRuns: propertyRuns(3000) },
  );
});

describe('the work grows linearly with a text of', () => {
  test.each([
    '<div markdown="1">',
    '<div markdown="1">\n',
    '<div markdown="1">\n</div>',
    '    :::a\n',
    '`{% raw %}`',
    '`{% raw %}` `{% endraw %}`',
    '    {% raw %}\n',
    '    {% raw %}\n\n',
    '![a](b ',
    '![a](b c.png)',
    '[a]({static}',
    '{::comment}',
    '*[a]: b\n',
    '<div>\n{{< a >}}\n',
  ])('%j', (part) => {
    const work = (length: number) => countOperations(() => shown(part.repeat(length)));
    const length = Math.ceil(hostileLength / part.length / 20);
    expect(work(2 * length)).toBeLessThan(3 * work(length) + 1000);
  });
});
