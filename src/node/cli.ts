#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { instantOf } from '../article/date.ts';
import { canonicalUrl } from '../article/original-url.ts';
import type { Problem } from '../article/problem.ts';
import { formats } from '../feed/formats.ts';
import { defaultTagBase } from '../publication/identity.ts';
import { build, edgeFolder } from './build.ts';
import { type CheckOptions, check, hasBrokenPublication } from './check.ts';
import { addImportCommand } from './import/import-command.ts';
import { type NewSeedSetting, writeNewSeed } from './new-seed.ts';
import { addPublishCommand } from './publish/publish-command.ts';
import { count, hasErrors, type ReportFormat, report, reportFormats, tally } from './report.ts';
import { SeedFolder } from './seed-folder.ts';
import { serve } from './serve.ts';

const defaultDir = './seeds';
/** Stands for the public address of a publication that names none, where no server tells it. */
const localUrl = 'http://localhost:3000/';

/** Makes the command line; `dateline --help` shows what it says of itself. */
export function commandLine(): Command {
  const program = new Command('dateline')
    .description('Publishes a folder of articles as RSS, Atom and JSON Feed.')
    .version(version())
    .showHelpAfterError('(dateline --help shows what there is)')
    .showSuggestionAfterError();

  program
    .command('serve')
    .description('serve the folder and show what changes in it')
    .argument('[dir]', 'folder of articles', defaultDir)
    .addOption(
      new Option('-p, --port <number>', 'port; 0 for any free one').env('PORT').default(3000).argParser(port),
    )
    .addOption(new Option('--host <name>', 'address to listen on').env('HOST').default('127.0.0.1'))
    .option('--no-watch', 'do not look for changes')
    .action(runServe);

  program
    .command('build')
    .description('write every document, and what the worker needs, as files')
    .argument('[dir]', 'folder of articles', defaultDir)
    .option('-o, --out <dir>', 'where to write', 'dist/site')
    .option('--edge-only', 'only what the worker needs, no documents')
    .action(runBuild);

  addPublishCommand(program, defaultDir, (dir, out) => runBuild(dir, { out, edgeOnly: true }));

  program
    .command('check')
    .description('list every problem; exit with 1 on an error')
    .argument('[dir]', 'folder of articles', defaultDir)
    .addOption(new Option('--format <form>', 'form of the list').choices(reportFormats).default('text'))
    .option('--fix-ids', 'write the id of each article into its file, where none is')
    .option('--against <feed>', 'address or file of a published feed, whose ids must not change')
    .action(runCheck);

  program
    .command('new')
    .description('write a new article, dated now')
    .argument('<headline>', 'its headline, in quotes')
    .argument('[dir]', 'folder of articles', defaultDir)
    .action(runNew);

  addImportCommand(program, defaultDir);

  return program;
}

async function runServe(dir: string, options: { port: number; host: string; watch: boolean }): Promise<void> {
  const siteUrl = siteUrlOverride();
  const running = await serve(dir, {
    ...options,
    ...(siteUrl === undefined ? {} : { siteUrl }),
    onReading: ({ articles, problems, kept, served }) => {
      process.stderr.write(report(problems, 'text'));
      for (const file of kept) process.stderr.write(`${file}: the last good version stays\n`);
      const held = served ? '' : '; nothing new is served until the publication file is mended';
      process.stdout.write(`${dir}: ${tally(articles, problems)}${held}\n`);
    },
    onError: (error) => process.stderr.write(`dateline: ${error.stack ?? error.message}\n`),
  });
  const width = Math.max(...formats.map(({ label }) => label.length)) + 1;
  const lines = formats.map(({ label, file }) => `${label.padEnd(width)} ${running.url}${file}\n`);
  process.stdout.write(`${running.site.title} is at ${running.url}\n${lines.join('')}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void running.close().then(() => process.exit(0));
    });
  }
}

async function runBuild(dir: string, { out, edgeOnly }: { out: string; edgeOnly?: true }): Promise<void> {
  const { site, sources, changed, files, problems } = read(dir);
  process.stderr.write(report(problems, 'text'));
  if (hasErrors(problems)) throw new Error(`nothing was built: ${tally(sources.length, problems)}`);
  const built = await build(site, sources, out, instantOf(Date.now()) ?? '', changed, files, edgeOnly);
  const copied = built.files === 0 ? '' : `, ${count(built.files, 'file')} beside them`;
  const documents = edgeOnly ? '' : ` in ${count(built.documents, 'document')}`;
  process.stdout.write(
    `${edgeOnly ? edgeFolder(out) : out}: ${count(built.articles, 'article')}${documents}${copied}, ${count(built.objects, 'object')} for the edge\n`,
  );
}

async function runCheck(dir: string, options: CheckOptions & { format: ReportFormat }): Promise<void> {
  const { articles, problems, notes } = await check(dir, () => read(dir), options);
  for (const note of notes) process.stderr.write(`${note}\n`);
  process.stdout.write(report(problems, options.format));
  if (options.format === 'text') process.stdout.write(`${tally(articles, problems)}\n`);
  if (hasErrors(problems)) process.exitCode = 1;
}

function runNew(headline: string, dir: string): void {
  process.stdout.write(`${writeNewSeed(headline, dir, Date.now(), settingOf(dir))}\n`);
}

/** What a new article takes from its folder, which comes into being with the first one. */
function settingOf(dir: string): NewSeedSetting {
  if (!existsSync(dir)) return { timezone: 'UTC', idBase: defaultTagBase, ids: new Set() };
  const reading = read(dir);
  const { site, sources } = reading;
  // The id that stands in an article is there to stay.
  if (hasBrokenPublication(reading, dir))
    throw new Error('the publication file says how ids begin; mend it first (dateline check)');
  return {
    timezone: site.timezone,
    idBase: site.id,
    ids: new Set(sources.map(({ head }) => head.id)),
  };
}

/** Reads a folder once, and adds what only matters to a publication that is about to be published. */
function read(dir: string): ReturnType<SeedFolder['read']> {
  const siteUrl = siteUrlOverride();
  const folder = new SeedFolder(dir, {
    url: localUrl,
    ...(siteUrl === undefined ? {} : { urlOverride: siteUrl }),
  });
  const reading = folder.read();
  const place = { file: publicationFile(dir), line: 1, column: 1, severity: 'warning' } as const;
  const missing: Problem[] = [];
  if (!reading.hasUrl) {
    const message = `no public address; feeds name ${localUrl} until "url" or the environment's SITE_URL is set`;
    missing.push({ ...place, code: 'no-url', message });
  }
  if (reading.site.id === defaultTagBase) {
    const message =
      'ids do not say whose they are, and the id of the feed changes with its title; set "id" once, such as "tag:example.org,2026:"';
    missing.push({ ...place, code: 'no-id', message });
  }
  return { ...reading, problems: [...missing, ...reading.problems] };
}

function publicationFile(dir: string): string {
  return join(dir, 'publication.yaml');
}

function siteUrlOverride(): string | undefined {
  const written = process.env.SITE_URL;
  if (written === undefined || written === '') return undefined;
  const url = canonicalUrl(written);
  if (url === undefined)
    throw new Error(`SITE_URL: expected an absolute http or https address, got "${written}"`);
  return url;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}

/** Says what went wrong in a line; a stack helps nobody who mistyped a folder. */
function fail(error: unknown): void {
  process.stderr.write(`dateline: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

await commandLine().parseAsync().catch(fail);
