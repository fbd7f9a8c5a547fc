import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StateFile, statePath } from '../../../src/node/state/state-file.ts';
import { type StateForm, UnusableState } from '../../../src/node/state/state-tables.ts';
import { makeFolder } from '../temporary-folder.ts';

const form: StateForm = { version: 1, schema: 'CREATE TABLE notes (text TEXT)' };
const lasting: StateForm = { ...form, upgrade: () => {} };

function open(path: string, used = form): StateFile {
  return StateFile.open(path, used) ?? expect.fail('it could not be opened');
}

function add(state: StateFile, text: string): void {
  state.prepare('INSERT INTO notes VALUES (?)').run(text);
}

function textsIn(state: StateFile): unknown[] {
  return state
    .prepare('SELECT text FROM notes')
    .all()
    .map(({ text }) => text);
}

it('keeps what was written, in a folder that git ignores', () => {
  const dir = makeFolder();
  const path = statePath(dir, 'state');
  const state = open(path);
  state.transaction(() => add(state, 'one'));
  state.close();
  expect(textsIn(open(path))).toEqual(['one']);
  expect(readFileSync(join(dir, '.dateline/.gitignore'), 'utf8')).toBe('*\n');
});

it('closes a file that was not used since the last rest, and opens it again', () => {
  const path = statePath(makeFolder(), 'state');
  const state = open(path);
  const isOpen = (): boolean => existsSync(`${path}-wal`);
  add(state, 'one');
  state.rest();
  expect(isOpen()).toBe(true);
  state.rest();
  expect(isOpen()).toBe(false);
  add(state, 'two');
  expect(isOpen()).toBe(true);
  expect(textsIn(state)).toEqual(['one', 'two']);
  state.rest();
  state.rest();
  state.transaction(() => add(state, 'three'));
  expect(textsIn(open(path))).toEqual(['one', 'two', 'three']);
  state.close();
  expect(() => textsIn(state)).toThrow('closed');
});

it('keeps temporary tables while they rest', () => {
  const state = StateFile.temporary(form);
  add(state, 'one');
  state.rest();
  state.rest();
  expect(textsIn(state)).toEqual(['one']);
});

it('undoes a transaction that fails, and goes on', () => {
  const state = open(statePath(makeFolder(), 'state'));
  const fail = (): void => {
    add(state, 'lost');
    throw new Error('no');
  };
  expect(() => state.transaction(fail)).toThrow('no');
  state.transaction(() => add(state, 'kept'));
  expect(textsIn(state)).toEqual(['kept']);
});

it('is one file for two users at once', () => {
  const path = statePath(makeFolder(), 'state');
  const [one, two] = [open(path), open(path)];
  add(one, 'from one');
  add(two, 'from two');
  expect(textsIn(one)).toEqual(['from one', 'from two']);
  expect(textsIn(two)).toEqual(['from one', 'from two']);
});

it.each([
  ['is no database', (path: string) => writeFileSync(path, 'This is a letter, not a database. '.repeat(100))],
  ['is cut off', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 5000))],
])('begins anew if a file that can be derived again %s', (_, damage) => {
  const path = statePath(makeFolder(), 'state');
  const state = open(path);
  state.transaction(() => {
    for (let i = 0; i < 1000; i++) add(state, `note ${i}`);
  });
  state.close();
  damage(path);
  const again = open(path);
  add(again, 'new');
  expect(textsIn(again)).toEqual(['new']);
});

it('begins anew with the tables of another version', () => {
  const path = statePath(makeFolder(), 'state');
  const state = open(path);
  add(state, 'old');
  state.close();
  const other = open(path, { version: 2, schema: 'CREATE TABLE notes (text TEXT, more TEXT)' });
  expect(textsIn(other)).toEqual([]);
});

it('leaves a lasting file as it is if it is damaged, foreign or later', () => {
  const dir = makeFolder();
  const reasonOf = (name: string): unknown => {
    const path = statePath(dir, name);
    const before = readFileSync(path);
    try {
      open(path, lasting).close();
    } catch (error) {
      expect(readFileSync(path)).toEqual(before);
      return error instanceof UnusableState ? error.reason : error;
    }
    return undefined;
  };
  mkdirSync(join(dir, '.dateline'));
  writeFileSync(statePath(dir, 'damaged'), 'no database');
  open(statePath(dir, 'later'), { version: 2, schema: 'CREATE TABLE notes (text TEXT)' }).close();
  const foreign = open(statePath(dir, 'foreign'));
  foreign.exec('PRAGMA application_id = 7; PRAGMA journal_mode = DELETE');
  foreign.close();
  expect(['damaged', 'later', 'foreign'].map(reasonOf)).toEqual(['damaged', 'later', 'foreign']);
});

it('upgrades a lasting file', () => {
  const path = statePath(makeFolder(), 'ledger');
  const state = open(path);
  add(state, 'old');
  state.close();
  const upgrade: StateForm['upgrade'] = (database, from) =>
    database.exec(`ALTER TABLE notes ADD COLUMN version INTEGER DEFAULT ${from}`);
  const upgraded = open(path, { version: 2, schema: 'CREATE TABLE notes (text TEXT, version INTEGER)', upgrade });
  expect(upgraded.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'old', version: 1 }]);
});

it('does without a file where there is no folder for it', () => {
  const dir = join(makeFolder(), 'missing');
  expect(StateFile.open(statePath(dir, 'state'), form)).toBeUndefined();
  expect(existsSync(dir)).toBe(false);
  // Not even root can make a folder below a file.
  const file = join(makeFolder({ file: '' }), 'file');
  expect(StateFile.open(statePath(file, 'state'), form)).toBeUndefined();
});

it('has tables that vanish', () => {
  const state = StateFile.temporary(form);
  state.transaction(() => add(state, 'one'));
  expect(textsIn(state)).toEqual(['one']);
  expect(textsIn(StateFile.temporary(form))).toEqual([]);
});
