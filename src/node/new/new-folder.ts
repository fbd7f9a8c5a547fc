import { basename, resolve } from 'node:path';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { oneLine } from '../../article/plain-text.ts';
import { isTimezone, localDateTime } from '../../article/seed/date.ts';
import { isTagBase } from '../../publication/site/identity.ts';
import { defaultDir } from '../folder/options/articles-folder.ts';
import { hostOf, type NewFolder } from './init.ts';
import { uniqueTagBase } from './new-seed.ts';

/** Derives the settings of a publication from its folder, its URL and this machine. */
export function newFolder(
  dir: string,
  { title, url }: { readonly title?: string; readonly url?: string },
  now: number,
): NewFolder {
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
export function idBase(url: string | undefined, day: string): string {
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
