import { expect, test } from 'vitest';
import type { Problem } from '../../../src/article/problem.ts';
import { report, tally } from '../../../src/node/terminal/report.ts';

function problem(line: number, file = 'a.md', code: Problem['code'] = 'missing-alt'): Problem {
  return { file, line, column: 1, severity: 'warning', message: 'the picture', code };
}

const many = Array.from({ length: 1000 }, (_, i) => problem(i + 1));

test('many problems of one kind in one file become twenty and their number', () => {
  const lines = report(many, 'text').trimEnd().split('\n');
  expect(lines).toHaveLength(21);
  expect(lines[19]).toBe('a.md:20:1: warning: the picture (missing-alt)');
  expect(lines[20]).toBe(
    'a.md:21:1: warning: and 980 more like this in the file; "dateline check --format json" lists them all (missing-alt)',
  );
  expect(report(many, 'github').trimEnd().split('\n')).toHaveLength(21);
});

test('a number replaces two problems at least', () => {
  expect(report(many.slice(0, 21), 'text')).not.toContain('more like this');
  expect(report(many.slice(0, 22), 'text')).toContain('and 2 more like this');
});

test('other files and codes, JSON and the tally have all', () => {
  const others = [problem(1, 'b.md'), problem(2, 'a.md', 'dead-link')];
  expect(
    report([...many, ...others], 'text')
      .trimEnd()
      .split('\n'),
  ).toHaveLength(23);
  expect(JSON.parse(report(many, 'json'))).toEqual(many);
  expect(tally(1, many)).toBe('1 article, 0 errors, 1000 warnings');
});
