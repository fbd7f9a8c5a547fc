import { type Command, InvalidArgumentError, Option } from 'commander';
import { edgeFolder } from '../build/build.ts';
import type { EarlierBuild } from '../build/earlier-build.ts';
import { holdFolder } from '../disk/write/replace-folder.ts';
import { addFolderArgument } from '../folder/folder-argument.ts';
import { addExamples } from '../terminal/command-help.ts';
import { showProgress } from '../terminal/progress.ts';
import { count } from '../terminal/report.ts';
import { accountFrom } from './cloudflare-api.ts';
import { kvStore, r2Store } from './cloudflare-stores.ts';
import type { EditionStore } from './edition-store.ts';
import { localStore } from './local-store.ts';
import { readShown, type Shown } from './pointer.ts';
import { publishEdition } from './publish-edition.ts';
import { publishedBefore } from './published-before.ts';
import { rollBack } from './roll-back.ts';
import { s3Store } from './s3-store.ts';

/** The value of `--store`: the kind of store and, except with `--local`, its id, name or address. */
export interface StoreName {
  readonly kind: 'kv' | 'r2' | 's3';
  readonly id: string;
}

interface Options {
  readonly store: StoreName;
  readonly out: string;
  readonly keep: number;
  readonly local?: true;
  readonly rollback?: string | true;
}

/** Writes what the worker needs to `out`; `published` is what the store has published before. */
type Build = (dir: string, out: string, published: EarlierBuild | undefined) => Promise<void>;

/** Adds the command `publish`. */
export function addPublishCommand(program: Command, build: Build): void {
  const command = addFolderArgument(program.command('publish'))
    .description('put what the worker needs into KV, R2 or S3, without a deploy')
    .addOption(storeOption().makeOptionMandatory())
    .option('--local', 'use the store that wrangler dev reads on this machine')
    .option('--rollback [edition]', 'go back to the previous edition, or to the named one')
    .option('--keep <days>', 'how long a replaced edition stays in the store', parseDays, 30)
    .option('-o, --out <dir>', 'where to build', 'dist/site')
    .action(async (dir: string, options: Options) => {
      // First, since a build may take long and a store needs no more than a correct environment.
      const store = await openStore(options);
      const started = Date.now();
      try {
        const shown = options.rollback === undefined ? await readShown(store, started) : undefined;
        if (options.rollback === undefined)
          await build(dir, options.out, await publishedBefore(store, shown, edgeFolder(options.out)));
        process.stdout.write(`${await publishTo(store, options, started, shown)}\n`);
      } finally {
        await store.close();
      }
    });
  addExamples(command, [
    ['dateline publish --store r2:news', 'puts ./seeds into the bucket "news"'],
    ['dateline publish --rollback --store r2:news', 'goes back to the previous edition'],
    ['dateline publish --local --store kv', 'fills the store of `wrangler dev`'],
  ]);
}

/** Publishes a build to a store, or rolls the store back, and returns the line to print. */
async function publishTo(
  store: EditionStore,
  { rollback, out, keep }: Options,
  started: number,
  shown: Shown | undefined,
): Promise<string> {
  if (rollback !== undefined) {
    const name = await rollBack(store, started, rollback === true ? undefined : rollback);
    return `${store.name} shows edition ${name} again`;
  }
  const edge = edgeFolder(out);
  // A build that replaced the folder meanwhile would mix two editions.
  const release = holdFolder(edge);
  const options = { started, keepDays: keep, showProgress, shown };
  const { uploaded, objects, deleted, edition } = await publishEdition(edge, store, options).finally(release);
  const shows = edition === undefined ? 'shows this edition already' : `shows edition ${edition}`;
  const removed = deleted === 0 ? '' : `, ${count(deleted, 'old object')} deleted`;
  return `${store.name}: ${uploaded} of ${count(objects, 'object')} uploaded${removed}; it ${shows}`;
}

/** The option that names a store. */
export function storeOption(): Option {
  return new Option(
    '--store <name>',
    'kv:<namespace id>, r2:<bucket> or s3://bucket/prefix; with --local, kv or r2',
  ).argParser(parseStoreName);
}

/** Opens the store of {@link storeOption}. */
export function openStore({ store, local }: Pick<Options, 'store' | 'local'>): Promise<EditionStore> | EditionStore {
  if (store.kind === 's3') return s3Store(store.id, process.env);
  if (local === true) return localStore(store.kind);
  if (store.id === '') {
    const which = store.kind === 'kv' ? 'kv:<namespace id>' : 'r2:<bucket>';
    throw new Error(`--store ${store.kind} names no store; write ${which}, or add --local`);
  }
  const account = { ...accountFrom(process.env), onPause: pauseReporter() };
  return store.kind === 'kv' ? kvStore(account, store.id) : r2Store(account, store.id);
}

/** Returns a function that reports a pause of 5 seconds or more, once for all requests that wait at the same time. */
function pauseReporter(): (seconds: number) => void {
  let until = 0;
  return (seconds) => {
    const now = Date.now();
    if (seconds < 5 || now < until) return;
    until = now + seconds * 1000;
    process.stderr.write(`Cloudflare is not accepting requests; trying again in ${Math.ceil(seconds)} seconds\n`);
  };
}

function parseStoreName(text: string): StoreName {
  if (text.startsWith('s3://')) return { kind: 's3', id: text };
  const [, kind, id = ''] = /^(kv|r2)(?::([\w-]+))?$/.exec(text) ?? [];
  if (kind === 'kv' || kind === 'r2') return { kind, id };
  throw new InvalidArgumentError('It must be kv:<namespace id>, r2:<bucket> or s3://bucket/prefix.');
}

function parseDays(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a number of days, 1 or more.');
  return Number(text);
}
