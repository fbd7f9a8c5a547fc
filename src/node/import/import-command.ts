import { styleText } from 'node:util';
import { type Command, InvalidArgumentError } from 'commander';
import { oneLine } from '../../article/plain-text.ts';
import { addFolderArgument } from '../folder/options/folder-argument.ts';
import { addExamples } from '../terminal/command-help.ts';
import { isJson, writeSummary } from '../terminal/output.ts';
import { showProgress } from '../terminal/progress.ts';
import { count, severityInColor } from '../terminal/report.ts';
import type { ImportNote } from './read/imported-item.ts';

interface Options {
  readonly allowPrivate?: true;
  readonly download?: true;
  /** Gigabytes. */
  readonly downloadLimit?: number;
  readonly pages?: true;
  readonly url?: URL;
}

/** Adds the command `import`. Its parsers are loaded when it runs, which keeps other commands fast. */
export function addImportCommand(program: Command): void {
  const from =
    'address or file (- for standard input) of a feed, of an export of WordPress, Blogger, Ghost, Medium or Substack, or of an OPML list of feeds';
  const command = addFolderArgument(program.command('import').argument('<source>', from))
    .description('import a publication from elsewhere; changes no existing file')
    .option('--download', 'download pictures and enclosures beside the articles')
    .option('--download-limit <gigabytes>', 'how much one run may download (default: 10)', parseGigabytes)
    .option('--allow-private', 'read addresses of this machine and of private networks, too')
    .option('--pages', 'include the pages of an export, not only its posts')
    .option('--url <address>', 'address of the old site, for a file that leaves it out', parseSiteUrl)
    .option('--json', 'write the summary and the warnings as JSON')
    .action(runImport);
  addExamples(command, [
    ['dateline import https://old.example/feed.xml', 'writes each article of the feed to a file in ./seeds'],
    ['dateline import export.xml news --download', 'imports a WordPress export and its pictures into ./news'],
  ]);
}

const gigabyte = 1_000_000_000;

function parseGigabytes(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a number of gigabytes, 1 or more.');
  return Number(text);
}

function parseSiteUrl(text: string): URL {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('It must be a web address, such as https://old.example/.');
  return new URL(text);
}

async function runImport(source: string, dir: string, options: Options): Promise<void> {
  const { importSource } = await import('./import-source.ts');
  const { written, drafts, known, files, notes } = await showProgress('items', (onProgress) =>
    importSource(source, dir, {
      ...options,
      ...(options.downloadLimit === undefined ? {} : { downloadBytes: options.downloadLimit * gigabyte }),
      now: Date.now(),
      onProgress,
    }),
  );
  if (!isJson()) for (const note of notes) process.stderr.write(`${formatNote(note, process.stderr)}\n`);
  const errors = notes.filter(({ severity }) => severity === 'error').length;
  const parts = [
    `${written} new${drafts === 0 ? '' : ` (${count(drafts, 'draft')})`}`,
    `${known} already here`,
    ...(options.download === true ? [`${count(files, 'file')} downloaded`] : []),
    count(errors, 'error'),
    count(notes.length - errors, 'warning'),
  ];
  writeSummary(`${dir}: ${parts.join(', ')}`, { dir, written, drafts, known, files, notes });
  if (errors > 0) process.exitCode = 1;
}

/** Formats a note like a problem, colored if `stream` is a terminal with colors. */
function formatNote({ source, item, severity, message }: ImportNote, stream: NodeJS.WriteStream): string {
  const name = item === undefined ? '' : `${JSON.stringify(truncate(oneLine(item)))}: `;
  const line = (text: string): string => oneLine(text).replace(/\p{Cc}+/gu, ' ');
  const from = styleText('dim', line(`${source}:`), { stream });
  return `${from} ${severityInColor(severity, stream)} ${line(name + message)}`;
}

function truncate(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}
