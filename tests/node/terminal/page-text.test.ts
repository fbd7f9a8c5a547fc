import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { pageText } from '../../../src/node/terminal/page-text.ts';

/** A stream as wide as a terminal, which has colors or not. */
function terminal(columns: number, colors: boolean): NodeJS.WriteStream {
  const traits = { columns, isTTY: colors, getColorDepth: () => (colors ? 8 : 1), hasColors: () => colors };
  return Object.assign(new Writable(), traits) as unknown as NodeJS.WriteStream;
}

const page = `## \`bad-date\`

**Why**: A date says [when](feeds.md), as \`RFC 3339\` does at <https://e.example/a>,
and as [the others](https://e.example/b) do.

\`\`\`markdown ferry.md
# Ferry

Soon
\`\`\`
`;

test('a section loses the marks of Markdown, and lines end at the edge of the terminal', () => {
  expect(pageText(page, terminal(40, false))).toBe(`bad-date

Why: A date says when, as RFC 3339 does
at https://e.example/a, and as the
others (https://e.example/b) do.

  ferry.md:
    # Ferry

    Soon`);
});

test('colors change no word', () => {
  const colored = pageText(page, terminal(40, true));
  expect(colored).toContain('\u001b[1mbad-date\u001b[22m');
  expect(colored).toContain('\u001b[36mRFC 3339\u001b[39m');
  expect(stripVTControlCharacters(colored)).toBe(pageText(page, terminal(40, false)));
});
