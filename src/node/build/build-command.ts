import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import type { ArticleHead, Instant } from '../../article/article.ts';
import { hasErrors } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import { pageAddress } from '../../publication/addresses/address.ts';
import { emptyLedger, namesIn } from '../../publication/ledger.ts';
import type { Site } from '../../publication/site/site.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { addFolderArgument } from '../folder/options/folder-argument.ts';
import { hasBrokenPublication, publicationHome } from '../folder/options/publication-file.ts';
import { addStateOption, type StateOption, stateOf } from '../folder/options/state-option.ts';
import { readPublication } from '../folder/read-publication.ts';
import { isChangedText } from '../folder/render/lazy-article.ts';
import { recordedArticle } from '../folder/seeds/recorded-article.ts';
import type { SeedArticle } from '../folder/seeds/seed-article.ts';
import { statePath } from '../state/state-file.ts';
import { addExamples } from '../terminal/command-help.ts';
import { writeNote, writeSummary } from '../terminal/output.ts';
import { showProgress } from '../terminal/progress.ts';
import { count, report, tally } from '../terminal/report.ts';
import { optimizeCodeFor } from '../v8-flags.ts';
import { type BuildMemory, type BuildResult, build, edgeFolder } from './build.ts';
import { exceededAssetLimits } from './draft/asset-limits.ts';
import type { Built } from './draft/build-input.ts';
import { type EarlierBuild, readEarlierBuild } from './earlier/earlier-build.ts';
import type { LastVersion } from './earlier/last-versions.ts';
import { type Describe, undescribed } from './objects/describe.ts';

interface Options extends StateOption {
  readonly out: string;
  readonly edgeOnly?: true;
  readonly keepGoing?: true;
  readonly only?: 'feeds';
}

/** Adds the command `build`. */
export function addBuildCommand(program: Command): void {
  const command = addStateOption(addFolderArgument(program.command('build')))
    .description('write every document, and what the worker needs, as files')
    .option('-o, --out <dir>', 'where to write', 'dist/site')
    .option('--edge-only', 'write only what the worker needs, no documents')
    .option('--json', 'write the summary as JSON')
    .option('--keep-going', 'build in spite of errors in articles, which keep their last published version')
    .addOption(
      new Option('--only <part>', 'add only the feeds to the folder of a site that another program built')
        .choices(['feeds'])
        .conflicts('edgeOnly'),
    )
    .action(async (dir: string, options: Options) => {
      if (options.only !== undefined) return buildFeeds(dir, options);
      const { edgeFiles, site: _, ...built } = await runBuild(dir, options);
      const warnings = await exceededAssetLimits(edgeFolder(options.out), edgeFiles);
      for (const warning of warnings) process.stderr.write(`${warning}\n`);
      writeSummary(buildSummary(built, options), { out: outputOf(options), ...built });
    });
  addExamples(command, [
    ['dateline build', 'writes ./dist/site for a static host, ./dist/site-edge for a worker'],
    ['dateline build --edge-only', 'writes only what a worker needs'],
    ['dateline build --only feeds --out _site', 'adds feeds to the site that another program wrote into ./_site'],
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

/** Builds the feeds of a site that exists, in a folder of their own, and copies them into the folder of that site. */
async function buildFeeds(dir: string, options: Options): Promise<void> {
  const { out, state } = options;
  const { placeFeeds, withWorkFolder } = await import('./static/place-feeds.ts');
  const folder = dirname(statePath(publicationHome(dir), '', state === false ? undefined : state));
  await withWorkFolder(state === false ? undefined : join(folder, 'feeds'), async (work) => {
    const { articles, site } = await runBuild(dir, { ...options, out: join(work, 'site') });
    const placed = placeFeeds(join(work, 'site'), out, site);
    const { files, written, removed } = placed;
    const what = `${count(articles, 'article')} in ${count(files, 'file')}, ${written} written, ${removed} removed`;
    writeSummary(`${out}: ${what}`, { out, articles, ...placed });
  });
}

/** Returns the site of a reading; with only feeds, without pages. Throws if its items have no pages to link to. */
function siteOf({ site, sources }: FolderSnapshot, { only }: Options): Site {
  if (only === undefined) return site;
  const message = 'items link to pages of the site, so say how it addresses them: set "permalink" in publication.yaml';
  if (sources.some(({ head }) => head.permalink === pageAddress(head.slug, site))) throw new Error(message);
  return { ...site, pages: false };
}

/** How often a build starts again because a file changed while it ran. */
const retries = 5;

/**
 * Builds a folder; throws if an article or the publication file has an error. `published` is what
 * was published before, if that is not the build that is replaced. Starts again if a file changes meanwhile.
 */
export async function runBuild(dir: string, options: Options, published?: EarlierBuild): Promise<BuildResult> {
  optimizeCodeFor(0);
  try {
    for (let retry = 0; retry < retries; retry++)
      try {
        return await buildOnce(dir, options, published);
      } catch (error) {
        if (!isChangedText(error)) throw error;
      }
    return await buildOnce(dir, options, published);
  } finally {
    optimizeCodeFor(Number.POSITIVE_INFINITY);
  }
}

async function buildOnce(dir: string, options: Options, published: EarlierBuild | undefined): Promise<BuildResult> {
  const now = instantOf(Date.now()) ?? '';
  const replaced = published === undefined ? await readEarlierBuild(edgeFolder(options.out), now) : undefined;
  const past = published ?? replaced ?? { ledger: emptyLedger };
  const reading = readPublication(dir, stateOf(dir, options), () => namesIn(past.ledger));
  try {
    const records = options.state === false ? undefined : statePath(publicationHome(dir), 'builds', options.state);
    const kept = await keptVersions(reading, dir, options, past, now);
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
  past: EarlierBuild,
  now: Instant,
): Promise<readonly LastVersion[]> {
  const { sources, problems } = reading;
  process.stderr.write(report(problems, 'text', { stream: process.stderr }));
  if (!hasErrors(problems)) return [];
  if (keepGoing !== true || hasBrokenPublication(problems, dir))
    throw new Error(`nothing was built: ${tally(sources.length, problems)}`);
  const { lastVersions } = await import('./earlier/last-versions.ts');
  const kept = await lastVersions(reading, past.ledger, edgeFolder(out), now);
  for (const { entry } of kept) writeNote(`${pathPrefix(dir)}${entry.file}: the last good version stays`);
  return kept;
}

/** Describes the articles of a reading, and those that stay as they were, for the ledger. */
function describeFrom({ articles }: FolderSnapshot, dir: string, kept: readonly LastVersion[]): Describe {
  const prefix = pathPrefix(dir);
  const entries = new Map(kept.map(({ source, entry }) => [source.head, entry]));
  let byHead: ReadonlyMap<ArticleHead, SeedArticle> | undefined;
  return (head) => {
    // Made when the first article is described: a build without a change describes none.
    byHead ??= new Map(articles.map((article) => [article.source.head, article]));
    const article = byHead.get(head);
    return article === undefined ? (entries.get(head) ?? undescribed(head)) : recordedArticle(article, prefix);
  };
}

async function buildReading(
  reading: FolderSnapshot,
  options: Options,
  now: Instant,
  kept: readonly LastVersion[],
  memory: BuildMemory,
): Promise<BuildResult> {
  const { changed, files } = reading;
  const { out, edgeOnly } = options;
  const site = siteOf(reading, options);
  const sources = reading.sources.concat(kept.map(({ source }) => source));
  return build(site, sources, out, now, changed, files, edgeOnly, showProgress, memory);
}
