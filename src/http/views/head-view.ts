import { html } from 'hono/html';
import { type Format, formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import { rslType } from '../../feed/site/machine-policy.ts';
import { licensePath } from '../../publication/addresses/address.ts';
import type { Alternate } from '../../publication/addresses/translations.ts';
import { miningTerms, reservesMining } from '../../publication/site/machine-policy.ts';
import type { Site } from '../../publication/site/site.ts';
import { namedSlices } from '../../publication/slices/membership.ts';
import { type Slice, siteOfSlice } from '../../publication/slices/slice.ts';
import { contentPolicy, referrerPolicy } from '../response/header-fields.ts';
import { brandView } from './brand-view.ts';
import type { Html } from './language-view.ts';

/** A page's metadata for search engines, feed readers and link previews. */
export interface Metadata {
  readonly title: string;
  /** By default the publication's. */
  readonly description?: string;
  /** The page's absolute URL; absent if it should not be indexed. */
  readonly canonical?: string;
  /** Relative URLs of the pages with older and newer articles. */
  readonly older?: string | undefined;
  readonly newer?: string | undefined;
  /** Feeds of the page's own, in the formats' files of a folder. */
  readonly feed?: { readonly title: string; readonly folder: string };
  /** The path of the page in Markdown. */
  readonly twin?: string | undefined;
  /** The addresses of an article in all its languages. */
  readonly alternates?: readonly Alternate[];
  /** An article's Open Graph and JSON-LD. */
  readonly about?: Html;
  /** The page's breadcrumbs, as JSON-LD. */
  readonly crumbs?: Html | undefined;
}

interface Place {
  readonly site: Site;
  readonly slice?: Slice | undefined;
  readonly root: string;
}

/** Writes the content of `<head>`. */
export function headView({ site, slice, root, ...page }: Metadata & Place): Html {
  const {
    title,
    description = site.description,
    canonical,
    older,
    newer,
    alternates = [],
    about,
    crumbs,
    feed,
    twin,
  } = page;
  return html`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="referrer" content="${referrerPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
${canonical === undefined ? html`<meta name="robots" content="noindex">\n` : html`<meta name="robots" content="max-image-preview:large">\n<link rel="canonical" href="${canonical}">\n`}${alternates.map(({ language, url }) => html`<link rel="alternate" hreflang="${language}" href="${url}">\n`)}${twin === undefined ? '' : html`<link rel="alternate" type="text/markdown" href="${root}${twin}">\n`}${link('prev', older)}${link('next', newer)}${autodiscovery(site, slice, root)}${feed === undefined ? '' : formats.map(({ file, ...format }) => feedLink(feed.title, format, `${root}${feed.folder}/${file}`))}${
  canonical === undefined
    ? ''
    : html`${property('og:site_name', site.title)}${about ?? website(title, description, canonical, site)}`
}${policyView(site, root)}${crumbs ?? ''}${brandView(site, root)}<link rel="stylesheet" href="${root}style.css">
${site.theme?.style === undefined ? '' : html`<link rel="stylesheet" href="${root}theme.css">\n`}<script src="${root}copy.js" defer></script>
`;
}

/** States what programs may do with the page. */
function policyView(site: Site, root: string): Html | string {
  const { machines } = site;
  if (machines === undefined) return '';
  const terms = miningTerms(site);
  const isReserved = reservesMining(machines);
  return html`${link('license', machines.license)}<link rel="license" type="${rslType}" href="${root}${licensePath}">
${isReserved === undefined ? '' : html`<meta name="tdm-reservation" content="${isReserved ? '1' : '0'}">\n`}${terms === undefined ? '' : html`<meta name="tdm-policy" content="${terms}">\n`}`;
}

/** Writes an Open Graph property, or nothing for `undefined`. */
export function property(name: string, value: string | number | undefined): Html | string {
  return value === undefined ? '' : html`<meta property="${name}" content="${String(value)}">\n`;
}

/** Says how large X and others show the picture of a link: `summary` is a small square. */
export function card(kind: 'summary' | 'summary_large_image'): Html {
  return html`<meta name="twitter:card" content="${kind}">\n`;
}

/** Makes an address of this site relative, so that it works in a preview on another host. Keeps other addresses. */
export function localAddress(address: string, { url }: Site, root: string): string {
  return address.startsWith(url) ? root + address.slice(url.length) : address;
}

function link(rel: string, href: string | undefined): Html | string {
  return href === undefined ? '' : html`<link rel="${rel}" href="${href}">\n`;
}

/**
 * Links the feeds: the publication's first, except on pages in another language, and XML before JSON (RSS Board, "RSS
 * Autodiscovery").
 */
function autodiscovery(site: Site, slice: Slice | undefined, root: string): Html[] {
  const main = { title: site.title, address: {} };
  const own = slice && siteOfSlice(site, slice);
  const offered =
    own === undefined
      ? [main]
      : own.language === site.language
        ? [main, { title: own.title, address: { slice } }]
        : [{ title: own.title, address: { slice } }, main];
  // Each named feed in one format, which keeps the list short.
  const named = slice === undefined ? namedSlices(site).map(([, slice]) => slice) : [];
  return [
    ...offered.flatMap(({ title, address }) =>
      formats.map((format) => feedLink(title, format, root + feedPath(address, format.file))),
    ),
    ...named.flatMap((slice) =>
      formats
        .slice(0, 1)
        .map((format) => feedLink(siteOfSlice(site, slice).title, format, root + feedPath({ slice }, format.file))),
    ),
  ];
}

function feedLink(title: string, { type, label }: Pick<Format, 'type' | 'label'>, href: string): Html {
  return html`<link rel="alternate" type="${type}" title="${title} (${label})" href="${href}">\n`;
}

/** Writes the Open Graph properties of a page that is not an article. */
function website(title: string, description: string, url: string, { icon }: Site): Html {
  return html`${property('og:type', 'website')}${property('og:title', title)}${property('og:description', description)}${property('og:url', url)}${property('og:image', icon)}${card('summary')}`;
}
