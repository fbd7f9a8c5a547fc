import { type Extension, Feed, type Item } from 'feed';
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
import { escapeAttribute } from '../xml.ts';
import { announcements, episodeElements } from './rss-episode.ts';
import { mediaElements, podcastElements } from './rss-extensions.ts';
import { assemble, carried, contentPlace, itemsIn, plain, type WrittenItem } from './rss-text.ts';

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

const writtenItems = itemCache((articles, site): readonly WrittenItem[] => {
  const items = articles.map((article) => itemOf(article, site));
  const feed = new Feed(nameless);
  for (const item of items) feed.addItem(item);
  const written = itemsIn(
    feed.rss2(),
    articles.map(({ content }) => content),
  );
  return items.map(({ extensions = [] }, i) => ({ xml: written[i] ?? '', prefixes: prefixesOf(extensions) }));
});

const nowhere = 'https://nowhere.invalid/';
/** The channel that items are written in; without a date the library would read the clock. */
const nameless = { title: '', link: nowhere, updated: new Date(0) };
const placeholder = { title: '', link: nowhere, date: new Date(0) };

function prefixesOf(extensions: readonly Extension[]): readonly string[] {
  return extensions.map(({ name }) => name.split(':')[0] ?? '');
}

function itemOf(article: Article, site: Site): Item {
  const { id, plainId, title, permalink, summary, content, published, updated, tags } = article;
  // Readers don't apply an author of the channel to items.
  const authors = authorsOf(article, site);
  const mailbox = authors.length === 1 ? authors.flatMap(mailboxes) : [];
  const named = mailbox.length === 0 ? authors : [];
  const enclosure = mainEnclosure(article.enclosures) ?? (site.aggregators ? pictureFile(article) : undefined);
  const language = article.language === site.language ? undefined : article.language;
  const extensions: Extension[] = [
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
    link: permalink,
    date: new Date(published),
    // RSS Board profile: a description, even an empty one, precedes the full content.
    description: plain(escapeDescription(summary)),
    content: content === '' ? undefined : contentPlace,
    author: mailbox.length > 0 ? mailbox : undefined,
    // Without `domain`, because the common library rss-parser turns categories with one into objects.
    category: tags.map((tag) => ({ name: carried(tag) })),
    enclosure:
      enclosure === undefined
        ? undefined
        : {
            url: enclosure.url,
            type: escapeAttribute(enclosure.type),
            length: enclosure.length ?? 0,
          },
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

/** Returns the picture as an enclosure, in which Flipboard looks for it. Its length is not known. */
function pictureFile({ image }: Article): Enclosure | undefined {
  const type = image && pictureType(image);
  return image === undefined || type === undefined ? undefined : { url: image.url, type };
}

/** DCMI Metadata Terms, by which MSN knows that an item changed, and until when it may be shown. */
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
