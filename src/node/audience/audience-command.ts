import { statSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { type DayCounts, dayOf } from '../../http/audience/counts.ts';
import { writeCsv } from '../../http/audience/page/audience-csv.ts';
import { type AudienceReport, reportOf } from '../../http/audience/report.ts';
import { articlesFolder, defaultFolder } from '../folder/options/articles-folder.ts';
import { publicationHome } from '../folder/options/publication-file.ts';
import { reasonOf } from '../published/load-document.ts';
import { statePath } from '../state/state-file.ts';
import { addExamples } from '../terminal/command-help.ts';
import { writeNote, writeResult } from '../terminal/output.ts';
import { count } from '../terminal/report.ts';
import { audienceName, readBook } from './audience-file.ts';
import { audienceText } from './audience-text.ts';

interface Options {
  readonly url?: string;
  readonly csv?: true;
  readonly json?: true;
  readonly host?: readonly string[];
  readonly since?: string;
  readonly state?: string;
}

/** Adds the command `audience`. */
export function addAudienceCommand(program: Command): void {
  const command = program
    .command('audience')
    .argument('[paths...]', 'a folder of articles, or access logs, also compressed; - for standard input')
    .description('show how many people read each feed, from polls alone')
    .option('--url <address>', 'ask this server or worker; AUDIENCE_TOKEN in the environment is its token')
    .option('--since <day>', 'leave out what is before this day, such as 2026-11-01', day)
    .option('--host <names>', 'count only the lines of one host in access logs, or of several: a.org,b.org', names)
    .option('--csv', 'write the readers of each feed by day as CSV')
    .option('--json', 'write everything as JSON')
    .option('--state <dir>', 'where the numbers of the folder are, if not in its .dateline')
    .action(async (paths: readonly string[], options: Options) => {
      if (options.url !== undefined && paths.length > 0)
        command.error('error: a folder or logs cannot be used with --url');
      if (options.url !== undefined && (options.since ?? options.host) !== undefined)
        command.error('error: --since and --host cannot be used with --url');
      const report = options.url === undefined ? reportOf(await daysOf(paths, options)) : await askFor(options.url);
      if (options.csv === true) process.stdout.write(writeCsv(report));
      else writeResult(audienceText(report), report);
    });
  addExamples(command, [
    ['dateline audience', 'what `dateline serve` counted for ./seeds'],
    ['dateline audience access.log*', 'counts the access logs of a web server'],
    ['dateline audience --url https://news.example.org --csv', 'what the worker there counted'],
  ]);
}

function day(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be a day such as 2026-11-01.');
}

function names(text: string): readonly string[] {
  return text.split(',').map((one) => one.trim());
}

async function daysOf(paths: readonly string[], options: Options): Promise<readonly DayCounts[]> {
  const isFolder = (path: string): boolean => path !== '-' && statSync(path).isDirectory();
  const [dir = defaultFolder()] = paths;
  const isOfFolder = paths.length === 0 || (paths.length === 1 && isFolder(dir));
  const days = isOfFolder ? ofFolder(dir, options) : await ofLogs(paths, options.host);
  return days.filter(({ day }) => day >= (options.since ?? ''));
}

/** A server of a store has no folder of articles, only a state. */
function ofFolder(dir: string, { state }: Options): readonly DayCounts[] {
  const home = state === undefined ? publicationHome(articlesFolder(dir)) : '';
  const days = readBook(statePath(home, audienceName, state), dayOf(Date.now()));
  if (days !== undefined) return days;
  throw new Error(
    `no readers of ${state ?? dir} are counted; set "audience: true" in its publication.yaml and serve it, or name the access logs of your web server`,
  );
}

async function ofLogs(files: readonly string[], wanted: readonly string[] = []): Promise<readonly DayCounts[]> {
  const { countLogs } = await import('./logs/count-logs.ts');
  const { days, lines, counted, hosts, repeated } = await countLogs(files, wanted);
  const found = hosts.slice(0, longestList).join(', ');
  if (counted === 0 && wanted.length > 0)
    throw new Error(
      hosts.length === 0
        ? 'no line about a feed names a host, so --host cannot be used'
        : `no line about a feed has the host ${wanted.join(', ')}; the logs have ${found}`,
    );
  if (lines > 0 && counted === 0) throw new Error('no line is about a feed, or the format of the logs is unknown');
  writeNote(`${count(lines, 'line')}, ${counted} of them about feeds and episodes`);
  if (hosts.length > 1 && wanted.length === 0)
    writeNote(`several hosts are counted together: ${found}; --host selects one`);
  if (repeated.length > 0)
    writeNote(
      `readers of ${repeated.join(', ')} may be counted twice: there are too many to remember, so name the logs in the order of their dates`,
    );
  return days;
}

/** The most hosts in a message. */
const longestList = 10;

/** Asks a server or a worker. The token is sent only by https or to this machine. */
async function askFor(address: string): Promise<AudienceReport> {
  const token = process.env.AUDIENCE_TOKEN;
  if (token === undefined) throw new Error('set AUDIENCE_TOKEN in the environment to the token of the server');
  if (!URL.canParse(address)) throw new Error(`${address} is not an address`);
  const url = new URL(address);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !isLocal) throw new Error('the token is sent only by https, or to this machine');
  const response = await fetch(new URL('_audience.json', url), {
    headers: { Authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  }).catch((error: unknown) => {
    const reason = reasonOf(error);
    throw new Error(`${url.href} does not answer: ${reason instanceof Error ? reason.message : String(reason)}`);
  });
  if (response.status === 404)
    throw new Error(`${url.href} has no numbers for this token; its own AUDIENCE_TOKEN needs at least 16 characters`);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  const report = (await response.json().catch(() => undefined)) as AudienceReport | undefined;
  if (!Array.isArray(report?.feeds))
    throw new Error(`${url.href} answered with something else than numbers of readers`);
  return report;
}

/** Milliseconds. */
const timeout = 30_000;
