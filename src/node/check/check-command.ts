import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { nearest } from '../../article/nearest.ts';
import { hasErrors, type ProblemCode, printable, problemCodes } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import { defaultFolder } from '../folder/articles-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { packageFolder } from '../package-folder.ts';
import { addExamples } from '../terminal/command-help.ts';
import { type ReportFormat, report, reportFormats, tally } from '../terminal/report.ts';
import { type CheckOptions, check } from './check.ts';
import { type CheckedPaths, checkedPaths } from './checked-paths.ts';

interface Options extends CheckOptions {
  readonly format: ReportFormat;
  /** Whether a warning fails the check, too. */
  readonly strict?: true;
  readonly explain?: ProblemCode;
}

/** Adds `dateline check`; `read` reads a folder anew. */
export function addCheckCommand(program: Command, read: (dir: string) => FolderSnapshot): void {
  const command = program
    .command('check')
    .argument('[paths...]', `folder of articles, or files or sections in it (default: "${defaultFolder()}")`)
    .description('list every problem; exit with 1 on an error')
    .addOption(new Option('--format <form>', 'form of the list').choices(reportFormats).default('text'))
    .option('--strict', 'exit with 1 on a warning, too')
    .option('--fix', 'mend in the files what is safe to mend')
    .option('--fix-ids', 'mend one thing alone: write the id of each article into its file, where none is')
    .option('--against <feed>', 'address or file of a published feed, whose ids must not change')
    .addOption(
      new Option(
        '--explain <code>',
        'say what a problem means and how to mend it, and check nothing',
      ).argParser(codeNamed),
    )
    .action(async (paths: readonly string[], options: Options) => {
      if (options.explain !== undefined) process.stdout.write(explain(options.explain));
      else await runCheck(checkedPaths(paths), options, read);
    });
  addExamples(command, [
    ['dateline check --fix', 'mends what is safe to mend in ./seeds'],
    ['dateline check seeds/ferry.md', 'lists the problems of this file, as a part of ./seeds'],
    ['dateline check --strict --format github', 'marks the lines of a pull request on GitHub'],
    ['dateline check --against https://publisher.example/feed.xml', 'before a deploy: has an id changed?'],
  ]);
}

async function runCheck(
  { dir, ...asked }: CheckedPaths,
  options: Options,
  read: (dir: string) => FolderSnapshot,
): Promise<void> {
  const { format, strict } = options;
  const now = instantOf(Date.now()) ?? '';
  const { articles, problems, notes } = await check(dir, () => read(dir), { ...options, ...asked }, now);
  for (const note of notes) process.stderr.write(`${printable(note)}\n`);
  process.stdout.write(report(problems, format, process.stdout));
  if (format === 'text') process.stdout.write(`${tally(articles, problems)}\n`);
  if (hasErrors(problems) || (strict && problems.length > 0)) process.exitCode = 1;
}

/** Reads a code; the list of all is too long for a message. */
function codeNamed(text: string): ProblemCode {
  if (Object.hasOwn(problemCodes, text)) return text as ProblemCode;
  const meant = nearest(text, Object.keys(problemCodes));
  throw new InvalidArgumentError(
    meant === undefined
      ? 'It must be a code as check shows it in brackets, such as no-date.'
      : `Did you mean ${meant}?`,
  );
}

/** Gives what the page of problems says of one: it means, an example, the reason, how to mend it. */
function explain(code: ProblemCode): string {
  const page = readFileSync(join(packageFolder, 'docs/problems.md'), 'utf8');
  return `${sectionOf(page, code).trim()}\n`;
}

/** The part of a page below a heading of the second level that is a code; the examples in it have headings, too. */
export function sectionOf(page: string, code: string): string {
  const start = page.indexOf(`\n## \`${code}\`\n`);
  if (start === -1) return '';
  const end = page.indexOf('\n## `', start + 1);
  return page.slice(start, end === -1 ? undefined : end);
}
