import type { Command } from 'commander';
import { oneLine } from '../../article/plain-text.ts';
import { addFolderArgument } from '../folder/folder-argument.ts';
import { addExamples } from '../terminal/command-help.ts';
import { showProgress } from '../terminal/progress.ts';
import { count } from '../terminal/report.ts';
import type { ImportNote } from './read/imported-item.ts';

interface Options {
  readonly download?: true;
  readonly pages?: true;
}

/** Adds the command `import`. What it needs is loaded when it runs, so that other commands start as fast as without it. */
export function addImportCommand(program: Command): void {
  const from = 'address or file of a feed, a WordPress export or an OPML list of feeds';
  const command = addFolderArgument(program.command('import').argument('<source>', from))
    .description('bring a publication from elsewhere into the folder; changes no file that is there')
    .option('--download', 'fetch pictures and enclosures, to lie beside the articles')
    .option('--pages', 'take the pages of a WordPress export, too')
    .action(runImport);
  addExamples(command, [
    [
      'dateline import https://old.example/feed.xml',
      'writes a file into ./seeds for each article of that feed',
    ],
    ['dateline import export.xml news --download', 'takes a WordPress export with its pictures into ./news'],
  ]);
}

async function runImport(source: string, dir: string, options: Options): Promise<void> {
  const { importSource } = await import('./import-source.ts');
  const { written, drafts, known, files, notes } = await showProgress('items', (onProgress) =>
    importSource(source, dir, { ...options, now: Date.now(), onProgress }),
  );
  for (const note of notes) process.stderr.write(`${lineOf(note)}\n`);
  const errors = notes.filter(({ severity }) => severity === 'error').length;
  const parts = [
    `${written} new${drafts === 0 ? '' : ` (${count(drafts, 'draft')})`}`,
    `${known} already here`,
    ...(options.download === true ? [`${count(files, 'file')} fetched`] : []),
    count(errors, 'error'),
    count(notes.length - errors, 'warning'),
  ];
  process.stdout.write(`${dir}: ${parts.join(', ')}\n`);
  if (errors > 0) process.exitCode = 1;
}

function lineOf({ source, item, severity, message }: ImportNote): string {
  const name = item === undefined ? '' : `${JSON.stringify(shortened(oneLine(item)))}: `;
  return oneLine(`${source}: ${severity}: ${name}${message}`).replace(/\p{Cc}+/gu, ' ');
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}
