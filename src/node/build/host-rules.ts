import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formats } from '../../feed/formats.ts';
import { referrerPolicy, svgPolicy } from '../../http/header-fields.ts';
import { mediaFolder, normalizePath } from '../../publication/address.ts';
import { goneTarget, type Site } from '../../publication/site.ts';
import type { Redirect } from './redirect-pages.ts';

/**
 * Writes the configuration that Cloudflare Pages and Netlify read: `_headers`, which gives feeds the media types that a
 * server sends, and `_redirects`, with the publication's own redirects, the addresses that readers guess, and `moved`,
 * the old addresses of articles.
 */
export async function writeHostRules(
  site: Site,
  folder: string,
  hasMedia: boolean,
  moved: readonly Redirect[],
): Promise<void> {
  await writeFile(join(folder, '_headers'), pageHeaders + feedHeaders(site) + (hasMedia ? mediaHeaders : ''));
  await writeFile(join(folder, '_redirects'), redirects(site, moved));
}

/** The headers of media files, on static hosts and at the edge. */
export const mediaHeaders = `/${mediaFolder}/*
  X-Content-Type-Options: nosniff
  Access-Control-Allow-Origin: *
/${mediaFolder}/*.svg
  Content-Security-Policy: ${svgPolicy}
`;

/** For everything, since the paths of pages have no pattern of their own. No other rule has this field. */
const pageHeaders = `/*
  Referrer-Policy: ${referrerPolicy}
`;

/** Writes one rule per path: when several match, a host joins their values with commas. */
function feedHeaders({ ttl, url, hub }: Site): string {
  // WebSub §4. A rule below the root covers many feeds, which name hub and self in the document.
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

/** Cloudflare Pages reads this many rules, each this long. Further old addresses have only their redirect pages. */
const limits = { rules: 2000, characters: 1000 };

/**
 * Writes the publication's own redirects first. These hosts cannot answer 410, so what is gone gets no rule and is
 * answered 404.
 */
function redirects(site: Site, moved: readonly Redirect[]): string {
  const own = Object.entries(site.redirects).filter(([, to]) => to !== goneTarget);
  const aliases = formats.flatMap(({ file, aliases }) => aliases.map((alias) => `${alias} /${file} 200\n`));
  const rule = ([from, to]: Redirect): string => `${rulePath(from)} ${target(to, site)} 301\n`;
  const rules = [...own.map(rule), ...aliases];
  const more = moved.map(rule).filter((rule) => rule.length <= limits.characters);
  return rules.concat(more.slice(0, Math.max(0, limits.rules - rules.length))).join('');
}

/** Writes an address of this site as a path, which is valid on every host that serves the files. */
function target(to: string, { url }: Site): string {
  const { href, origin, pathname, search, hash } = new URL(to, url);
  return origin === new URL(url).origin ? pathname + search + hash : href;
}

/** Encodes the characters that have a meaning in a rule. */
function rulePath(path: string): string {
  return normalizePath(path).replaceAll('*', '%2A').replaceAll(':', '%3A').replaceAll(' ', '%20');
}
