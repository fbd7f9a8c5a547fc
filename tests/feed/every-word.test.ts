/** No word of a publisher is lost on the way to a reader, whatever the Markdown, in every format. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSeed } from '../../src/article/parse.ts';
import { renderFeed } from '../../src/feed/document.ts';
import { formats } from '../../src/feed/formats.ts';
import { parsePublicationFile } from '../../src/publication/file/publication-file.ts';
import { publish } from '../../src/publication/memory.ts';
import { visibleText } from '../validators/safe-tree.ts';
import { decode } from './pages.ts';
import { read } from './readings.ts';

/** Below, `@` stands for a visible word, and `§` for a footnote reference. */
const inline = fc
  .array(
    fc.constantFrom(
      ...[
        '@',
        '@ @',
        '@, @.',
        '**@ @**',
        '*@*',
        '_@_',
        '***@***',
        '`@`',
        '``@ ` @``',
        '~~@~~',
        '“@” – @',
        '@ & @',
        '@ < @',
      ],
      ...[
        '[@](https://a.example/x)',
        '[@ **@**](/y "t")',
        '[@](#)',
        '[@]()',
        '[@](#nowhere)',
        '[@][none]',
        '[@]',
        '\\*@\\*',
      ],
      ...[
        '[@](javascript:x)',
        '<https://a.example/>@',
        'https://a.example/z @',
        '![](p.png)@',
        '![a](q.png "t") @',
        '@^2^',
      ],
      ...[
        '<b>@</b>',
        '<span style="x" onclick="y()">@</span>',
        '<a href="javascript:1">@</a>',
        '<kbd>@</kbd><br>@',
        '@<wbr>@',
      ],
      ...[
        '<font color="red">@</font>',
        '<custom-element>@</custom-element>',
        '<i>@',
        '@</i>',
        '@ <!-- c --> @',
        'Vec<T> @',
        '@&nbsp;@',
      ],
      ...[
        '@\n@',
        '@  \n@',
        '@\\\n@',
        '@§',
        '*@§*',
        '<u>@§</u>',
        '$@$',
        '@ | @',
        '@: @',
        '[^none] @',
        '<img src="x.png"> @',
        '@\t@',
      ],
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(' '));
const line = inline.map((text) => text.replaceAll(/ *\\?\n/g, ' '));
const cell = line.map((text) => text.replaceAll('|', '\\|').replaceAll('`', ''));

const leaf = fc.oneof(
  { weight: 4, arbitrary: inline },
  fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(([level, text]) => `${'#'.repeat(level)} ${text}`),
  line.map((text) => `x ${text}\n=====`),
  fc.tuple(cell, cell).map(([a, b]) => `|${a}|${b}|\n|--|:-:|\n|${b}|${a}|\n|@|`),
  fc.constantFrom(
    ...[
      '```js\n@ < @\n\n@ && <b>@</b>\n```',
      '    @\n\n    @ <i>',
      '~~~\n@\n```\n@\n~~~',
      '@\n\n---\n\n@',
      '@\n\n***\n\n@',
      '- [ ] @\n- [x] @',
    ],
    ...[
      '<div>\n@\n</div>',
      '<div class="a">@\n\n@ **@**\n\n</div>',
      '<table><tr><td>@<td>@</table>',
      '<ul><li>@<li>@</ul>',
    ],
    ...[
      '<details><summary>@</summary>\n\n@\n\n</details>',
      '<p>@<p>@',
      '<center>@</center>',
      '<h2>@</h2>',
      '<pre>@\n\n@</pre>',
    ],
    ...[
      '<form>@<button>@</button></form>',
      '<section>@',
      '</section>@',
      '<dl><dt>@<dd>@</dl>',
      '<noscript>@</noscript>',
      '<b>@\n\n@</b>',
    ],
    ...[
      '<iframe src="https://v.example/"></iframe> @',
      '<figure><img src="a.png"><figcaption>@</figcaption></figure>',
      '<svg><text>@</text></svg>',
    ],
    ...[
      '<blockquote class="t">@ <a href="https://t.example/1">@</a></blockquote>\n<script>x()</script>',
      '<video src="v.mp4">@</video>',
    ],
    ...[
      '<style>p{}</style>\n@',
      '<script>var a = 1 < 2;</script>\n\n@',
      '<!-- a\n\nb -->\n\n@',
      '<article>@</article>',
      '<main>@</main>@',
    ],
  ),
);

/** Blocks in lists and quotations, nested to any depth. */
const { blocks } = fc.letrec<{ block: string; blocks: string }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('- ', '* ', '1. ', '12) '), fc.array(tie('blocks'), { minLength: 1, maxLength: 2 }))
      .map(([mark, items]) =>
        items.map((item) => mark + item.replaceAll('\n', `\n${' '.repeat(mark.length)}`)).join('\n\n'),
      ),
    tie('blocks').map((inner) => `> ${inner.replaceAll('\n', '\n> ')}`),
  ),
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((list) => list.join('\n\n')),
}));
const body = fc
  .tuple(fc.array(blocks, { minLength: 1, maxLength: 4 }), fc.array(line, { minLength: 3, maxLength: 3 }))
  .map(([parts, notes]) => {
    let words = 0;
    let footnotes = 0;
    let noteWords = 0;
    const text = parts
      .join('\n\n')
      .replaceAll('@', () => `word${++words}${['', 'é', '海', '’s'][words % 4]}`)
      .replaceAll('§', () => `[^f${++footnotes}]`);
    const definitions = Array.from({ length: footnotes }, (_, index) => {
      const note = notes[index % notes.length] ?? '@';
      return `[^f${index + 1}]: ${note.replaceAll('§', '').replaceAll('@', () => `note${++noteWords}`)}`;
    });
    const count = (name: string, until: number): string[] => Array.from({ length: until }, (_, i) => `${name}${i + 1}`);
    return {
      text: [text, ...definitions].join('\n\n'),
      seen: [...count('word', words), ...count('note', noteWords)],
    };
  });

test('every visible word is there, once and in order, in every format', { timeout: 120_000 }, () => {
  const { site } = parsePublicationFile(undefined, { title: 'A', url: 'https://example.org/' });
  return fc.assert(
    fc.asyncProperty(body, async ({ text, seen }) => {
      const { source } = parseSeed(
        { path: 'seeds/a.md', text: `# Headline\n\n2025-02-25\n\n${text}\n` },
        { timezone: 'UTC', articleUrl: (slug) => site.url + slug, mintId: (slug) => site.id + slug },
      );
      const now = '2026-01-01T00:00:00Z';
      const page = await publish(site, source === undefined ? [] : [source], now).page({}, now);
      if (page === undefined) throw new Error('no page');
      for (const format of formats) {
        const [item] = read(format.name, decode((await renderFeed(page, format)).bytes)).items;
        const words = visibleText(item?.content ?? '').match(/(?:word|note)\d+/g) ?? [];
        expect({ format: format.name, words }).toEqual({ format: format.name, words: seen });
      }
    }),
    { numRuns: 300 },
  );
});
