import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formats } from '../../feed/formats.ts';
import { svgPolicy } from '../../http/header-fields.ts';
import { mediaFolder, spellPath } from '../../publication/address.ts';
import { goneTarget, type Site } from '../../publication/site.ts';
import type { Moved } from './redirect-pages.ts';

/**
 * Writes what Cloudflare Pages and Netlify read: `_headers`, by which feeds have the media types that a server would
 * give them, and `_redirects`, with the addresses that readers guess and those that moved: what the publication says, and `moved`,
 * where its articles were.
 */
export async function writeHostRules(
  site: Site,
  folder: string,
  hasMedia: boolean,
  moved: readonly Moved[],
): Promise<void> {
  await writeFile(join(folder, '_headers'), feedHeaders(site) + (hasMedia ? mediaHeaders : ''));
  await writeFile(join(folder, '_redirects'), redirects(site, moved));
}

/** What files beside articles need, at the edge too. */
export const mediaHeaders = `/${mediaFolder}/*
  X-Content-Type-Options: nosniff
  Access-Control-Allow-Origin: *
/${mediaFolder}/*.svg
  Content-Security-Policy: ${svgPolicy}
`;

/** No two rules for one path: where several match, a host joins their values with commas. */
function feedHeaders({ ttl, url, hub }: Site): string {
  // WebSub §4. Below the root a rule stands for many feeds, which say it inside.
  const linkOf = (file: string): string =>
    hub === undefined ? '' : `  Link: <${new URL(file, url).href}>; rel="self", <${hub}>; rel="hub"\n`;
  const documents = [
    ...formats.flatMap(({ file, contentType }) => [
      { path: `/${file}`, contentType, link: linkOf(file) },
      { path: `/*/${file}`, contentType, link: '' },
    ]),
    { path: '/feeds.opml', contentType: 'text/x-opml; charset=utf-8', link: '' },
  ];
  return documents
    .map(
      ({ path, contentType, link }) => `${path}
  Content-Type: ${contentType}
  Cache-Control: public, max-age=${ttl * 60}
  Access-Control-Allow-Origin: *
  Access-Control-Expose-Headers: ETag, Last-Modified, Link
  X-Content-Type-Options: nosniff
${link}`,
    )
    .join('');
}

/** Cloudflare Pages reads so many rules, each of so many characters; beyond them a page leads on. */
const limits = { rules: 2000, characters: 1000 };

/**
 * The publication's own redirects go first. These hosts know no 410: what is gone is not found there, as it is without
 * a rule.
 */
function redirects(site: Site, moved: readonly Moved[]): string {
  const own = Object.entries(site.redirects).filter(([, to]) => to !== goneTarget);
  const aliases = formats.flatMap(({ file, aliases }) => aliases.map((alias) => `${alias} /${file} 200\n`));
  const rule = ([from, to]: Moved): string => `${rulePath(from)} ${target(to, site)} 301\n`;
  const rules = [...own.map(rule), ...aliases];
  const more = moved.map(rule).filter((rule) => rule.length <= limits.characters);
  return rules.concat(more.slice(0, Math.max(0, limits.rules - rules.length))).join('');
}

/** An address of this site as a path, so that it holds on every host that serves the files. */
function target(to: string, { url }: Site): string {
  const { href, origin, pathname, search, hash } = new URL(to, url);
  return origin === new URL(url).origin ? pathname + search + hash : href;
}

/** What has a meaning in a rule is encoded, and a space would end it. */
function rulePath(path: string): string {
  return spellPath(path).replaceAll('*', '%2A').replaceAll(':', '%3A').replaceAll(' ', '%20');
}
