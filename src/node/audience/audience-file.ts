import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync } from 'node:fs';
import { AudienceBook, audienceSchema, forgetBefore, readDays, type Sql } from '../../http/audience/audience-book.ts';
import type { DayCounts } from '../../http/audience/counts.ts';
import { StateFile } from '../state/state-file.ts';
import type { StateForm } from '../state/state-tables.ts';

/** The name of the file, without its ending. */
export const audienceName = 'audience';

/** Past days can't be counted again, so a file of another form stays as it is. */
const form: StateForm = {
  version: 1,
  schema: audienceSchema,
  upgrade: (_, from) => {
    throw new Error(`the numbers of the audience have the unknown form ${from}`);
  },
  // A crash of the system loses at most a minute of numbers. Deleted rows are overwritten.
  settings: 'PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON',
};

/** A book of the audience, and the file that it is kept in. */
export interface OpenBook {
  readonly book: AudienceBook;
  /** Whether the numbers outlast the process. */
  readonly isKept: boolean;
  close(): void;
}

/** Opens or creates the file at a path. Without one, or if it can't be written, days are counted in memory. */
export function openBook(path: string | undefined): OpenBook {
  const isNew = path !== undefined && !existsSync(path);
  const file = (path === undefined ? undefined : StateFile.open(path, form)) ?? StateFile.temporary(form);
  if (isNew) makePrivate(path);
  const book = new AudienceBook(sqlOf(file), () => randomBytes(32).toString('base64url'));
  return {
    book,
    isKept: file.path !== '',
    close: () => {
      book.save();
      file.close();
    },
  };
}

/** Lets only the server's user read the file: its pseudonyms are personal data until the day ends. */
function makePrivate(path: string): void {
  for (const end of ['', '-wal', '-shm']) if (existsSync(path + end)) chmodSync(path + end, 0o600);
}

/** Deletes pseudonyms from before `today`, if the file at a path exists. */
export function forgetPast(path: string, today: string): void {
  if (!existsSync(path)) return;
  const file = StateFile.open(path, form);
  if (file === undefined) return;
  try {
    forgetBefore(sqlOf(file), today);
  } finally {
    file.close();
  }
}

/**
 * Reads the days in a file, to which a server may be writing, and deletes pseudonyms from before `today`. Returns
 * `undefined` without a file.
 */
export function readBook(path: string, today: string): DayCounts[] | undefined {
  if (!existsSync(path)) return undefined;
  const file = StateFile.open(path, form);
  if (file === undefined) throw new Error(`${path} cannot be opened; run this as the user of the server`);
  try {
    const sql = sqlOf(file);
    forgetBefore(sql, today);
    return readDays(sql);
  } finally {
    file.close();
  }
}

function sqlOf(file: StateFile): Sql {
  return {
    run: (text, ...values) => {
      const statement = file.prepare(text);
      // A day can have half a million rows to read.
      return text.startsWith('SELECT') ? statement.iterate(...values) : statement.all(...values);
    },
    transaction: (run) => file.transaction(run),
    // The write-ahead log would keep deleted rows until other rows take their place.
    overwriteDeleted: () => file.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0,
  };
}
