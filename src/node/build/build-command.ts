import type { Command } from 'commander';
import type { Instant } from '../../article/article.ts';
import { hasErrors } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import { emptyLedger, type Ledger, namesIn } from '../../publication/ledger.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { addFolderArgument } from '../folder/options/folder-argument.ts';
import { hasBrokenPublication } from '../folder/options/publication-file.ts';
import { addStateOption, type StateOption, stateOf } from '../folder/options/state-option.ts';
import { readPublication } from '../folder/read-publication.ts';
import { recordedArticle } from '../folder/seeds/recorded-article.ts';
import { statePath } from '../state/state-file.ts';
import { addExamples } from '../terminal/command-help.ts';
import { writeNote, writeSummary } from '../terminal/output.ts';
import { showProgress } from '../terminal/progress.ts';
import { count, report, tally } from '../terminal/report.ts';
import { type BuildMemory, type BuildResult, build, edgeFolder } from './build.ts';
import { exceededAssetLimits } from './draft/asset-limits.ts';
import type { Built } from './draft/build-input.ts';
import { type EarlierBuild, readEarlierBuild } from './earlier/earlier-build.ts';
import { type LastVersion, lastVersions } from './earlier/last-versions.ts';
import { type Describe, undescribed } from './objects/write-objects.ts';

interface Options extends StateOption {
  readonly out: string;
  readonly edgeOnly?: true;
  readonly keepGoing?: true;
}

/** Adds the command `build`. */
export function addBuildCommand(program: Command): void {
  const command = addStateOption(addFolderArgument(program.command('build')))
    .description('write every document, and what the worker needs, as files')
    .option('-o, --out <dir>', 'where to write', 'dist/site')
    .option('--edge-only', 'write only what the worker needs, no documents')
    .option('--json', 'write the summary as JSON')
    .option('--keep-going', 'build in spite of errors in articles, which keep their last published version')
    .action(async (dir: string, options: Options) => {
      const { edgeFiles, ...built } = await runBuild(dir, options);
      const warnings = await exceededAssetLimits(edgeFolder(options.out), edgeFiles);
      for (const warning of warnings) process.stderr.write(`${warning}\n`);
      writeSummary(buildSummary(built, options), { out: outputOf(options), ...built });
    });
  addExamples(command, [
    ['dateline build', 'writes ./dist/site for a static host, ./dist/site-edge for a worker'],
    ['dateline build --edge-only', 'writes only what a worker needs'],
  ]);
}

/** The folder that a build writes first of all. */
function outputOf({ out, edgeOnly }: Pick<Options, 'out' | 'edgeOnly'>): string {
  return edgeOnly ? edgeFolder(out) : out;
}

/** "dist/site: 11 articles in 57 documents, 40 objects for the edge" */
export function buildSummary(built: Built, options: Pick<Options, 'out' | 'edgeOnly'>): string {
  const documents = options.edgeOnly ? '' : ` in ${count(built.documents, 'document')}`;
  const media = built.files === 0 ? '' : `, ${count(built.files, 'file')} beside them`;
  const atRoot = built.rootFiles === 0 ? '' : `, ${count(built.rootFiles, 'file')} of public/`;
  const articles = count(built.articles, 'article');
  return `${outputOf(options)}: ${articles}${documents}${media}${atRoot}, ${count(built.objects, 'object')} for the edge`;
}

/**
 * Builds a folder; throws if an article or the publication file has an error. `published` is what
 * was published before, if that is not the build that is replaced.
 */
export async function runBuild(dir: string, options: Options, published?: EarlierBuild): Promise<BuildResult> {
  const now = instantOf(Date.now()) ?? '';
  const replaced = published === undefined ? await readEarlierBuild(edgeFolder(options.out), now) : undefined;
  const { ledger } = published ?? replaced ?? { ledger: emptyLedger };
  const reading = readPublication(dir, stateOf(dir, options), () => namesIn(ledger));
  try {
    const records = options.state === false ? undefined : statePath(dir, 'builds', options.state);
    const kept = await keptVersions(reading, dir, options, ledger, now);
    const memory = { earlier: published, replaced, describe: describeFrom(reading, dir, kept), records };
    return await buildReading(reading, options, now, kept, memory);
  } finally {
    reading.saveState();
  }
}

/**
 * Reports the problems of a reading. Throws if they forbid a build; else returns the articles that stay as they were.
 */
async function keptVersions(
  reading: FolderSnapshot,
  dir: string,
  { out, keepGoing }: Options,
  ledger: Ledger,
  now: Instant,
): Promise<readonly LastVersion[]> {
  const { sources, problems } = reading;
  process.stderr.write(report(problems, 'text', { stream: process.stderr }));
  if (!hasErrors(problems)) return [];
  if (keepGoing !== true || hasBrokenPublication(problems, dir))
    throw new Error(`nothing was built: ${tally(sources.length, problems)}`);
  const kept = await lastVersions(reading, ledger, edgeFolder(out), now);
  for (const { entry } of kept) writeNote(`${pathPrefix(dir)}${entry.file}: the last good version stays`);
  return kept;
}

/** Describes the articles of a reading, and those that stay as they were, for the ledger. */
function describeFrom({ articles }: FolderSnapshot, dir: string, kept: readonly LastVersion[]): Describe {
  const prefix = pathPrefix(dir);
  const entries = new Map(kept.map(({ source, entry }) => [source.head, entry]));
  const byHead = new Map(articles.map((article) => [article.source.head, article]));
  return (head) => {
    const article = byHead.get(head);
    return article === undefined ? (entries.get(head) ?? undescribed(head)) : recordedArticle(article, prefix);
  };
}

async function buildReading(
  reading: FolderSnapshot,
  { out, edgeOnly }: Options,
  now: Instant,
  kept: readonly LastVersion[],
  memory: BuildMemory,
): Promise<BuildResult> {
  const { site, changed, files } = reading;
  const sources = reading.sources.concat(kept.map(({ source }) => source));
  return build(site, sources, out, now, changed, files, edgeOnly, showProgress, memory);
}
