import { type Command, InvalidArgumentError, Option } from 'commander';
import { hasErrors } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { addExamples, addFolder } from '../terminal/command-help.ts';
import { count, report, tally } from '../terminal/report.ts';
import { type ExpectedTopic, editionOf, expectedTopics } from './expected-topics.ts';
import { ping } from './ping.ts';
import { readRecord, recordFile, writeRecord } from './ping-record.ts';
import { hashIn } from './topics.ts';
import { obstacle } from './who-can-be-told.ts';

interface Options {
  readonly wait: number;
  readonly dryRun?: true;
  readonly out: string;
}

/** How often long work says how far it is, in milliseconds. */
const progressTime = 5_000;

/** Adds the command `ping`; `read` reads a folder. */
export function addPingCommand(program: Command, read: (dir: string) => FolderSnapshot): void {
  const command = addFolder(program.command('ping'))
    .description('tell the hub of the feeds that changed, once they are visible')
    .addOption(
      new Option('--wait <seconds>', 'how long feeds may take to be visible, and the hub to answer')
        .default(120)
        .argParser(seconds),
    )
    .option('--dry-run', 'list the addresses of these feeds, and tell nobody')
    .option('-o, --out <dir>', 'where the build is; what the hub was told is kept beside it', 'dist/site')
    .action(async (dir: string, options: Options) => {
      await run(read(dir), options);
    });
  addExamples(command, [
    ['dateline ping', 'tells the hub what changed in ./seeds since it was last told'],
    ['dateline ping --dry-run', 'lists the feeds that it would be told of'],
  ]);
}

async function run(reading: FolderSnapshot, { wait, dryRun, out }: Options): Promise<void> {
  const { problems, sources, site } = reading;
  if (hasErrors(problems)) {
    process.stderr.write(report(problems, 'text'));
    throw new Error(`nobody was told of anything: ${tally(sources.length, problems)}`);
  }
  const trouble = obstacle(reading);
  if (trouble !== undefined || site.hub === undefined) throw new Error(trouble);
  const file = recordFile(out);
  const record = readRecord(file);
  if (record === undefined)
    say(`${file}: no record of what the hub was told, so every feed counts as changed`);

  let progress = '';
  const hashes: Record<string, string> = {};
  const save = (): void => writeRecord(file, hashes);
  let isSaved = true;
  const timer = setInterval(() => {
    if (!isSaved) save();
    isSaved = true;
    if (progress !== '') say(progress);
  }, progressTime);
  try {
    const now = instantOf(Date.now()) ?? '';
    const edition = editionOf(reading, now);
    const changed: ExpectedTopic[] = [];
    let all = 0;
    for await (const topic of expectedTopics(edition, now, (done, pages) => {
      progress = `feeds made of ${done} of ${count(pages, 'page')}`;
    })) {
      all += 1;
      const known = record !== undefined && Object.hasOwn(record, topic.url) ? record[topic.url] : undefined;
      if (known !== undefined) hashes[topic.url] = known;
      if (known !== hashIn(topic.etag)) changed.push(topic);
    }
    if (dryRun === true) {
      process.stdout.write(changed.map(({ url }) => `${url}\n`).join(''));
      return;
    }
    // What can't be written down must not be told: it would be told again each time.
    writeRecord(file, record ?? {});
    let told = 0;
    let visible = 0;
    await ping(edition, changed, {
      hub: site.hub,
      wait: wait * 1000,
      onTold: ({ url, etag }) => {
        hashes[url] = hashIn(etag);
        isSaved = false;
        told += 1;
        progress = `${visible} of ${count(changed.length, 'feed')} visible, the hub told of ${told}`;
      },
      onVisible: (done) => {
        visible = done;
        progress = `${visible} of ${count(changed.length, 'feed')} visible, the hub told of ${told}`;
      },
      onTrouble: (line) => {
        say(line);
        process.exitCode = 1;
      },
    });
    // What is published no more goes from the record, too.
    save();
    const outcome =
      changed.length === 0
        ? `nothing to tell: none of ${count(all, 'feed')} changed since the hub was told`
        : `told ${site.hub} of ${told} of ${count(all, 'feed')}`;
    process.stdout.write(`${outcome}\n`);
  } finally {
    clearInterval(timer);
  }
}

function say(line: string): void {
  process.stderr.write(`dateline: ${line}\n`);
}

function seconds(text: string): number {
  if (!/^\d{1,5}$/.test(text))
    throw new InvalidArgumentError('It must be a number of seconds, from 0 to 99999.');
  return Number(text);
}
