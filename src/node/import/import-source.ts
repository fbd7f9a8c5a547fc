import { fileURLToPath } from 'node:url';
import { withoutPasswords } from '../../article/web-address.ts';
import { followHistory, historyClient, historyLimits } from '../published/published-history.ts';
import type { WebClient } from '../published/web-client.ts';
import type { History } from './distinct-items.ts';
import { folderName } from './file-names.ts';
import { type ImportOptions, type ImportResult, ImportRun } from './import-run.ts';
import type { ImportNote } from './read/imported-item.ts';
import { readDocument } from './read/read-document.ts';

/** An export has all articles in one document. Bytes. */
const longestFile = 200_000_000;

/**
 * Imports a feed with its archive, an export of another system or an OPML list of feeds into a folder, one file an
 * item. Changes no existing file.
 */
export async function importSource(source: string, dir: string, options: ImportOptions): Promise<ImportResult> {
  const notes: ImportNote[] = [];
  const web = historyClient(options);
  const load = (start: string): Promise<History> => loadHistory(start, options, web, notes);
  const feeds = await load(source);
  const [first] = feeds;
  const run = new ImportRun(dir, options, notes);
  if (first === undefined) return run.result();
  await run.open(first.feed, source);
  if (first.feed.listed === undefined) await run.add(feeds, '');
  const folders = new Set<string>();
  for (const { title, url } of first.feed.listed ?? []) {
    if (run.isStopped) break;
    const start = resolveListed(url, first.location);
    const listed = start === undefined ? [] : await load(start);
    if (start === undefined)
      notes.push({
        severity: 'error',
        source,
        item: title,
        message: `its address, ${withoutPasswords(url)}, is not a web address`,
      });
    const name = folderName(title || (listed[0]?.feed.title ?? ''));
    let folder = name;
    for (let number = 2; folders.has(folder.toLowerCase()); number++) folder = `${name} ${number}`;
    folders.add(folder.toLowerCase());
    await run.add(listed, folder);
  }
  return run.result();
}

async function loadHistory(
  start: string,
  options: ImportOptions,
  web: WebClient,
  notes: ImportNote[],
): Promise<History> {
  const read = (text: string, location: URL, archive?: Uint8Array) => readDocument(text, location, options, archive);
  const limits = /^https?:/i.test(start) ? historyLimits : { ...historyLimits, size: longestFile };
  const { feeds, problems } = await followHistory(start, read, limits, web);
  for (const { file, line, column, severity, message } of problems) {
    const source = severity === 'error' ? file : `${file}:${line}:${column}`;
    notes.push({ severity, source, message });
  }
  for (const { feed } of feeds)
    notes.push(...(feed.notes ?? []).map((note) => ({ ...note, source: note.source || start })));
  return feeds;
}

/** Resolves an address of a list. A list from the web can't name files of this machine. */
function resolveListed(written: string, location: URL): string | undefined {
  if (!URL.canParse(written, location.href)) return undefined;
  const url = new URL(written, location);
  if (/^https?:$/.test(url.protocol)) return url.href;
  return url.protocol === 'file:' && location.protocol === 'file:' ? fileURLToPath(url) : undefined;
}
