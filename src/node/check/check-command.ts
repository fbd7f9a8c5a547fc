import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { nearest } from '../../article/nearest.ts';
import { hasErrors, type ProblemCode, printable, problemCodes } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import { namesIn, type PublishedNames } from '../../publication/ledger.ts';
import { defaultFolder } from '../folder/options/articles-folder.ts';
import { addStateOption, ledgerPathOf, type StateOption, stateOf } from '../folder/options/state-option.ts';
import type { PublicationReading } from '../folder/read-publication.ts';
import { isLedgerOf, ledgerOf } from '../ledger/find-ledger.ts';
import { packageFolder } from '../package-folder.ts';
import { inputBytes } from '../published/load-document.ts';
import { addExamples } from '../terminal/command-help.ts';
import { isQuiet, writeNote, writeResult } from '../terminal/output.ts';
import { pageText } from '../terminal/page-text.ts';
import { count, type ReportFormat, report, reportFormats, tally } from '../terminal/report.ts';
import { type CheckOptions, type CheckResult, check } from './check.ts';
import { checkText, pathIn } from './check-text.ts';
import { type CheckedPaths, checkedPaths, folderOf } from './checked-paths.ts';
import { type TargetName, targets } from './targets/targets.ts';
import { renderingsIn, verifyRendered, verifyState } from './verify-state.ts';

interface Options extends CheckOptions, StateOption {
  readonly format: ReportFormat;
  readonly json?: true;
  /** Whether every warning is listed. */
  readonly all?: true;
  /** Whether warnings fail the check, too. */
  readonly strict?: true;
  readonly explain?: ProblemCode;
  /** The path of the article on standard input. */
  readonly stdinFilename?: string;
  /** Whether the state is compared with the files, instead of checking these. */
  readonly verifyState?: true;
  readonly out: string;
}

type ReadPublication = (dir: string, state?: string, names?: PublishedNames) => PublicationReading;

/** Adds the command `check`. `read` reads a folder without its state; its files were published under `names`. */
export function addCheckCommand(program: Command, read: ReadPublication): void {
  const command = addStateOption(program.command('check'))
    .argument(
      '[paths...]',
      `folder of articles, or files or sections in it; - for an article on standard input (default: "${defaultFolder()}")`,
    )
    .description('list every problem; exit with 1 on an error')
    .addOption(new Option('--format <form>', 'form of the list').choices(reportFormats).default('text'))
    .option('--json', 'the same as --format json')
    .option('--all', 'list every warning, not only the first five of each kind')
    .option('--stdin-filename <path>', 'with -, the file that the article is or will be in')
    .option('--strict', 'exit with 1 on warnings, too')
    .option('--fix', 'apply safe fixes to the files')
    .option('--fix-ids', 'apply one fix only: write missing ids, and slugs where articles share a name, into the files')
    .addOption(
      new Option(
        '--for <services>',
        `check by the published rules of ${Object.keys(targets).join(', ')}, too`,
      ).argParser(parseTargets),
    )
    .option('--against <feed>', 'URL or file (- for standard input) of a published feed, whose ids must not change')
    .option('--adopt', 'with --against, record in the ledger what that feed has published')
    .option('-o, --out <dir>', 'where a build is, to compare ids with if the folder was never served', 'dist/site')
    .option('--allow-private', 'let --against read addresses of this machine and of private networks, too')
    .addOption(
      new Option('--verify-state', 'read everything, compare it with the state, and check nothing').conflicts([
        'fix',
        'fixIds',
        'against',
      ]),
    )
    .addOption(
      new Option('--explain <code>', 'explain a problem and how to fix it, and check nothing').argParser(parseCode),
    )
    .action(async (paths: readonly string[], options: Options) => {
      if (options.explain !== undefined) process.stdout.write(explainCode(options.explain));
      else if (paths.includes('-')) await runPipedCheck(paths, options, read);
      else if (options.verifyState) runVerification(checkedPaths(paths).dir, options, read);
      else await runCheck(checkedPaths(paths), options, read);
    });
  addExamples(command, [
    ['dateline check --fix', 'applies safe fixes to the articles in ./seeds'],
    ['dateline check seeds/ferry.md', 'lists the problems of this file, which is part of ./seeds'],
    [
      'dateline check - --stdin-filename seeds/ferry.md < draft.md',
      'lists the problems of an article that is not saved',
    ],
    ['dateline check --for apple,spotify', 'shows what these podcast directories would refuse'],
    ['dateline check --strict --format github', 'marks the lines of a pull request on GitHub'],
    ['dateline check --against https://publisher.example/feed.xml', 'shows before a deploy whether an id has changed'],
  ]);
}

async function runCheck({ dir, isSelected }: CheckedPaths, options: Options, read: ReadPublication): Promise<void> {
  const { against, adopt } = options;
  if (adopt === true && against === undefined) throw new Error('--adopt needs --against, the feed to record');
  const now = instantOf(Date.now()) ?? '';
  const ledger = ledgerPathOf(dir, options);
  const published = await ledgerOf(ledger, options.out);
  let last: PublicationReading | undefined;
  const readAs = (names?: PublishedNames): PublicationReading => {
    last?.saveState();
    last = read(dir, stateOf(dir, options), names);
    return last;
  };
  const readAnew = (): PublicationReading => {
    const reading = readAs(published && (() => namesIn(published.ledger)));
    return published === undefined || isLedgerOf(published, reading.site) ? reading : readAs();
  };
  const result = await check(dir, readAnew, { ...options, isSelected, published, ledger }, now);
  last?.saveState();
  writeReport(result, options);
}

/** Checks an article on standard input, as an editor does before it is saved. */
async function runPipedCheck(paths: readonly string[], options: Options, read: ReadPublication): Promise<void> {
  const { stdinFilename, fix, fixIds, against, verifyState } = options;
  if (paths.length > 1) throw new Error('- is one article; check files and folders by a command of their own');
  if (fix || fixIds || verifyState || against !== undefined)
    throw new Error('- can only be checked; save the article in a file for other options');
  const dir = stdinFilename === undefined ? checkedPaths([]).dir : folderOf(stdinFilename);
  const name = stdinFilename ?? '-';
  const path = stdinFilename === undefined ? 'standard-input.md' : pathIn(dir, stdinFilename);
  if (path === undefined) throw new Error(`${name} is not in the folder of articles, ${dir}`);
  const bytes = await inputBytes({ size: longestArticle });
  const reading = read(dir, stateOf(dir, options));
  writeReport(checkText(dir, reading, { bytes, path, name }, instantOf(Date.now()) ?? ''), options);
}

/** Bytes; a file has at most as many characters. */
const longestArticle = 20_000_000;

function writeReport({ articles, problems, notes }: CheckResult, { strict, all, ...options }: Options): void {
  const format = options.json ? 'json' : options.format;
  for (const note of notes) writeNote(printable(note));
  process.stdout.write(report(problems, format, { stream: process.stdout, all }));
  if (format === 'text' && !isQuiet()) process.stdout.write(`${tally(articles, problems)}\n`);
  if (hasErrors(problems) || (strict && problems.length > 0)) process.exitCode = 1;
}

function runVerification(dir: string, options: Options, read: ReadPublication): void {
  const path = stateOf(dir, options);
  if (path === undefined || !existsSync(path)) throw new Error(`${path ?? dir}: there is no state to compare`);
  const [known, now] = [read(dir, path), read(dir, undefined)];
  const wrong = new Set([...verifyState(known, now), ...verifyRendered(known, now, renderingsIn(path))]);
  const lines = [...wrong].map((file) =>
    printable(`${file}: error: the state says something else than the file; delete ${path}`),
  );
  const summary = `${count(now.articles.length, 'article')} compared, ${count(wrong.size, 'difference')}`;
  const all = isQuiet() ? lines : [...lines, summary];
  writeResult(all.map((line) => `${line}\n`).join(''), { articles: now.articles.length, differences: [...wrong] });
  if (wrong.size > 0) process.exitCode = 1;
}

function parseTargets(text: string): readonly TargetName[] {
  return text.split(',').map((part) => {
    const name = part.trim().toLowerCase();
    if (Object.hasOwn(targets, name)) return name as TargetName;
    const meant = nearest(name, Object.keys(targets));
    throw new InvalidArgumentError(
      meant === undefined ? `The services are ${Object.keys(targets).join(', ')}.` : `Did you mean ${meant}?`,
    );
  });
}

function parseCode(text: string): ProblemCode {
  if (Object.hasOwn(problemCodes, text)) return text as ProblemCode;
  const meant = nearest(text, Object.keys(problemCodes));
  // The list of all codes is too long for a message.
  throw new InvalidArgumentError(
    meant === undefined
      ? 'It must be a code that check shows in parentheses, such as no-date.'
      : `Did you mean ${meant}?`,
  );
}

/** Returns the section of docs/problems.md about a code: meaning, example, reason and fix. */
function explainCode(code: ProblemCode): string {
  const page = readFileSync(join(packageFolder, 'docs/problems.md'), 'utf8');
  return `${pageText(codeSection(page, code), process.stdout)}\n`;
}

/** Returns the section of a page below a second-level heading that is a code. Examples contain headings, too. */
export function codeSection(page: string, code: string): string {
  const start = page.indexOf(`\n## \`${code}\`\n`);
  if (start === -1) return '';
  const end = page.indexOf('\n## `', start + 1);
  return page.slice(start, end === -1 ? undefined : end);
}
