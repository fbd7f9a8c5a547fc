import { describe, expect, test } from 'vitest';
import { formatProblem, problemCodes, quote } from '../../src/article/problem.ts';

test('problems are formatted as compilers do', () => {
  expect(
    formatProblem({
      file: 'seeds/hello.md',
      line: 4,
      column: 1,
      severity: 'error',
      code: 'bad-date',
      message: 'expected a date, got "soon"',
    }),
  ).toBe('seeds/hello.md:4:1: error: expected a date, got "soon" (bad-date)');
});

test('every code has a description of one sentence', () => {
  const wrong = Object.entries(problemCodes).filter(
    ([code, meaning]) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code) || !/^[A-Z].*\.$/.test(meaning),
  );
  expect(wrong).toEqual([]);
});

describe('quote shows text on one line, short and without control characters', () => {
  test.each([
    { input: 'soon', out: '"soon"' },
    { input: ' a\n\r\tb ', out: '"a b"' },
    { input: 'a\u001B[31mb\u0000c\u0085d\u2028e', out: '"a [31mb c d e"' },
    { input: '"a\\b"', out: '"\\"a\\\\b\\""' },
    { input: 'x'.repeat(60), out: `"${'x'.repeat(60)}"` },
    { input: 'x'.repeat(61), out: `"${'x'.repeat(59)}…"` },
    { input: `${'x'.repeat(58)}😀😀`, out: `"${'x'.repeat(58)}…"` },
    { input: '', out: '""' },
  ])('$out', ({ input, out }) => {
    expect(quote(input)).toBe(out);
  });
});
