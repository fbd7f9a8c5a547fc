import { existsSync, renameSync, rmSync } from 'node:fs';
import { StateFile } from '../state/state-file.ts';
import { UnusableState } from '../state/state-tables.ts';
import { LedgerFile, ledgerTables } from './ledger-file.ts';

/**
 * Opens or creates a ledger. It is the only record of what was withdrawn, so a damaged file is set aside and never
 * deleted. Where nothing can be written, the ledger lasts as long as the process.
 *
 * `onWarning` is called with a line about either. Throws if a later version of Dateline wrote the file.
 */
export function openLedger(path: string, onWarning: (line: string) => void): LedgerFile {
  try {
    const file = StateFile.open(path, ledgerTables);
    if (file !== undefined) return new LedgerFile(requireSound(file));
    onWarning(`${path} can't be written, so after the next start nothing is known of what was published before`);
  } catch (error) {
    if (!(error instanceof UnusableState) || error.reason === 'later') throw error;
    const aside = setAside(path);
    onWarning(
      `${error.message}; it is kept as ${aside}, and what it said is lost: withdrawn articles answer 404 instead of 410, and a hub is not told of what changed meanwhile. "dateline check --against <feed> --adopt" fills the new one from what is published`,
    );
    const file = StateFile.open(path, ledgerTables);
    if (file !== undefined) return new LedgerFile(file);
  }
  return new LedgerFile(StateFile.temporary(ledgerTables));
}

/** Opens a ledger if there is one. Throws if it can't be used. */
export function findLedger(path: string): LedgerFile | undefined {
  if (!existsSync(path)) return undefined;
  const file = StateFile.open(path, ledgerTables);
  return file && new LedgerFile(requireSound(file));
}

/** Returns a file whose tables are sound, and throws {@link UnusableState} for another. */
function requireSound(file: StateFile): StateFile {
  const [row] = file.prepare('PRAGMA quick_check(1)').all();
  if (row?.quick_check === 'ok') return file;
  file.close();
  throw new UnusableState('damaged', `${file.path}: the file is damaged`);
}

/** Renames a file that can't be used, and returns its new name. */
function setAside(path: string): string {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const aside = path.replace(/\.db$/, `-damaged-${stamp}.db`);
  renameSync(path, aside);
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
  return aside;
}
