import fc from 'fast-check';

/** Characters with a meaning in Markdown, HTML and XML, and words. */
const text = fc.oneof(
  fc.constantFrom(
    ...['a', 'b c', 'é', '海', '😀', ' ', '  \n', '\n', '&', '<', '>', '"', "'", '\\', '*', '_', '**', '`', '~~', '|'],
    ...['[', ']', '(', ')', '!', '#', ':', '^', '&amp;', '&lt;b&gt;', '&quot;', '&nbsp;', '&#1;', '&#xFFFE;', '&#0;'],
    ...['https://a.example/b?c=d&e#f', 'www.a.example', 'a@b.example', '<https://a.example/"\'>', '<a@b.example>'],
    ...['[^1]', '[^2]', '[^none]', '\u0001', '\uFFFF', ']]>', '\\"', 'x < y > z', '\u00a0', '\u2028', '---'],
  ),
  fc.string({ maxLength: 8 }),
);
const line = fc.array(text, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const address = fc.oneof(
  fc.constantFrom(
    ...[
      '#',
      '',
      '#heading',
      '#no-heading',
      '#%E6%B5%B7',
      '/a',
      'b c',
      'c.png',
      '?d',
      '//e.example',
      'mailto:f@g.example',
    ],
    ...[
      'tel:1',
      'ftp://h.example',
      'https://[',
      'https://i.example/&quot;&amp;<>',
      'data:image/png;base64,AA==',
      '\\\\j',
    ],
    ...['data:image/svg+xml,<svg/>', 'file.pdf#page=2', 'JavaScript:x', 'https://k.example/%zz', '&#106;avascript:x'],
  ),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);
const title = fc.constantFrom('', ' "t"', ' \'<t> & "u"\'', ' "&quot;"', ' ""', ' (t\\))');
const inline: fc.Arbitrary<string> = fc.oneof(
  line,
  fc.tuple(line, address, title).map(([label, to, title]) => `[${label}](<${to}>${title})`),
  fc.tuple(line, address, title).map(([label, to, title]) => `[${label}](${to}${title})`),
  fc.tuple(line, address, title).map(([label, to, title]) => `![${label}](<${to}>${title})`),
  fc.tuple(line, address).map(([label, to]) => `[![${label}](c.png "d")](${to})`),
  line.map((line) => `**${line}** *${line}* \`${line}\` ~~${line}~~ a\\\nb  \nc`),
  fc.constantFrom('[a][ref]', '[ref]', '[ref][]', '![a][ref]'),
);
const paragraph = fc.array(inline, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
const leaf = fc.oneof(
  paragraph,
  fc.constantFrom('# Heading', '## 海', 'Heading\n===', '---', '***', '[ref]: <https://a.example/?b&c> "t"'),
  fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(([level, line]) => `${'#'.repeat(level)} ${line}`),
  fc
    .tuple(fc.constantFrom('', 'js', 'a"b', '<c> d', '&quot;&nbsp;e', '{f}', '  ', '\u00a0', '&#32;g'), line)
    .map(([info, code]) => `~~~${info}\n${code}\n~~~`),
  line.map((code) => `    ${code}`),
  fc
    .array(line, { minLength: 3, maxLength: 3 })
    .map((cells) => `|${cells.join('|')}|\n|:-|:-:|-:|\n|${cells.toReversed().join('|')}|`),
  fc.tuple(fc.constantFrom('1', '2', 'a&"<'), paragraph).map(([label, note]) => `[^${label}]: ${note}`),
);

/** Markdown of every construct, well written or not; some of it has raw HTML in it. */
export const { markdown: anyMarkdown } = fc.letrec<{ block: string; markdown: string }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('- ', '* ', '1. ', '0) ', '7. ', '> ', '[^1]: '), tie('markdown'))
      .map(
        ([mark, inner]) =>
          mark +
          inner.replaceAll('\n', `\n${mark === '> ' ? mark : ' '.repeat(mark.startsWith('[') ? 4 : mark.length)}`),
      ),
  ),
  markdown: fc
    .array(fc.tuple(tie('block'), fc.constantFrom('\n', '\n\n', '\n\n\n')), { minLength: 1, maxLength: 4 })
    .map((blocks) => blocks.flat().join('')),
}));
