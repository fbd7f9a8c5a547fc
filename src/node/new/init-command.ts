import { basename, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { oneLine } from '../../article/plain-text.ts';
import { isTimezone, localDateTime } from '../../article/seed/date.ts';
import { siteAddress } from '../../article/web-address.ts';
import { isTagBase } from '../../publication/identity.ts';
import { defaultDir } from '../folder/articles-folder.ts';
import { addExamples } from '../terminal/command-help.ts';
import { initFolder, type MadeFile, type NewFolder } from './init.ts';
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
    .description('make a folder ready: settings, a first article, a worker; never overwrites')
    .argument('[dir]', 'folder of the publication', '.')
    .option('--title <text>', 'what the publication is called; by default after the folder', title)
    .option('--url <address>', 'its public address', address)
    .action((dir: string, options: Options) => {
      const made = initFolder(dir, newFolder(dir, options, Date.now()), (seeds) =>
        writeArticle('Hello, world', seeds, read),
      );
      process.stdout.write(made.map(lineOf).join(''));
      const inside = dir === '.' ? '' : `cd ${JSON.stringify(dir)}; `;
      const first = read(join(dir, defaultDir)).hasUrl ? '' : 'set url in seeds/publication.yaml, then ';
      process.stdout.write(
        `${inside}npx dateline serve shows it here; ${first}npx wrangler deploy puts it online\n`,
      );
    });
  addExamples(command, [
    [
      'dateline init --title "The Daily" --url https://daily.example/',
      'in an empty folder, or in one with ./seeds',
    ],
    ['dateline init news', 'makes ./news, with the articles in ./news/seeds'],
  ]);
}

/** Gathers what the folder, the address and this machine tell of a publication. */
export function newFolder(dir: string, { title, url }: Options, now: number): NewFolder {
  const name = basename(resolve(dir));
  const written = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const timezone = isTimezone(timeZone) ? timeZone : 'UTC';
  return omitUndefined({
    title: title ?? titleOf(name),
    url,
    id: idBase(url, localDateTime(now, timezone).slice(0, 10)),
    language: languageOf(written),
    timezone,
    worker: workerName(name, url),
    seeds: defaultDir,
  });
}

/** `harbour-news` is called "Harbour news". */
function titleOf(folder: string): string {
  const words = oneLine(folder.replace(/[-_]+/g, ' '));
  return words === '' ? 'Articles' : words.charAt(0).toUpperCase() + words.slice(1);
}

/** `de_DE.UTF-8` is German as in Germany; `C` says nothing. */
function languageOf(locale: string): string {
  const tag = locale.replace(/[.@].*$/, '').replaceAll('_', '-');
  try {
    return (/^[a-z]{2,3}(?:-|$)/i.test(tag) && Intl.getCanonicalLocales(tag)[0]) || 'en';
  } catch {
    return 'en';
  }
}

/**
 * Mints under a domain of the publisher's from today on (RFC 4151 §2.1); without one, under a name that nobody else
 * will have, for an id that is written into an article stays there.
 */
function idBase(url: string | undefined, day: string): string {
  const host = url === undefined ? '' : new URL(url).hostname;
  const own = `tag:${host},${day}:`;
  return /\.[a-z][a-z0-9-]+$/.test(host) && isTagBase(own) ? own : uniqueTagBase();
}

/** What Cloudflare takes for a name; at workers.dev it is the first part of the address. */
function workerName(folder: string, url: string | undefined): string {
  const host = url === undefined ? '' : new URL(url).hostname;
  const own = /^([a-z0-9-]+)\.[a-z0-9-]+\.workers\.dev$/.exec(host)?.[1];
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 54)
    .replace(/^-+|-+$/g, '');
  return own ?? (name === '' ? 'dateline' : name);
}

function lineOf({ path, isNew, note }: MadeFile): string {
  const shown = join(path);
  return isNew
    ? `wrote ${shown}\n`
    : `kept ${shown}, which was there${note === undefined ? '' : `; ${note}`}\n`;
}

function title(text: string): string {
  const line = oneLine(text);
  if (line === '') throw new InvalidArgumentError('It is empty.');
  return line;
}

function address(text: string): string {
  const url = siteAddress(text);
  if (url === undefined)
    throw new InvalidArgumentError(
      'It must be an address such as https://news.example.org/, without "?" and "#".',
    );
  return url;
}
