import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitBlocks } from '../../../src/article/seed/blocks.ts';
import { normalizeLines } from '../../../src/article/seed/lines.ts';
import { propertyRuns } from '../../effort.ts';

/** Writes blocks as `H:text`, `P:text` and `O`. */
function blocks(text: string): string[] {
  return splitBlocks(text).map(({ kind, text }) =>
    kind === 'other' ? 'O' : `${kind === 'heading' ? 'H' : 'P'}:${text}`,
  );
}

describe('headings', () => {
  test.each([
    { input: '# A', out: ['H:A'] },
    { input: '###### A', out: ['H:A'] },
    { input: '####### A', out: ['P:####### A'] },
    { input: '#A', out: ['P:#A'] },
    { input: '   # A', out: ['H:A'] },
    { input: '    # A', out: ['O'] },
    { input: '#\tA', out: ['H:A'] },
    { input: '# A #', out: ['H:A'] },
    { input: '# A ###  ', out: ['H:A'] },
    { input: '# A#', out: ['H:A#'] },
    { input: '# C# #', out: ['H:C#'] },
    { input: '# A \\#', out: ['H:A \\#'] },
    { input: '#', out: ['H:'] },
    { input: '# #', out: ['H:'] },
    { input: '# A\n# B\nc\n# D', out: ['H:A', 'H:B', 'P:c', 'H:D'] },
    { input: 'A\n=', out: ['H:A'] },
    { input: 'A\n---', out: ['H:A'] },
    { input: 'A\nB\n   ====  ', out: ['H:A\nB'] },
    { input: 'A\n\n---', out: ['P:A', 'O'] },
    { input: '- A\n---', out: ['O', 'O'] },
    { input: '===', out: ['P:==='] },
  ])('$input', ({ input, out }) => {
    expect(blocks(input)).toEqual(out);
  });
});

describe('paragraphs', () => {
  test.each([
    { input: 'a', out: ['P:a'] },
    { input: '  a\n  b', out: ['P:a\n  b'] },
    { input: 'a  \nb\\\nc', out: ['P:a  \nb\\\nc'] },
    { input: 'a\n\n\n \t\nb', out: ['P:a', 'P:b'] },
    { input: 'a\n```\n# b\n```\nc', out: ['P:a', 'O', 'P:c'] },
    { input: 'a\n***\nb', out: ['P:a', 'O', 'P:b'] },
    { input: '**a** b', out: ['P:**a** b'] },
    { input: '*a*', out: ['P:*a*'] },
    { input: '-a', out: ['P:-a'] },
    { input: '1.a', out: ['P:1.a'] },
    { input: '2025. a', out: ['O'] },
    { input: '<https://a.example/>', out: ['P:<https://a.example/>'] },
    { input: '<b>a</b> b', out: ['P:<b>a</b> b'] },
    { input: '[a]: https://a.example', out: ['P:[a]: https://a.example'] },
    { input: '```a``` b', out: ['P:```a``` b'] },
  ])('$input', ({ input, out }) => {
    expect(blocks(input)).toEqual(out);
  });
});

describe('what hides headings and paragraphs', () => {
  test.each([
    { it: 'a fence', input: '```\n# a\n\nb\n```\nc', out: ['O', 'P:c'] },
    { it: 'a fence with a language', input: '```md\n# a\n```', out: ['O'] },
    {
      it: 'a fence of tildes with backticks in it',
      input: '~~~ `\n# a\n```\n# b\n~~~\nc',
      out: ['O', 'P:c'],
    },
    { it: 'a fence that only a longer one closes', input: '````\n```\n# a\n`````\nb', out: ['O', 'P:b'] },
    { it: 'a fence that no info string closes', input: '```\n# a\n```b\n# c\n```\nd', out: ['O', 'P:d'] },
    { it: 'a fence without end', input: '```\n# a\n\nb', out: ['O'] },
    { it: 'indented code', input: '    # a\n\n\tb', out: ['O', 'O'] },
    { it: 'a comment', input: '<!-- a\n\n# b\n\nc --> d\n\ne', out: ['O', 'P:e'] },
    { it: 'a comment that ends', input: '<!--\n\n# a\n\nb -->', out: ['O'] },
    { it: 'no comment without end', input: '<!--\n\n# a\n\nb', out: ['P:<!--', 'H:a', 'P:b'] },
    { it: 'no comment with another inside', input: '<!--\n\n# a\n\n<!-- b -->', out: ['P:<!--', 'H:a', 'O'] },
    { it: 'a style that ends with a solidus', input: '<style>\n\n# a\n\n</style/>\n\nb', out: ['O', 'P:b'] },
    { it: 'a processing instruction', input: '<?php\n\n# a\n\n?>\n\nb', out: ['O', 'P:b'] },
    { it: 'a CDATA section', input: '<![CDATA[\n\n# a\n\n]]>\n\nb', out: ['O', 'P:b'] },
    { it: 'a declaration', input: '<!DOCTYPE html>\n# a', out: ['O', 'H:a'] },
    { it: 'preformatted HTML', input: '<pre>\n\n# a\n\n</pre>\n\nb', out: ['O', 'P:b'] },
    { it: 'a script', input: '<script>\n\n# a\n\n</script>\n\nb', out: ['O', 'P:b'] },
    { it: 'an HTML block', input: '<div>\n# a\n</div>\n\n# b', out: ['O', 'H:b'] },
    { it: 'a tag alone on its line', input: '<b class="x">\n# a\n</b>\n\n# b', out: ['O', 'H:b'] },
    { it: 'a quotation', input: '> a\n\n>b', out: ['O', 'O'] },
    { it: 'a list', input: '- a\n+ b\n* c', out: ['O'] },
    { it: 'a list item’s paragraphs', input: '- a\n\n  b\n\n  # c\n\nd', out: ['O', 'O', 'O', 'P:d'] },
    { it: 'a numbered item’s paragraphs', input: '10. a\n\n    b\n\n   c', out: ['O', 'O', 'P:c'] },
    { it: 'a list item’s code', input: '-     a\n\n  b\n\nc', out: ['O', 'O', 'P:c'] },
    { it: 'a table', input: '| a |\n|---|\n| b |', out: ['O'] },
    { it: 'a rule', input: '* * *\na', out: ['O', 'P:a'] },
  ])('$it', ({ input, out }) => {
    expect(blocks(input)).toEqual(out);
  });

  test.each(
    'address article aside blockquote body center details dialog div dd dl dt fieldset figcaption figure footer form h1 h6 header hr html iframe legend li link main menu nav ol p section summary table tbody td tfoot th thead tr ul'.split(
      ' ',
    ),
  )('an HTML block of <%s>', (name) => {
    expect(blocks(`<${name} a="b">c\n# d\n</${name}>\n\n# e`)).toEqual(['O', 'H:e']);
  });

  test.each(['script', 'pre', 'style', 'textarea'])('raw text in <%s>', (name) => {
    expect(blocks(`<${name}>\n\n# a\n\n</${name}>\n\nb`)).toEqual(['O', 'P:b']);
  });

  test.each(['> a', '- a', '    a', '| a'])('ends where a heading begins: %s', (input) => {
    expect(blocks(`${input}\n# b`)).toEqual(['O', 'H:b']);
  });
});

describe('places', () => {
  test('are those of the blocks in the text', () => {
    const text = '\n  # A #\n\n  a\n  b \n\n```\nc\n```\n\nd';
    expect(splitBlocks(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '# A #',
      'a\n  b ',
      '```\nc\n```',
      'd',
    ]);
  });

  const marks = fc.constantFrom(
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '#',
    '# ',
    '-',
    '- ',
    '1. ',
    '>',
    '`',
    '```',
    '~~~',
    '=',
    '<',
    '<!--',
    '-->',
    '<div>',
    '|',
    '*',
    'a',
    'b c',
    'é',
    '𝒳',
  );
  test('are in order and omit only white space', () => {
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        let rest = '';
        let from = 0;
        for (const { start, end } of splitBlocks(text)) {
          expect(start).toBeGreaterThanOrEqual(from);
          rest += text.slice(from, start);
          from = end;
        }
        expect((rest + text.slice(from)).trim()).toBe('');
      }),
      { numRuns: propertyRuns(1000) },
    );
  });
});

describe('normalizeLines', () => {
  test.each([
    { input: 'a\r\nb', out: 'a\nb' },
    { input: 'a\rb', out: 'a\nb' },
    { input: 'a\r\r\nb\n\rc', out: 'a\n\nb\n\nc' },
    { input: '\uFEFFa\uFEFF', out: 'a\uFEFF' },
    { input: 'a\u2028b\u0085c', out: 'a\u2028b\u0085c' },
    { input: '', out: '' },
  ])('$input', ({ input, out }) => {
    expect(normalizeLines(input)).toBe(out);
  });
});
