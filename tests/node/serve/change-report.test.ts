import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatProblem, type Problem } from '../../../src/article/problem.ts';
import { type FileChange, mergeChange } from '../../../src/node/folder/files/file-changes.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { ChangeReport, type Output } from '../../../src/node/serve/change-report.ts';
import { type FolderSummary, summarize } from '../../../src/node/serve/folder-summary.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const names = Array.from({ length: 1000 }, (_, i) => `${String(i).padStart(4, '0')}.md`);
const clean: FolderSummary = {
  articles: 1000,
  problems: [],
  staleFiles: [],
  changes: [],
  isPublicationValid: true,
  lint: () => [],
  findChangedIds: () => [],
};

const problemIn = (name: string, severity: Problem['severity']): Problem => ({
  ...{ file: `news/${name}`, line: 3, column: 1, severity, message: 'is not right' },
  code: severity === 'error' ? 'bad-date' : 'shortcode',
});

describe('many problems at once', () => {
  let lines: string[];
  const stream = (take: (text: string) => void): Output =>
    new Writable({
      write: (bytes, _, done) => {
        take(String(bytes));
        done();
      },
    }) as unknown as Output;
  const out = stream((text) => lines.push(...text.trimEnd().split('\n')));
  const silent = stream(() => {});
  beforeEach(() => {
    lines = [];
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  it('are cut to twenty lines at the start, errors first, and a pointer to the rest', () => {
    const problems = names.map((name, i) => problemIn(name, i < 990 ? 'warning' : 'error'));
    new ChangeReport('news', silent, out).report({ ...clean, problems });
    expect(lines).toHaveLength(21);
    expect(lines.filter((line) => line.includes(': error: '))).toHaveLength(10);
    expect(lines.slice(9, 11)).toEqual([
      'news/0999.md:3:1: error: is not right (bad-date)',
      'news/0000.md:3:1: warning: is not right (shortcode)',
    ]);
    expect(lines.at(-1)).toBe('and 980 more; "dateline check news" lists them');
  });

  it('do not mention good settings if the publication file is broken at the start', () => {
    const written: string[] = [];
    new ChangeReport(
      'news',
      stream((text) => written.push(text)),
      silent,
    ).report({ ...clean, isPublicationValid: false });
    expect(written).toEqual(['news: 1000 articles, 0 errors\n']);
  });

  it.each([
    [1000, 'and 980 more; "dateline check news" lists them', '1000 files: the last good versions stay'],
    [6, 'news/0005.md:3:1: error: is not right (bad-date)', '6 files: the last good versions stay'],
    [5, 'news/0003.md: the last good version stays', 'news/0004.md: the last good version stays'],
  ])('in %i files that go bad are cut as well', (count, ...last) => {
    const report = new ChangeReport('news', silent, out);
    report.report(clean);
    const bad = names.slice(0, count);
    report.report({
      ...clean,
      problems: bad.map((name) => problemIn(name, 'error')),
      staleFiles: bad.map((name) => `news/${name}`),
      changes: bad.map((path) => ({ path, kind: 'changed' })),
    });
    vi.runAllTimers();
    expect(lines.slice(-2)).toEqual(last);
    expect(lines.length).toBe(count > 20 ? 22 : count + (count > 5 ? 1 : count));
  });
});

describe('simultaneous changes of one file', () => {
  const from = (path: string, former: string, previousId: string) =>
    ({ path, kind: 'renamed', from: former, previousId }) as const;
  const of = (path: string, kind: 'added' | 'changed' | 'deleted', previousId?: string) =>
    previousId === undefined ? { path, kind } : { path, kind, previousId };

  it.each<[string, FileChange[], FileChange[]]>([
    ['added, then renamed', [of('a', 'added'), from('b', 'a', '1')], [of('b', 'added')]],
    ['changed, then renamed', [of('a', 'changed', '1'), from('b', 'a', '2')], [from('b', 'a', '1')]],
    ['renamed twice', [from('b', 'a', '1'), from('c', 'b', '2')], [from('c', 'a', '1')]],
    ['renamed and back', [from('b', 'a', '1'), from('a', 'b', '2')], [of('a', 'changed', '1')]],
    ['renamed, then changed', [from('b', 'a', '1'), of('b', 'changed', '2')], [from('b', 'a', '1')]],
    ['renamed, then deleted', [from('b', 'a', '1'), of('b', 'deleted', '2')], [of('a', 'deleted', '1')]],
    ['added, then deleted', [of('a', 'added'), of('a', 'deleted', '1')], []],
    ['deleted, then added', [of('a', 'deleted', '1'), of('a', 'added')], [of('a', 'changed', '1')]],
    ['deleted, another renamed', [of('b', 'deleted'), from('b', 'a', '1')], [from('b', 'a', '1')]],
  ])('are merged into one: %s', (_, changes, expected) => {
    const joined = new Map<string, FileChange>();
    for (const change of changes) mergeChange(joined, change);
    expect([...joined.values()]).toEqual(expected);
  });
});

describe('articles whose ids changed', () => {
  const changedIds = (names: readonly string[]) => {
    const dir = makeFolder(Object.fromEntries(names.map((name) => [name, seed(name)])));
    const folder = new SeedFolder(dir, { url: 'http://localhost/' });
    folder.read();
    for (const name of names) renameSync(join(dir, name), join(dir, `new-${name}`));
    const reading = folder.read();
    return summarize(dir, reading, reading.changes)
      .findChangedIds(reading.changes)
      .map((problem) => formatProblem(problem).replaceAll(`${dir}/`, ''));
  };

  it('are reported one by one if they are few', () => {
    expect(changedIds(names.slice(0, 5))).toHaveLength(5);
  });

  it('are reported in one line if they are many', () => {
    expect(changedIds(names.slice(0, 30))).toEqual([
      expect.stringMatching(
        /^new-0000\.md:1:1: warning: 30 articles have new ids, .*: new-0000\.md, new-0001\.md, new-0002\.md and others; .* \(unfixed-id\)$/,
      ),
    ]);
  });
});
