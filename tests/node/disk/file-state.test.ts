import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { modifiedAt } from '../../../src/node/disk/file-state.ts';
import { makeFolder } from '../temporary-folder.ts';

const now = Date.UTC(2026, 2, 10, 12, 0, 0, 500);

it.each([
  ['rounded up to a second', Date.UTC(2026, 2, 1, 8, 0, 0, 200), Date.UTC(2026, 2, 1, 8, 0, 1)],
  ['unchanged on a full second', Date.UTC(2026, 2, 1, 8), Date.UTC(2026, 2, 1, 8)],
  ['as the current second if it is in the future', Date.UTC(2099, 0, 1), Date.UTC(2026, 2, 10, 12, 0, 1)],
])('returns the modification time of a file %s', (_, written, expected) => {
  const file = join(makeFolder(), 'a.md');
  writeFileSync(file, '');
  utimesSync(file, written / 1000, written / 1000);
  expect(modifiedAt(file, now)).toBe(expected);
});

it('returns 0 if there is no file', () => {
  expect(modifiedAt(join(makeFolder(), 'none'), now)).toBe(0);
});
