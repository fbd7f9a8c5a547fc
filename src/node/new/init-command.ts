import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { oneLine } from '../../article/plain-text.ts';
import { localDateTime } from '../../article/seed/date.ts';
import { siteAddress } from '../../article/web-address.ts';
import { makeFolder } from '../disk/write/write-file.ts';
import { articlesFolder, defaultDir } from '../folder/options/articles-folder.ts';
import { addExamples } from '../terminal/command-help.ts';
import { isJson, isQuiet, writeResult } from '../terminal/output.ts';
import { count } from '../terminal/report.ts';
import { workflowText } from './ci-template.ts';
import { type InitFile, initFolder, writeIfMissing } from './init.ts';
import { keptSettings } from './kept-settings.ts';
import { type ReadFolder, writeArticle } from './new-command.ts';
import { idBase, newFolder } from './new-folder.ts';
import { findSite } from './site/find-site.ts';
import type { FoundSite } from './site/found-site.ts';
import { chooseIds, initBeside, needsWorker } from './site/init-beside.ts';

interface Options {
  readonly title?: string;
  readonly url?: string;
  readonly against?: string;
  readonly ci?: true;
}

/** What `init` needs of other tasks, to keep the ids of a published feed. */
export interface Published {
  /** Returns the ids of all items of a feed. */
  readonly ids: (feed: string) => Promise<ReadonlySet<string>>;
  /** Fills the ledger of a folder of articles from a feed; returns lines about that, and how many items it left out. */
  readonly adopt: (
    dir: string,
    feed: string,
  ) => Promise<{ readonly notes: readonly string[]; readonly leftOut: number }>;
}

/** Adds the command `init`. */
export function addInitCommand(program: Command, read: ReadFolder, published: Published): void {
  const command = program
    .command('init')
    .description('set up a folder, or the feeds of the site in it; never overwrites a file')
    .argument('[dir]', 'folder of the publication, or root of a site', '.')
    .option(
      '--title <text>',
      'title of the publication (default: that of the site, or the name of the folder)',
      parseTitle,
    )
    .option('--url <address>', 'its public URL; for a site, that of the feeds', parseUrl)
    .option('--against <feed>', 'URL or file of the present feed of the site, whose ids stay')
    .option('--ci', 'write a workflow for GitHub Actions, too')
    .option('--json', 'write the files as JSON')
    .action(async (dir: string, options: Options) => {
      const site = findSite(dir);
      // The feed is read first, so a failure leaves no settings with wrong ids.
      const ids = await idsOf(options, site, published);
      const made = site === undefined ? initNew(dir, options, read) : initSite(dir, site, options);
      const notes = [...(site?.notes ?? []), ...(await keepIds(dir, ids, made, options, read, published))];
      const missing = missingLines(dir, made, options, site, read);
      if (missing.length > 0) {
        notes.push(`${made[0]?.path} has another address; write ${missing.join(' and ')}`);
        process.exitCode = 1;
      }
      writeResult(made.map(lineOf).join(''), { files: made, notes });
      if (isJson() || isQuiet()) return;
      for (const note of notes) process.stdout.write(`${note}\n`);
      if (missing.length > 0) return;
      const inside = dir === '.' ? '' : `cd ${JSON.stringify(dir)}; `;
      process.stdout.write(`${inside}${site === undefined ? nextForNew(dir, read) : nextForSite(site, options)}\n`);
    });
  addExamples(command, [
    [
      'dateline init --title "The Daily" --url https://daily.example/',
      'sets up the current folder, empty or with articles in ./seeds',
    ],
    ['dateline init news', 'sets up ./news, with the articles in ./news/seeds'],
    [
      'dateline init --against https://daily.example/index.xml',
      'in the root of a Hugo, Jekyll, Eleventy, Astro, Zola, Docusaurus, Hexo or Nuxt site: feeds of that site',
    ],
  ]);
}

function initNew(dir: string, options: Options, read: ReadFolder): readonly InitFile[] {
  const made = initFolder(dir, newFolder(dir, options, Date.now()), (seeds) =>
    writeArticle('Hello, world', seeds, read),
  );
  return options.ci ? [...made, writeWorkflow(dir, true)] : made;
}

function initSite(dir: string, site: FoundSite, options: Options): readonly InitFile[] {
  const { title = site.title, url = site.url } = options;
  const { language, timezone, ...folder } = newFolder(dir, omitUndefined({ title, url }), Date.now());
  const made = initBeside(dir, site, {
    ...folder,
    language: site.language ?? language,
    timezone: site.timezone ?? 'UTC',
    ...(site.url && { id: idBase(site.url, localDateTime(Date.now(), 'UTC').slice(0, 10)) }),
  });
  return options.ci ? [...made, writeWorkflow(dir, needsWorker(site, url))] : made;
}

function writeWorkflow(dir: string, deploys: boolean): InitFile {
  const folder = join(dir, '.github/workflows');
  makeFolder(folder);
  const hasLock = existsSync(join(dir, 'package-lock.json'));
  return writeIfMissing(folder, ['feeds.yml', 'feeds.yaml'], () => workflowText({ hasLock, deploys }));
}

async function idsOf({ against }: Options, site: FoundSite | undefined, published: Published) {
  if (against === undefined) return undefined;
  if (site === undefined) throw new Error('--against needs the root of a site; "dateline import" imports a feed');
  return published.ids(against);
}

/**
 * Chooses the kind of ids that a published feed has, unless the publication file existed before, and adopts that feed.
 */
async function keepIds(
  dir: string,
  published: ReadonlySet<string> | undefined,
  [publication]: readonly InitFile[],
  { against }: Options,
  read: ReadFolder,
  { adopt }: Published,
): Promise<readonly string[]> {
  if (against === undefined || published === undefined) return [];
  const articles = articlesFolder(dir);
  const chosen = publication?.isNew === true ? chooseIds(dir, published, () => read(articles)) : undefined;
  // After that: whether an item has an article may depend on the ids.
  const adopted = await adopt(articles, against);
  if (chosen === undefined) return adopted.notes;
  const { ids, kept, items } = chosen;
  const notes = [`${kept} of ${count(items, 'item')} of ${against} keep their ids (ids: ${ids})`];
  if (kept + adopted.leftOut < items)
    notes.push(
      `"dateline check --against ${against}" lists those whose ids change; with --fix, it writes their ids into the files`,
    );
  return [...notes, ...adopted.notes];
}

/** Returns the lines that a kept publication file lacks for the address that was asked for. */
function missingLines(
  dir: string,
  [publication]: readonly InitFile[],
  { url }: Options,
  site: FoundSite | undefined,
  read: ReadFolder,
): readonly string[] {
  if (publication?.isNew !== false || url === undefined) return [];
  return keptSettings(url, read(articlesFolder(dir)), site?.url);
}

function nextForNew(dir: string, read: ReadFolder): string {
  const first = read(join(dir, defaultDir)).hasUrl ? '' : 'set url in seeds/publication.yaml, then ';
  return `replace the text of the first article; npx dateline serve shows it locally; ${first}npx wrangler deploy puts it online`;
}

function nextForSite(site: FoundSite, { url = site.url }: Options): string {
  if (url === undefined) return 'set url in publication.yaml; npx dateline check lists problems';
  return needsWorker(site, url)
    ? 'npx dateline check lists problems; npx wrangler deploy puts the feeds online'
    : `npx dateline check lists problems; add "npx dateline build --only feeds --out ${site.out}" to the build of the site, or give the feeds an address of their own with --url`;
}

function lineOf({ path, isNew, note }: InitFile): string {
  const shown = join(path);
  return isNew ? `wrote ${shown}\n` : `kept ${shown}, which exists already${note === undefined ? '' : `; ${note}`}\n`;
}

function parseTitle(text: string): string {
  const line = oneLine(text);
  if (line === '') throw new InvalidArgumentError('It is empty.');
  return line;
}

function parseUrl(text: string): string {
  const url = siteAddress(text);
  if (url === undefined)
    throw new InvalidArgumentError('It must be a URL such as https://news.example.org/, without "?" and "#".');
  return url;
}
