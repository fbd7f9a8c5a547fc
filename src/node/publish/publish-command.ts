import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { WriteStore } from '../../store/store.ts';
import { edgeFolder } from '../build/build.ts';
import type { EarlierBuild } from '../build/earlier/earlier-build.ts';
import { pathInside } from '../disk/inside.ts';
import { realTarget } from '../disk/write/real-target.ts';
import { holdFolder } from '../disk/write/replace-folder.ts';
import { addFolderArgument } from '../folder/options/folder-argument.ts';
import { addStateOption, type StateOption } from '../folder/options/state-option.ts';
import { openStore } from '../store/open-store.ts';
import { parseStoreName, type StoreName } from '../store/store-name.ts';
import { addExamples } from '../terminal/command-help.ts';
import { isJson, writeSummary } from '../terminal/output.ts';
import { showProgress } from '../terminal/progress.ts';
import { count } from '../terminal/report.ts';
import { readShown, type Shown } from './pointer.ts';
import { publishEdition } from './publish-edition.ts';
import { publishedBefore } from './published-before.ts';
import { preparePurge } from './purge-published.ts';
import { readEdition } from './read-build.ts';
import { rollBack } from './roll-back.ts';

interface Options extends StateOption {
  readonly store: StoreName;
  readonly out: string;
  readonly keep: number;
  readonly local?: true;
  readonly rollback?: string | true;
  readonly media?: boolean;
  readonly verify?: boolean;
}

/** Writes what the worker needs to `out` and returns a summary; `published` is what the store has published before. */
type Build = (
  dir: string,
  options: StateOption & { readonly out: string },
  published: EarlierBuild | undefined,
) => Promise<string>;

/** Adds the command `publish`. */
export function addPublishCommand(program: Command, build: Build): void {
  const command = addStateOption(addFolderArgument(program.command('publish')))
    .description('put a new edition into a store, for servers and workers that read it')
    .addOption(
      new Option(
        '--store <name>',
        'a folder, s3://bucket/prefix, kv:<namespace id> or r2:<bucket>; with --local, kv or r2',
      )
        .argParser(parseStoreName)
        .makeOptionMandatory(),
    )
    .option('--local', 'use the store that wrangler dev reads on this machine')
    .option('--rollback [edition]', 'go back to the previous edition, or to the named one')
    .option('--verify', 'read everything that the edition needs in the store, and upload what is damaged')
    .option('--keep <days>', 'how long a replaced edition stays in the store', parseDays, 30)
    .option('--media', 'also put files beside articles and in public/ into r2:<bucket>, and in later runs, too')
    .option('--no-media', 'put no files into the store')
    .option('-o, --out <dir>', 'where to build', 'dist/site')
    .option('--json', 'write the summary as JSON')
    .action(async (dir: string, options: Options) => {
      // First, since a build may take long and a store needs no more than a correct environment.
      requireApart(options);
      const store = await openStore(options.store, options.local === true);
      const started = Date.now();
      try {
        const shown = options.rollback === undefined ? await readShown(store, started) : undefined;
        if (options.rollback === undefined) {
          const built = await build(dir, options, await publishedBefore(store, shown, edgeFolder(options.out)));
          if (!isJson()) writeSummary(built, undefined);
        }
        await publishAndPurge(store, options, started, shown);
      } finally {
        await store.close();
      }
    });
  addExamples(command, [
    [
      'dateline publish --store /srv/news',
      'puts ./seeds into a folder, which `dateline serve --store /srv/news` serves',
    ],
    ['dateline publish --store r2:news', 'puts ./seeds into the bucket "news"'],
    ['dateline publish --rollback --store r2:news', 'goes back to the previous edition'],
    ['dateline publish --local --store kv', 'fills the store of `wrangler dev`'],
  ]);
}

/** Publishes or rolls back, purges what changed from the cache in front of the site, and writes what was done. */
async function publishAndPurge(
  store: WriteStore,
  options: Options,
  started: number,
  shown: Shown | undefined,
): Promise<void> {
  const edge = edgeFolder(options.out);
  const edition = options.rollback === undefined ? await readEdition(edge) : (await readShown(store, started))?.pointer;
  const purge = await preparePurge({ store, kind: options.store.kind, edge, cache: edition?.site.purge });
  const [line, result] = await publishTo(store, options, started, shown);
  if (!isJson()) writeSummary(line, undefined);
  const purged = await purge();
  if (isJson()) writeSummary('', { ...result, purged });
  else if (purged > 0) writeSummary(`${count(purged, 'tag')} purged from the cache`, undefined);
}

/** Publishes a build to a store, or rolls the store back, and returns what was done, in words and as a value. */
async function publishTo(
  store: WriteStore,
  { rollback, out, keep, verify = false, media }: Options,
  started: number,
  shown: Shown | undefined,
): Promise<readonly [line: string, result: object]> {
  if (rollback !== undefined) {
    const name = await rollBack(store, started, rollback === true ? undefined : rollback, {
      verify,
      showProgress,
    });
    return [`${store.name} shows edition ${name} again`, { store: store.name, edition: name }];
  }
  const edge = edgeFolder(out);
  // A build that replaced the folder meanwhile would mix two editions.
  const release = holdFolder(edge);
  const options = { started, keepDays: keep, showProgress, shown, verify, media };
  const result = await publishEdition(edge, store, options).finally(release);
  const { uploaded, objects, damaged, deleted, edition } = result;
  const shows = edition === undefined ? 'shows this edition already' : `shows edition ${edition}`;
  const removed = deleted === 0 ? '' : `, ${count(deleted, 'old object')} deleted`;
  const replaced =
    damaged === 0 ? '' : ` (${count(damaged, 'object')} in the store ${damaged === 1 ? 'was' : 'were'} damaged)`;
  const line = `${store.name}: ${uploaded} of ${count(objects, 'object')} uploaded${replaced}${removed}; it ${shows}`;
  return [line, { store: store.name, ...result }];
}

/** Throws if a build would replace the store, and the earlier editions in it. */
function requireApart({ store: { kind, id }, out }: Options): void {
  if (kind !== 'folder') return;
  for (const folder of [edgeFolder(out), resolve(out)])
    if (pathInside(realTarget(folder), realTarget(resolve(id))) !== undefined)
      throw new Error(`${id} is where \`publish\` builds; choose another folder with --store or --out`);
}

function parseDays(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a number of days, 1 or more.');
  return Number(text);
}
