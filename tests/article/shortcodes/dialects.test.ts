import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/article/edit.ts';
import { parseSeed } from '../../../src/article/parse.ts';
import { findShortcodes } from '../../../src/article/shortcodes/shortcodes.ts';

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
