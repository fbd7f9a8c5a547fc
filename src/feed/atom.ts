import type { Article, Picture } from '../article/article.ts';
import type { Author } from '../article/author.ts';
import { lastUpdate, type Page } from '../publication/page.ts';
import { schemeOf, sliceSlug } from '../publication/slices/slice.ts';
import type { Tombstone } from '../publication/tombstones.ts';
import { greeting, styled } from './greeting.ts';
import { itemCache } from './item-cache.ts';
import type { FeedLinks } from './links.ts';
import { pictureType } from './media.ts';
import { attribute, type Xml, xml } from './xml.ts';

/**
 * Writes a page as an Atom 1.0 feed document (RFC 4287).
 *
 * Does not use the library `feed`, whose Atom writes titles as HTML and supports neither archive links nor `xml:lang`;
 * a test fails once that changes.
 */
export function writeAtom(page: Page, links: FeedLinks): readonly string[] {
  const { site, articles, address, tombstones = [] } = page;
  const archived = address.archive !== undefined;
  // RFC 4287 §4.1.1: without an author in every entry, the feed needs one.
  const authors = site.authors.length > 0 ? site.authors : [{ name: site.title }];
  const head = xml`<?xml version="1.0" encoding="utf-8"?>
${styled(links)}<feed xmlns="http://www.w3.org/2005/Atom"${archived ? xml` xmlns:fh="http://purl.org/syndication/history/1.0"` : undefined}${articles.some(({ image }) => image !== undefined) ? xml` xmlns:media="http://search.yahoo.com/mrss/"` : undefined}${tombstones.length > 0 ? xml` xmlns:at="http://purl.org/atompub/tombstones/1.0"` : undefined} xml:lang="${site.language}">
<id>${site.feedId}</id>
<title>${site.title}</title>
<subtitle>${site.description}</subtitle>
<updated>${lastUpdate(page)}</updated>
${authors.map(person)}${greeting(site, links)}
<link rel="self" type="application/atom+xml" href="${links.self}"/>
<link rel="alternate" type="text/html" href="${links.alternate}"/>
${link('hub', links.hub)}${archived ? xml`<fh:archive/>\n` : undefined}${archived || links.prevArchive !== undefined ? link('current', links.current) : undefined}${link('license', site.machines?.license)}${link('prev-archive', links.prevArchive)}${link('next-archive', links.nextArchive)}<generator>Dateline</generator>
${site.favicon === undefined ? undefined : xml`<icon>${site.favicon}</icon>\n`}${site.icon === undefined ? undefined : xml`<logo>${site.icon}</logo>\n`}${site.copyright === undefined ? undefined : xml`<rights>${site.copyright}</rights>\n`}`;
  return [head.source, ...entries(articles, site), ...tombstones.map(deleted), '</feed>\n'];
}

const entries = itemCache((articles, site) => articles.map((article) => entry(article, site).source));

function entry(article: Article, site: Page['site']): Xml {
  const { id, title, published, updated, permalink, authors, tags, summary, content, enclosures, image } = article;
  const language = article.language === site.language ? undefined : article.language;
  return xml`<entry${attribute('xml:lang', language)}>
<id>${id}</id>
<title>${title}</title>
<published>${published}</published>
<updated>${updated}</updated>
<link rel="alternate" type="text/html" href="${permalink}"/>
${translationLinks(article, site)}${enclosures.map(({ url, type, length, title }) => xml`<link rel="enclosure" type="${type}"${attribute('length', length)}${attribute('title', title)} href="${url}"/>\n`)}${authors.map(person)}${tags.map((tag) => category(tag, site))}${summary === '' ? undefined : xml`<summary>${summary}</summary>\n`}${content === '' ? undefined : xml`<content type="html">${content}</content>\n`}${image === undefined ? undefined : picture(image)}</entry>
`;
}

/** Writes a tombstone (RFC 6721 §3). */
function deleted({ id, when, reason }: Tombstone): string {
  const comment = reason === undefined ? undefined : xml`<at:comment>${reason}</at:comment>`;
  return xml`<at:deleted-entry ref="${id}" when="${when}">${comment}</at:deleted-entry>
`.source;
}

/**
 * Writes a link to each translation, and last to the article itself in its own language: some readers follow the first
 * link of an entry, and others the last, whatever its language.
 */
function translationLinks({ translations, permalink, language }: Article, site: Page['site']): Xml[] | undefined {
  const own = { language: language ?? site.language, url: permalink };
  return (
    translations &&
    [...translations, own].map(
      ({ language, url }) => xml`<link rel="alternate" type="text/html" hreflang="${language}" href="${url}"/>\n`,
    )
  );
}

/** Writes the picture of an entry by Media RSS 1.5.1, which is valid in Atom too. */
function picture(image: Picture): Xml {
  const { url, width, height, alt, caption } = image;
  return xml`<media:content url="${url}"${attribute('type', pictureType(image))} medium="image"${attribute('width', width)}${attribute('height', height)}>${caption === undefined ? undefined : xml`<media:description type="plain">${caption}</media:description>`}${alt === undefined ? undefined : xml`<media:text type="plain">${alt}</media:text>`}</media:content>
`;
}

function person({ name, email, url }: Author): Xml {
  return xml`<author><name>${name}</name>${url === undefined ? undefined : xml`<uri>${url}</uri>`}${email === undefined ? undefined : xml`<email>${email}</email>`}</author>
`;
}

/** RFC 4287 §4.2.2: scheme and term, the tag's slug, together make the address of the tag's page. */
function category(tag: string, site: Page['site']): Xml {
  return xml`<category term="${sliceSlug(tag)}" scheme="${schemeOf('tag', site)}" label="${tag}"/>
`;
}

function link(rel: string, href: string | undefined): Xml | undefined {
  return href === undefined ? undefined : xml`<link rel="${rel}" href="${href}"/>\n`;
}
