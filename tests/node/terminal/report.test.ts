import { expect, test } from 'vitest';
import type { Problem } from '../../../src/article/problem.ts';
import { report, tally } from '../../../src/node/terminal/report.ts';

function problem(line: number, file = 'a.md', code: Problem['code'] = 'missing-alt'): Problem {
  return { file, line, column: 1, severity: 'warning', message: 'the picture', code };
}

function wrong(line: number): Problem {
  return { ...problem(line, 'a.md', 'bad-date'), severity: 'error', message: 'the date' };
}

function linesOf(...args: Parameters<typeof report>): readonly string[] {
  return report(...args)
    .trimEnd()
    .split('\n');
}

const many = Array.from({ length: 1000 }, (_, i) => problem(i + 1));

test('errors stand first, then the first five warnings of each kind and how many there are', () => {
  const problems = [many[0], problem(2, 'a.md', 'dead-link'), ...many.slice(1, 7), wrong(9)] as Problem[];
  expect(linesOf(problems, 'text')).toEqual([
    'a.md:9:1: error: the date (bad-date)',
    ...[1, 2, 3, 4, 5].map((line) => `a.md:${line}:1: warning: the picture (missing-alt)`),
    'missing-alt: 5 of 7 warnings; "dateline check --all" lists the others',
    'a.md:2:1: warning: the picture (dead-link)',
  ]);
});

test('a number replaces two warnings at least', () => {
  expect(linesOf(many.slice(0, 6), 'text')).toEqual(
    many.slice(0, 6).map(({ line }) => expect.stringContaining(`:${line}:`)),
  );
});

test('many errors of one kind in one file, and annotations, become twenty and their number', () => {
  const errors = many.map(({ line }) => wrong(line));
  const lines = linesOf(errors, 'text');
  expect(lines).toHaveLength(21);
  expect(lines[19]).toBe('a.md:20:1: error: the date (bad-date)');
  expect(lines[20]).toBe(
    'a.md:21:1: error: and 980 more like this in the file; "dateline check --all" lists them all (bad-date)',
  );
  expect(linesOf(many, 'github')).toHaveLength(21);
});

test('all problems are in JSON, in the tally, and in text where they are asked for', () => {
  expect(linesOf(many, 'text', { all: true })).toHaveLength(1000);
  expect(JSON.parse(report(many, 'json'))).toEqual(many);
  expect(tally(1, many)).toBe('1 article, 0 errors, 1000 warnings');
});
