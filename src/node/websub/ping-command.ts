import { type Command, InvalidArgumentError, Option } from 'commander';
import { hasErrors } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import type { Edition } from '../../publication/publication.ts';
import { messageOf } from '../disk/write/file-error.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { addFolderArgument } from '../folder/options/folder-argument.ts';
import { addExamples } from '../terminal/command-help.ts';
import { writeFailure, writeResult, writeSummary } from '../terminal/output.ts';
import { count, report, tally } from '../terminal/report.ts';
import { findHubProblem } from './notify-hub.ts';
import { allTopics, editionOf, type PublishedTopic, ping } from './ping.ts';
import { type PingRecord, readRecord, recordFile, writeRecord } from './ping-record.ts';
import { hashIn } from './topics.ts';

interface CommandOptions {
  /** Seconds. */
  readonly wait: number;
  readonly dryRun?: true;
  readonly out: string;
}

/** Adds the command `ping`; `read` reads a folder. */
export function addPingCommand(program: Command, read: (dir: string) => FolderSnapshot): void {
  const command = addFolderArgument(program.command('ping'))
    .description('notify the hub of the feeds that changed, once they are visible')
    .addOption(
      new Option('--wait <seconds>', 'how long feeds may take to be visible, and the hub to answer')
        .default(120)
        .argParser(parseSeconds),
    )
    .option('--json', 'write the result as JSON')
    .option('--dry-run', 'list the addresses of these feeds, and notify nobody')
    .option('-o, --out <dir>', 'where the build is; the record of pings is kept beside it', 'dist/site')
    .action(async (dir: string, options: CommandOptions) => {
      await run(read(dir), options);
    });
  addExamples(command, [
    ['dateline ping', 'notifies the hub of what changed in ./seeds since the last ping'],
    ['dateline ping --dry-run', 'lists the feeds that it would be notified of'],
  ]);
}

/** Milliseconds between two lines of progress, and between two writes of the record. */
const progressInterval = 5_000;

/** What one run of the command has done so far. */
interface Progress {
  line: string;
  /** The record to be written: every topic that the hub knows. */
  readonly record: Record<string, string>;
  isSaved: boolean;
}

async function run(reading: FolderSnapshot, { wait, dryRun, out }: CommandOptions): Promise<void> {
  const { hub } = reading.site;
  const problem = hasErrors(reading.problems) ? reportErrors(reading) : findHubProblem(reading);
  if (problem !== undefined || hub === undefined) throw new Error(problem);
  const file = recordFile(out);
  const before = readRecord(file);
  if (before === undefined) writeFailure(`${file}: no record of pings, so every feed counts as changed`);
  const progress: Progress = { line: '', record: {}, isSaved: true };
  const timer = setInterval(() => {
    if (!progress.isSaved) save(file, progress);
    if (progress.line !== '') writeFailure(progress.line);
  }, progressInterval);
  try {
    const now = instantOf(Date.now()) ?? '';
    const edition = editionOf(reading, now);
    const { all, changed } = await findChanged(edition, now, before ?? {}, progress);
    if (dryRun === true) {
      const urls = changed.map(({ url }) => url);
      writeResult(urls.map((url) => `${url}\n`).join(''), { changed: urls });
      return;
    }
    // Fails before the hub is notified: without a record, every run would notify it again.
    writeRecord(file, before ?? {});
    const accepted = await notify(hub, edition, changed, wait * 1000, progress);
    // Topics that are no longer published leave the record, too.
    writeRecord(file, progress.record);
    const outcome =
      changed.length === 0
        ? `nothing to do: none of ${count(all, 'feed')} changed since the last ping`
        : `notified ${hub} of ${accepted} of ${count(all, 'feed')}`;
    writeSummary(outcome, { hub, feeds: all, changed: changed.length, accepted });
  } finally {
    clearInterval(timer);
  }
}

/** Saves the record meanwhile. A failure is only a warning, since the record is written once more at the end. */
function save(file: string, progress: Progress): void {
  try {
    writeRecord(file, progress.record);
    progress.isSaved = true;
  } catch (error) {
    writeFailure(messageOf(error));
  }
}

function reportErrors({ problems, sources }: FolderSnapshot): string {
  process.stderr.write(report(problems, 'text', { stream: process.stderr }));
  return `the hub was not notified: ${tally(sources.length, problems)}`;
}

/** Renders every topic, and finds those whose hash is not in the record. The others are recorded as they were. */
async function findChanged(edition: Edition, now: string, before: PingRecord, progress: Progress) {
  const changed: PublishedTopic[] = [];
  let all = 0;
  const onProgress = (done: number, pages: number): void => {
    progress.line = `rendered the feeds of ${done} of ${count(pages, 'page')}`;
  };
  for await (const topic of allTopics(edition, now, onProgress)) {
    all += 1;
    const hash = Object.hasOwn(before, topic.url) ? before[topic.url] : undefined;
    if (hash !== undefined) progress.record[topic.url] = hash;
    if (hash !== hashIn(topic.etag)) changed.push(topic);
  }
  return { all, changed };
}

/** Notifies the hub and returns the number of topics that it accepted. */
async function notify(
  hub: string,
  edition: Edition,
  changed: readonly PublishedTopic[],
  wait: number,
  progress: Progress,
): Promise<number> {
  let [accepted, visible] = [0, 0];
  const showProgress = (): void => {
    progress.line = `${visible} of ${count(changed.length, 'feed')} visible, ${accepted} accepted by the hub`;
  };
  await ping(edition, changed, {
    hub,
    wait,
    onAccepted: ({ url, etag }) => {
      progress.record[url] = hashIn(etag);
      progress.isSaved = false;
      accepted += 1;
      showProgress();
    },
    onVisible: (done) => {
      visible = done;
      showProgress();
    },
    onWarning: (line) => {
      writeFailure(line);
      process.exitCode = 1;
    },
  });
  return accepted;
}

function parseSeconds(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It must be a number of seconds, from 0 to 99999.');
  return Number(text);
}
