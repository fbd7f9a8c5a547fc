import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../src/article/body/content.ts';
import { readText } from '../../../../src/article/body/first-picture.ts';
import { propertyRuns } from '../../../effort.ts';

const place = { title: 'T', permalink: 'https://daily.example/2026/t', slug: 't' };

function written(body: string): string | undefined {
  return renderContent(body, { ...place, inMarkdown: true }).markdown;
}

describe('an article in Markdown', () => {
  it('keeps the text of the file and makes every address absolute', () => {
    expect(
      written('# T\n\nSee [*rel*](../a.html "t"), ![a pic](p.png), [ref][r] and <https://x.example/>.\n\n[r]: /b'),
    ).toBe(
      'See [*rel*](https://daily.example/a.html "t"), ![a pic](https://daily.example/2026/p.png), [ref](https://daily.example/b) and <https://x.example/>.',
    );
    expect(written('A [page](other.md) and [![in](p.png)](/q).')).toBe(
      'A page and [![in](https://daily.example/2026/p.png)](https://daily.example/q).',
    );
    expect(written('Up [there](#sec).\n\n## Sec')).toBe('Up [there](https://daily.example/2026/t#t--sec).\n\n## Sec');
  });

  it('writes blocks so that any parser reads them', () => {
    expect(written('Head\n===\n\n* a\n\n  b\n* c\n\n3) x\n4) y\n\npara\n\n    code\n\n~~~js run=1\n```\n~~~')).toBe(
      '# Head\n\n* a\n\n  b\n\n* c\n\n3) x\n4) y\n\npara\n\n```\ncode\n```\n\n````js\n```\n````',
    );
    expect(written('|a|b|\n|:-:|-|\n|x \\| y|[z](z)|')).toBe(
      '| a | b |\n| :-: | --- |\n| x \\| y | [z](https://daily.example/2026/z) |',
    );
    expect(written('> [!NOTE]\n> hi\n\nA[^x].\n\n[^x]: Note\n\n    more')).toBe(
      '> **Note**\n>\n> hi\n\nA[^1].\n\n[^1]: Note\n\n    more',
    );
  });

  it('shows nothing that the page hides', () => {
    const hidden = [
      '<!-- secret -->\n\ntext',
      'text <!-- secret --> on',
      '- a\n\n  <!-- secret -->\n- b',
      '[//]: # (secret)\n\ntext',
      '> text\n>\n> [a]: https://x.example/ "secret"',
      '<script>secret</script>\n\ntext',
      'text <script>secret</script>',
      '```js secret=1\ncode\n```',
      'a [text](javascript:secret)',
      '<p onclick="secret">text</p>',
    ];
    for (const body of hidden) {
      expect(written(body), body).not.toContain('secret');
      expect(written(body), body).toMatch(/text|code|b/);
    }
  });

  it('has blocks with HTML as safe HTML, and leaves one around Markdown to the HTML of the page', () => {
    expect(
      written('One **two**.\n\nA <b onclick="x">bold</b> *em* [l](l).\n\n<table><tr><td>x\n\n</td></tr></table>'),
    ).toBe(
      'One **two**.\n\n<p>A <b>bold</b> <em>em</em> <a href="https://daily.example/2026/l">l</a>.</p>\n\n<table><tr><td>x\n</td></tr></table>',
    );
    expect(written('<details>\n\ninside\n\n</details>')).toBeUndefined();
  });

  it('reads as the same text as the page', () => {
    const word = fc.constantFrom(
      ...[
        'a',
        '*',
        '**',
        '_',
        '`',
        '[',
        ']',
        '(',
        ')',
        '](',
        '](x)',
        '![',
        '\\',
        '<',
        '>',
        '&amp;',
        '#',
        '~',
        '|',
        '$',
      ],
      ...['[r]', '[r]: /x\n', ' ', '\n', '\n\n', '\n> ', '\n- ', '\n1. ', '\n    ', '\n```\n', '---', '===', '[^1]'],
      ...['\n[^1]: n\n', '<b>', '</b>', '<!--', '-->', '<div>', '</div>', '|-|', '{', ': ', 'https://x.example/'],
    );
    const body = fc.array(word, { maxLength: 14 }).map((words) => words.join(''));
    let asMarkdown = 0;
    const runs = propertyRuns(5000);
    fc.assert(
      fc.property(body, (text) => {
        const { content, markdown } = renderContent(text, { ...place, inMarkdown: true });
        if (markdown === undefined) return;
        asMarkdown++;
        const again = renderContent(markdown, place).content;
        expect(readText(again).replace(/\s+/g, ''), markdown).toBe(readText(content).replace(/\s+/g, ''));
      }),
      { numRuns: runs },
    );
    expect(asMarkdown).toBeGreaterThan(runs / 2);
  });
});
