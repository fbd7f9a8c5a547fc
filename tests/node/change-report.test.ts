import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../src/article/problem.ts';
import { ChangeReport, type Out } from '../../src/node/change-report.ts';
import type { Reading } from '../../src/node/reading.ts';

const names = Array.from({ length: 1000 }, (_, i) => `${String(i).padStart(4, '0')}.md`);
const clean: Reading = { articles: 1000, problems: [], kept: [], changes: [], isSound: true, lint: () => [] };

const problemIn = (name: string, severity: Problem['severity']): Problem => ({
  ...{ file: `news/${name}`, line: 3, column: 1, severity, message: 'is not right' },
  code: severity === 'error' ? 'bad-date' : 'shortcode',
});

describe('many problems at once', () => {
  let lines: string[];
  const stream = (take: (text: string) => void): Out =>
    new Writable({
      write: (bytes, _, done) => {
        take(String(bytes));
        done();
      },
    }) as unknown as Out;
  const out = stream((text) => lines.push(...text.trimEnd().split('\n')));
  const silent = stream(() => {});
  beforeEach(() => {
    lines = [];
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  it('are twenty lines at the start, errors first, and one that says where the others stand', () => {
    const problems = names.map((name, i) => problemIn(name, i < 990 ? 'warning' : 'error'));
    new ChangeReport('news', silent, out).take({ ...clean, problems });
    expect(lines).toHaveLength(21);
    expect(lines.filter((line) => line.includes(': error: '))).toHaveLength(10);
    expect(lines.slice(9, 11)).toEqual([
      'news/0999.md:3:1: error: is not right (bad-date)',
      'news/0000.md:3:1: warning: is not right (shortcode)',
    ]);
    expect(lines.at(-1)).toBe('and 980 more; "dateline check news" lists them');
  });

  it.each([
    [1000, 'and 980 more; "dateline check news" lists them', '1000 files: the last good versions stay'],
    [6, 'news/0005.md:3:1: error: is not right (bad-date)', '6 files: the last good versions stay'],
    [5, 'news/0003.md: the last good version stays', 'news/0004.md: the last good version stays'],
  ])('of %i files that go bad are as few', (count, ...last) => {
    const report = new ChangeReport('news', silent, out);
    report.take(clean);
    const bad = names.slice(0, count);
    report.take({
      ...clean,
      problems: bad.map((name) => problemIn(name, 'error')),
      kept: bad.map((name) => `news/${name}`),
      changes: bad.map((path) => ({ path, kind: 'changed' })),
    });
    vi.runAllTimers();
    expect(lines.slice(-2)).toEqual(last);
    expect(lines.length).toBe(count > 20 ? 22 : count + (count > 5 ? 1 : count));
  });
});
