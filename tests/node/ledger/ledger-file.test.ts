import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { AnswerDates } from '../../../src/node/ledger/answer-dates.ts';
import { findLedger, openLedger } from '../../../src/node/ledger/open-ledger.ts';
import { statePath } from '../../../src/node/state/state-file.ts';
import { makeFolder } from '../temporary-folder.ts';

const noWarning = (line: string) => expect.fail(line);
const at = '2026-03-02T08:00:00Z';

/** A ledger as version 0.1 wrote it. */
const first = fileURLToPath(new URL('../../fixtures/ledger-1.db', import.meta.url));

it('reads a ledger of form 1', () => {
  const dir = makeFolder();
  mkdirSync(join(dir, '.dateline'));
  copyFileSync(first, join(dir, '.dateline/ledger.db'));
  const file = openLedger(statePath(dir, 'ledger'), noWarning);
  expect(file.read()).toEqual({
    articles: new Map([
      [
        'tag:daily.example,2026:a',
        {
          file: 'a.md',
          slug: 'a',
          address: '',
          title: 'A',
          published: at,
          shown: at,
          hash: 'q83vEjRW',
          changed: at,
        },
      ],
      [
        'tag:daily.example,2026:b',
        {
          file: 'b.md',
          slug: 'b',
          address: 'https://other.example/b',
          title: 'B',
          published: at,
          shown: at,
          hash: '',
          changed: at,
          expires: '2026-03-20T00:00:00Z',
          withdrawn: '2026-03-03T00:00:00Z',
        },
      ],
    ]),
    paths: new Map([['tags/news', at]]),
    oldPaths: new Map([['2019/a', at]]),
  });
  expect([file.fact('url'), file.fact('complete')]).toEqual(['https://daily.example/', 'yes']);
  const dates = new AnswerDates(file, (error) => expect.fail(String(error)));
  expect(dates.find('/rss.xml')).toEqual({ etag: 'W/"1"', modified: at });
  file.close();
});

it('is read and written by two processes at once', () => {
  const dir = makeFolder();
  const [one, two] = [openLedger(statePath(dir, 'ledger'), noWarning), openLedger(statePath(dir, 'ledger'), noWarning)];
  one.write({ paths: [['tags/one', at]] });
  two.write({ paths: [['tags/two', at]] });
  for (const file of [one, two])
    expect(['tags/one', 'tags/two'].map((path) => file.hasPath(path))).toEqual([true, true]);
  one.close();
  two.close();
});

it('is not made by looking for it, and is found elsewhere', () => {
  const dir = makeFolder();
  const state = join(makeFolder(), 'state');
  expect(findLedger(statePath(dir, 'ledger'))).toBeUndefined();
  openLedger(statePath(dir, 'ledger', state), noWarning).close();
  expect(findLedger(statePath(dir, 'ledger'))).toBeUndefined();
  const found = findLedger(statePath(dir, 'ledger', state));
  expect(found?.path).toBe(join(state, 'ledger.db'));
  found?.close();
});

it('keeps the dates of the last answers, at least of ten thousand', () => {
  const dir = makeFolder();
  const fail = (error: unknown) => expect.fail(String(error));
  const file = openLedger(statePath(dir, 'ledger'), noWarning);
  const find = (path: string) => new AnswerDates(file, fail).find(path)?.etag;
  for (const round of ['one', 'two', 'three']) {
    const dates = new AnswerDates(file, fail);
    for (let i = 0; i < 12_000; i++) dates.keep(`/${round}/${i}`, { etag: round, modified: at });
    dates.keep('/rss.xml', { etag: round, modified: at });
    dates.close();
    expect(find('/rss.xml')).toBe(round);
  }
  expect(find('/three/0')).toBe('three');
  expect(find('/two/11999')).toBe('two');
  expect(find('/one/0')).toBeUndefined();
  file.close();
});
