import { type Extension, Feed } from 'feed';
import type { Article, Enclosure } from '../../article/article.ts';
import type { Author } from '../../article/author.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { lastUpdate, type Page } from '../../publication/page.ts';
import type { Site } from '../../publication/site/site.ts';
import { authorsOf } from '../../publication/slices/slice.ts';
import { greeting, styled } from '../greeting.ts';
import { itemCache } from '../item-cache.ts';
import type { FeedLinks } from '../links.ts';
import { mainEnclosure, pictureType } from '../media.ts';
import { escapeAttribute, escapeHtml } from '../xml.ts';
import { empty, extension } from './rss-element.ts';
import { announcements, episodeElements } from './rss-episode.ts';
import { mediaElements, podcastElements } from './rss-extensions.ts';
import { assemble, placeholder, prefixesOf, type RssItem, writeItem } from './rss-parts.ts';
import { carried, plain } from './rss-text.ts';

/** Writes a page as RSS 2.0 with the library `feed`. */
export function writeRss(page: Page, links: FeedLinks): readonly string[] {
  const { site, articles, address } = page;
  const feed = new Feed(
    omitUndefined({
      title: carried(site.title),
      link: links.alternate,
      description: carried(site.description),
      updated: new Date(lastUpdate(page)),
      language: site.language,
      ttl: site.ttl,
      generator: 'Dateline',
      feedLinks: { rss: links.self },
      image: isPicture(site.icon) ? carried(site.icon) : undefined,
      copyright: site.copyright === undefined ? undefined : carried(site.copyright),
    }),
  );
  const archived = address.archive !== undefined;
  const related = [
    ['hub', links.hub],
    ['current', archived || links.prevArchive !== undefined ? links.current : undefined],
    ['prev-archive', links.prevArchive],
    ['next-archive', links.nextArchive],
  ] as const;
  // Replaces the only link that the library writes.
  const extensions: Extension[] = [
    {
      name: 'atom:link',
      objects: elements([
        { _attributes: { href: escapeAttribute(links.self), rel: 'self', type: 'application/rss+xml' } },
        ...related.flatMap(([rel, href]) =>
          href === undefined ? [] : [{ _attributes: { href: escapeAttribute(href), rel } }],
        ),
      ]),
    },
    ...licenseElements(site),
    ...(archived ? [{ name: 'fh:archive', objects: {} }] : []),
    ...(site.podcast === undefined ? [] : podcastElements(site.podcast)),
    ...(site.podcast === undefined || archived ? [] : announcements(page)),
  ];
  for (const extension of extensions) feed.addExtension(extension);
  // The placeholder marks the position of items among the library's elements.
  feed.addItem(placeholder);
  return assemble(feed.rss2(), writtenItems(articles, site), {
    prefixes: prefixesOf(extensions),
    before: styled(links).join(''),
    greeting: greeting(site, links).source,
  });
}

const writtenItems = itemCache((articles, site) => articles.map((article) => writeItem(itemOf(article, site))));

function itemOf(article: Article, site: Site): RssItem {
  const { id, plainId, title, permalink, summary, content, published, updated, tags } = article;
  // Readers don't apply an author of the channel to items.
  const authors = authorsOf(article, site);
  const mailbox = authors.length === 1 ? authors.flatMap(mailboxes) : [];
  const named = mailbox.length === 0 ? authors : [];
  const enclosure = mainEnclosure(article.enclosures) ?? (site.aggregators ? pictureFile(article) : undefined);
  const language = article.language === site.language ? undefined : article.language;
  const extensions: Extension[] = [
    { name: 'link', objects: { _text: escapeHtml(new URL(permalink).href) } },
    { name: 'pubDate', objects: { _text: new Date(published).toUTCString() } },
    ...enclosureElements(enclosure),
    { name: 'dc:creator', objects: elements(named.map(({ name }) => ({ _text: carried(name) }))) },
    ...(updated === published ? [] : [{ name: 'atom:updated', objects: { _text: updated } }]),
    ...(language === undefined ? [] : [{ name: 'dc:language', objects: { _text: carried(language) } }]),
    ...(site.aggregators ? termElements(article) : []),
    ...mediaElements(article, site),
    ...episodeElements(article, site),
    ...sourceElements(article, site),
  ];
  return omitUndefined({
    title: plain(title),
    guid: carried(plainId ?? id),
    // RSS Board profile: a description, even an empty one, precedes the full content.
    description: plain(escapeDescription(summary)),
    content: content === '' ? undefined : content.replaceAll(']]>', ']]]]><![CDATA[>'),
    author: mailbox.length > 0 ? mailbox : undefined,
    // Without `domain`, because the common library rss-parser turns categories with one into objects.
    category: tags.map((tag) => ({ name: carried(tag) })),
    extensions,
  });
}

/**
 * RSS 2.0, `<author>`: one mail address with the name in parentheses, so the name can't contain any. The W3C validator
 * allows only one of this and `dc:creator`, which therefore lists all authors if there are several.
 */
function mailboxes({ name, email }: Author): { name: string; email: string }[] {
  return email !== undefined && /^[^()]+$/.test(name) ? [{ name: carried(name), email: carried(email) }] : [];
}

/** RSS 2.0, `<enclosure>`: it needs a length, even if that is unknown. */
function enclosureElements(enclosure: Enclosure | undefined): Extension[] {
  if (enclosure === undefined) return [];
  const { url, type, length = 0 } = enclosure;
  return extension('enclosure', empty({ length, type, url: new URL(url).href }));
}

/** Returns the picture as an enclosure, in which Flipboard looks for it. Its length is not known. */
function pictureFile({ image }: Article): Enclosure | undefined {
  const type = image && pictureType(image);
  return image === undefined || type === undefined ? undefined : { url: image.url, type };
}

/** DCMI Metadata Terms, which tell MSN that an item changed, and until when to show it. */
function termElements({ published, updated, expires }: Article): Extension[] {
  return [
    ...(updated === published ? [] : [{ name: 'dcterms:modified', objects: { _text: updated } }]),
    ...(expires === undefined ? [] : [{ name: 'dcterms:valid', objects: { _text: `end=${expires}; scheme=W3C-DTF` } }]),
  ];
}

/** Adds the Markdown of an item that has its whole content. */
function sourceElements({ markdown }: Article, site: Site): Extension[] {
  if (markdown === undefined || site.markdown?.includes('rss') !== true) return [];
  return [{ name: 'source:markdown', objects: { _text: carried(markdown) } }];
}

/** States a Creative Commons license; the module is for no other. */
function licenseElements({ machines }: Site): Extension[] {
  const license = machines?.license;
  if (license === undefined || !/^https?:\/\/creativecommons\.org\//.test(license)) return [];
  return [{ name: 'creativeCommons:license', objects: { _text: carried(license) } }];
}

/** The library repeats an element for each object of a list, though its types allow only single objects. */
function elements(list: readonly object[]): Record<string, unknown> {
  return list as unknown as Record<string, unknown>;
}

/**
 * Escapes an item's description, which is HTML. An `&` that can't start a character reference (HTML §13.2.5.72; the
 * shortest name has two letters) stays, because browsers show the source of the feed: `R&D`.
 */
function escapeDescription(text: string): string {
  return text.replace(/&(?=#|[a-z\d]{2})/gi, '&amp;').replace(/</g, '&lt;');
}

/** Reports whether RSS allows a picture in `<image>`: a GIF, JPEG or PNG. */
function isPicture(url: string | undefined): url is string {
  return url !== undefined && /\.(?:gif|jpe?g|png)$/i.test(new URL(url).pathname);
}
