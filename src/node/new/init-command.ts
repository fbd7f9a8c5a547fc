import { basename, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { oneLine } from '../../article/plain-text.ts';
import { isTimezone, localDateTime } from '../../article/seed/date.ts';
import { siteAddress } from '../../article/web-address.ts';
import { isTagBase } from '../../publication/identity.ts';
import { defaultDir } from '../folder/options/articles-folder.ts';
import { addExamples } from '../terminal/command-help.ts';
import { isJson, isQuiet, writeResult } from '../terminal/output.ts';
import { hostOf, type InitFile, initFolder, type NewFolder } from './init.ts';
import { type ReadFolder, writeArticle } from './new-command.ts';
import { uniqueTagBase } from './new-seed.ts';

interface Options {
  readonly title?: string;
  readonly url?: string;
}

/** Adds the command `init`. */
export function addInitCommand(program: Command, read: ReadFolder): void {
  const command = program
    .command('init')
    .description('set up a folder: settings, a first article, a worker; never overwrites a file')
    .argument('[dir]', 'folder of the publication', '.')
    .option('--title <text>', 'title of the publication (default: the name of the folder)', parseTitle)
    .option('--url <address>', 'its public URL', parseUrl)
    .option('--json', 'write the files as JSON')
    .action((dir: string, options: Options) => {
      const made = initFolder(dir, newFolder(dir, options, Date.now()), (seeds) =>
        writeArticle('Hello, world', seeds, read),
      );
      writeResult(made.map(lineOf).join(''), { files: made });
      const inside = dir === '.' ? '' : `cd ${JSON.stringify(dir)}; `;
      const first = read(join(dir, defaultDir)).hasUrl ? '' : 'set url in seeds/publication.yaml, then ';
      const next = `${inside}npx dateline serve shows it locally; ${first}npx wrangler deploy puts it online\n`;
      if (!isJson() && !isQuiet()) process.stdout.write(next);
    });
  addExamples(command, [
    [
      'dateline init --title "The Daily" --url https://daily.example/',
      'sets up the current folder, empty or with articles in ./seeds',
    ],
    ['dateline init news', 'sets up ./news, with the articles in ./news/seeds'],
  ]);
}

/** Derives the settings of a publication from its folder, its URL and this machine. */
export function newFolder(dir: string, { title, url }: Options, now: number): NewFolder {
  const name = basename(resolve(dir));
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const timezone = isTimezone(timeZone) ? timeZone : 'UTC';
  return omitUndefined({
    title: title ?? titleOf(name),
    url,
    id: idBase(url, localDateTime(now, timezone).slice(0, 10)),
    language: languageOf(locale),
    timezone,
    worker: workerName(name, url),
    seeds: defaultDir,
  });
}

/** Turns `harbour-news` into "Harbour news". */
function titleOf(folder: string): string {
  const words = oneLine(folder.replace(/[-_]+/g, ' '));
  return words === '' ? 'Articles' : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Turns the locale `de_DE.UTF-8` into `de-DE`, and `C` into `en`. */
function languageOf(locale: string): string {
  const tag = locale.replace(/[.@].*$/, '').replaceAll('_', '-');
  try {
    return (/^[a-z]{2,3}(?:-|$)/i.test(tag) && Intl.getCanonicalLocales(tag)[0]) || 'en';
  } catch {
    return 'en';
  }
}

/**
 * Returns the beginning of ids: the publisher's domain and today's date (RFC 4151 §2.1), or without a domain a unique
 * name, because ids that are written into articles never change.
 */
function idBase(url: string | undefined, day: string): string {
  const host = hostOf(url);
  const own = `tag:${host},${day}:`;
  return /\.[a-z][a-z0-9-]+$/.test(host) && isTagBase(own) ? own : uniqueTagBase();
}

/** Returns a name that Cloudflare accepts; at workers.dev it is the first part of the host. */
function workerName(folder: string, url: string | undefined): string {
  const own = /^([a-z0-9-]+)\.[a-z0-9-]+\.workers\.dev$/.exec(hostOf(url))?.[1];
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 54)
    .replace(/^-+|-+$/g, '');
  return own ?? (name === '' ? 'dateline' : name);
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
