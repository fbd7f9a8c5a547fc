import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { markdownType } from '../../../feed/article-markdown.ts';
import { formats } from '../../../feed/formats.ts';
import { chaptersType } from '../../../feed/rss/rss-episode.ts';
import {
  browserType,
  filePolicy,
  referrerPolicy,
  scriptlessPolicy,
  svgPolicy,
} from '../../../http/response/header-fields.ts';
import { isXmlFeed } from '../../../http/response/respond.ts';
import { routes } from '../../../http/routes.ts';
import { mediaFolder, normalizePath } from '../../../publication/addresses/address.ts';
import { miningFields } from '../../../publication/site/machine-policy.ts';
import { hasTwins } from '../../../publication/site/markdown-uses.ts';
import { goneTarget, homeOf, type Site } from '../../../publication/site/site.ts';
import { siteRootMediaType } from '../../folder/files/site-root-files.ts';
import type { Draft } from '../draft/draft.ts';
import type { Redirect } from './redirect-pages.ts';

/**
 * Writes the configuration that Cloudflare Pages and Netlify read: `_headers`, which gives feeds the media types that a
 * server sends and keeps the publication's `own` files from running scripts, and `_redirects`, with the publication's
 * own redirects, the addresses that readers guess, and `moved`, the old addresses of articles.
 */
export async function writeHostRules(
  site: Site,
  draft: Draft,
  own: readonly string[],
  moved: readonly Redirect[],
): Promise<void> {
  const media = existsSync(join(draft.folder, mediaFolder)) ? await listMedia(draft.folder) : undefined;
  const ownRules = policyRules(scriptlessPolicy, ownAddresses(own));
  const mediaRules = media === undefined ? '' : mediaHeaders + policyRules(svgPolicy, media.filter(hasOddEnding));
  await draft.addText('_headers', pageHeaders + miningHeaders(site) + feedHeaders(site) + mediaRules + ownRules);
  await draft.addText('_redirects', redirects(site, moved));
}

/** The headers of media files. */
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

/** More fields of the same rule. */
function miningHeaders(site: Site): string {
  return Object.entries(miningFields(site))
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('');
}

/** Lists the media files as paths inside the folder. */
async function listMedia(folder: string): Promise<string[]> {
  const paths = await readdir(join(folder, mediaFolder), { recursive: true });
  return paths.map((path) => `${mediaFolder}/${path.split(sep).join('/')}`);
}

/** Hosts compare paths letter by letter. */
function hasOddEnding(path: string): boolean {
  return /\.svg$/i.test(path) && !path.endsWith('.svg');
}

/** The folders in which the site has pages of its own, whose script must run. */
const sitePages = new Set(routes.map(({ path }) => path.split('/')[1]));

/** Cloudflare reads 100 rules; the other documents need at most 20. */
const ownLimit = 80;

/** The addresses, or patterns of them, at which a host shows the publication's own files as pages. */
function ownAddresses(own: readonly string[]): readonly string[] {
  const addresses = new Set<string>();
  for (const path of own) {
    const type = siteRootMediaType(path);
    // A host may give an unknown file any type.
    if (filePolicy(type) === undefined && type !== 'application/octet-stream') continue;
    const [folder = '', ...below] = path.split('/');
    if (below.length > 0 && !sitePages.has(folder)) addresses.add(`${rulePath(folder)}/*`);
    // Hosts leave out the ending.
    else for (const one of [path, path.replace(/(?:(^|\/)index)?\.html?$/i, '$1')]) addresses.add(rulePath(one));
  }
  return addresses.size > ownLimit ? ['*'] : [...addresses];
}

function policyRules(policy: string, addresses: readonly string[]): string {
  return addresses.map((address) => `/${address}\n  Content-Security-Policy: ${policy}\n`).join('');
}

/** Writes the headers of feeds, one rule per path: when several match, a host joins their values with commas. */
export function feedHeaders(site: Site): string {
  const { ttl, url, hub, podcast } = site;
  // WebSub §4. A rule below the root covers many feeds, which name hub and self in the document.
  const linkOf = (file: string): string =>
    hub === undefined ? '' : `  Link: <${new URL(file, url).href}>; rel="self", <${hub}>; rel="hub"\n`;
  const documents = [
    ...formats.flatMap(({ file, contentType: own }) => {
      // These hosts can't tell browsers from feed readers. Feed readers accept the type that browsers need.
      const contentType = isXmlFeed.test(own) ? browserType : own;
      return [
        { path: `/${file}`, contentType, link: linkOf(file) },
        { path: `/*/${file}`, contentType, link: '' },
      ];
    }),
    { path: '/feeds.opml', contentType: 'text/x-opml; charset=utf-8', link: '' },
    ...(hasTwins(site) ? [{ path: '/articles/*.md', contentType: markdownType, link: '' }] : []),
    ...(podcast === undefined ? [] : [{ path: '/articles/*/chapters.json', contentType: chaptersType, link: '' }]),
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
function target(to: string, site: Site): string {
  const { href, origin, pathname, search, hash } = new URL(to, homeOf(site));
  return origin === new URL(site.url).origin ? pathname + search + hash : href;
}

/** Encodes the characters that have a meaning in a rule. */
function rulePath(path: string): string {
  return normalizePath(path).replaceAll('*', '%2A').replaceAll(':', '%3A').replaceAll(' ', '%20');
}
