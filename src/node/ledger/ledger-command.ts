import { type Command, Option } from 'commander';
import { printable } from '../../article/problem.ts';
import { addressOf, type Ledger, type LedgerEntry } from '../../publication/ledger.ts';
import { ledgerForm } from '../../publication/stored/stored-ledger.ts';
import { edgeFolder } from '../build/build.ts';
import { addFolderArgument } from '../folder/options/folder-argument.ts';
import { ledgerPathOf } from '../folder/options/state-option.ts';
import { readShown } from '../publish/pointer.ts';
import { publishedBefore } from '../publish/published-before.ts';
import { openStore } from '../store/open-store.ts';
import { parseStoreName, type StoreName } from '../store/store-name.ts';
import { addExamples } from '../terminal/command-help.ts';
import { writeNote } from '../terminal/output.ts';
import { count } from '../terminal/report.ts';
import { builtLedger, type FoundLedger, ledgerOf } from './find-ledger.ts';

interface Options {
  readonly format: 'text' | 'json';
  readonly json?: true;
  readonly out?: string;
  readonly store?: StoreName;
  readonly local?: true;
  readonly state?: string;
}

/** Adds the command `ledger`. */
export function addLedgerCommand(program: Command): void {
  const command = addFolderArgument(program.command('ledger'))
    .description('list what has been published: ids, addresses, dates')
    .addOption(new Option('--format <form>', 'form of the list').choices(['text', 'json']).default('text'))
    .option('--json', 'the same as --format json')
    .option('-o, --out <dir>', 'show the ledger of this build')
    .addOption(new Option('--store <name>', 'show that of this store, as for publish').argParser(parseStoreName))
    .option('--local', 'with --store, the store that wrangler dev reads on this machine')
    .option('--state <dir>', 'where the ledger of the folder is, if not in its .dateline')
    .action(async (dir: string, options: Options) => {
      const found = await find(dir, options);
      if (found === undefined)
        throw new Error(`${missing(dir, options)} has no ledger, because nothing is published there`);
      const isText = options.format === 'text' && options.json !== true;
      process.stdout.write(isText ? lines(found) : json(found));
      if (isText) writeNote(`${found.name}: ${tally(found.ledger)}`);
    });
  addExamples(command, [
    ['dateline ledger', 'lists what `dateline serve` has published from ./seeds, or else a build'],
    ['dateline ledger --out dist/site', 'lists what was published by builds'],
    ['dateline ledger --store r2:news --format json', 'lists what is published in the bucket "news"'],
  ]);
}

async function find(dir: string, options: Options): Promise<FoundLedger | undefined> {
  const { out, store: name, state } = options;
  if (out !== undefined) return builtLedger(out);
  if (name === undefined) return ledgerOf(ledgerPathOf(dir, { state }), 'dist/site');
  const store = await openStore(name, options.local === true);
  try {
    const before = await publishedBefore(store, await readShown(store, Date.now()), '');
    return before && { name: store.name, ledger: before.ledger, url: before.edition?.site.url ?? '' };
  } finally {
    await store.close();
  }
}

function missing(dir: string, { out, store }: Options): string {
  if (out !== undefined) return edgeFolder(out);
  return store === undefined ? dir : 'the store';
}

function sorted({ articles }: Ledger): (readonly [id: string, entry: LedgerEntry])[] {
  return [...articles].sort(([a, one], [b, two]) => {
    if (one.shown !== two.shown) return one.shown < two.shown ? -1 : 1;
    return a < b ? -1 : 1;
  });
}

/** One line an article, with tabs between the columns: id, address, first visible, last change, and how it ended. */
function lines({ ledger, url }: FoundLedger): string {
  return sorted(ledger)
    .map(([id, entry]) => {
      const { shown, changed, expires, withdrawn } = entry;
      const address = addressOf(entry, { url });
      const end = withdrawn === undefined ? expires && `expires ${expires}` : `withdrawn ${withdrawn}`;
      const columns = [id, address, `first ${shown}`, `changed ${changed}`, ...(end === undefined ? [] : [end])];
      return `${columns.map(printable).join('\t')}\n`;
    })
    .join('');
}

function json({ ledger, url }: FoundLedger): string {
  const { paths, oldPaths } = ledger;
  const articles = sorted(ledger).map(([id, entry]) => ({ id, ...entry, address: addressOf(entry, { url }) }));
  const all = { form: ledgerForm, articles, paths: Object.fromEntries(paths), oldPaths: Object.fromEntries(oldPaths) };
  return `${JSON.stringify(all, null, 2)}\n`;
}

function tally({ articles }: Ledger): string {
  const withdrawn = [...articles.values()].filter((entry) => entry.withdrawn !== undefined).length;
  return `${count(articles.size, 'article')}, ${withdrawn} of them withdrawn`;
}
