import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { objectPath, storedFolder } from '../../src/publication/stored/stored.ts';

/** What lasts after a command, by path or key. */
export type State = Readonly<Record<string, string>>;

/** The files below a folder, hidden ones included, with their content; not what the next run may find out again. */
export function filesIn(dir: string): State {
  if (!existsSync(dir)) return {};
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths
    .filter((path) => !/(?:^|\/)\.dateline(?:\/|$)/.test(path))
    .map((path): [string, string] => {
      const file = join(dir, path);
      return statSync(file).isFile() ? [path, readFileSync(file, 'latin1')] : [`${path}/`, ''];
    });
  return undated(Object.fromEntries(files));
}

/**
 * Removes what tells the time of the run. Ledgers, whose names are hashes of such times, become one entry for each
 * edition that names them.
 */
export function undated(state: State): State {
  const files = { ...state };
  for (const [path, text] of Object.entries(state)) {
    // A killed run may leave a half-written file under a temporary name.
    if (!/(?:^|\/)edition[^/]*\.json$|\/editions-\d+\//.test(path) || !text.endsWith('}')) continue;
    const refs: readonly string[] = JSON.parse(text).ledger ?? [];
    const root = path.slice(0, path.lastIndexOf(storedFolder));
    const parts = refs.map((ref) => `${root}${objectPath(ref)}`);
    files[`${path}, ledger`] = parts.map((part) => ledgerIn(state[part])).join();
    for (const part of parts) delete files[part];
    files[path] = text.replace(
      /,?"(?:(?:changed|started|manifest)":"[^"]*"|name":"[\dT.:-]+Z-[0-9a-f]{8}"|ledger":\[[^\]]*\])/g,
      '',
    );
  }
  return files;
}

function ledgerIn(object: string | undefined): string {
  if (object === undefined) return 'missing';
  return gunzipSync(Buffer.from(object, 'latin1'))
    .toString()
    .replace(/"\d{4}-\d\d-\d\dT[\d:]+Z"/g, '""');
}
