import { type Command, InvalidArgumentError, Option } from 'commander';
import { instantOf } from '../../article/seed/date.ts';
import { edgeFolder } from '../build/build.ts';
import { addExamples, addFolder } from '../terminal/command-help.ts';
import { showProgress } from '../terminal/progress.ts';
import { count } from '../terminal/report.ts';
import { accountFrom } from './cloudflare-api.ts';
import { kvStore, r2Store } from './cloudflare-stores.ts';
import type { EditionStore } from './edition-store.ts';
import { localStore } from './local-store.ts';
import { publishEdition, rollBack } from './publish-edition.ts';

/** Where an edition is published to: the kind of store and, but for a local one, which of them. */
interface StoreName {
  readonly kind: 'kv' | 'r2';
  readonly id: string;
}

interface Options {
  readonly store: StoreName;
  readonly out: string;
  readonly local?: true;
  readonly rollback?: string | true;
}

/** Adds the command `publish`; `build` writes into `out` what the worker needs. */
export function addPublishCommand(
  program: Command,
  build: (dir: string, out: string) => Promise<void>,
): void {
  const command = addFolder(program.command('publish'))
    .description('put what the worker needs into KV or R2, without a deploy')
    .addOption(
      new Option('--store <name>', 'kv:<namespace id> or r2:<bucket>; with --local kv or r2')
        .argParser(storeName)
        .makeOptionMandatory(),
    )
    .option('--local', 'the store that wrangler dev reads on this machine')
    .option('--rollback [edition]', 'go back to the edition before this one, or to the one of that name')
    .option('-o, --out <dir>', 'where to build', 'dist/site')
    .action(async (dir: string, options: Options) => {
      if (options.rollback === undefined) await build(dir, options.out);
      const store = await openStore(options);
      try {
        process.stdout.write(`${await run(store, options)}\n`);
      } finally {
        await store.close();
      }
    });
  addExamples(command, [
    ['dateline publish --store r2:news', 'puts ./seeds into the bucket "news"'],
    ['dateline publish --rollback --store r2:news', 'goes back to the edition before'],
    ['dateline publish --local --store kv', 'fills the store of `wrangler dev`'],
  ]);
}

async function run(store: EditionStore, { rollback, out }: Options): Promise<string> {
  const now = instantOf(Date.now()) ?? '';
  if (rollback !== undefined) {
    const name = await rollBack(store, now, rollback === true ? undefined : rollback);
    return `${store.name} shows edition ${name} again`;
  }
  const { uploaded, objects, edition } = await publishEdition(edgeFolder(out), store, now, showProgress);
  const shows = edition === undefined ? 'shows this edition already' : `shows edition ${edition}`;
  return `${store.name}: ${uploaded} of ${count(objects, 'object')} uploaded; it ${shows}`;
}

function openStore({ store, local }: Options): Promise<EditionStore> | EditionStore {
  if (local === true) return localStore(store.kind);
  if (store.id === '') {
    const which = store.kind === 'kv' ? 'kv:<namespace id>' : 'r2:<bucket>';
    throw new Error(`--store ${store.kind} does not say which; write ${which}, or add --local`);
  }
  const account = { ...accountFrom(process.env), onPause: sayPause() };
  return store.kind === 'kv' ? kvStore(account, store.id) : r2Store(account, store.id);
}

/** Says that it waits, once for all the requests that wait together; a short pause is not worth a word. */
function sayPause(): (seconds: number) => void {
  let until = 0;
  return (seconds) => {
    const now = Date.now();
    if (seconds < 5 || now < until) return;
    until = now + seconds * 1000;
    process.stderr.write(
      `Cloudflare takes nothing right now; trying again in ${Math.ceil(seconds)} seconds\n`,
    );
  };
}

function storeName(text: string): StoreName {
  const [, kind, id = ''] = /^(kv|r2)(?::([\w-]+))?$/.exec(text) ?? [];
  if (kind !== 'kv' && kind !== 'r2')
    throw new InvalidArgumentError('It must be kv:<namespace id> or r2:<bucket>.');
  return { kind, id };
}
