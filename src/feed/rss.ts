import { type Extension, Feed, type Item } from 'feed';
import type { Article, Author } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import type { Page } from '../publication/page.ts';
import type { Site } from '../publication/site.ts';
import { greeting, styled } from './greeting.ts';
import type { FeedLinks } from './links.ts';
import { mainEnclosure } from './media.ts';
import { attributeText, mediaElements, podcastElements } from './rss-extensions.ts';
import { assemble, carried, itemIn, plain, section, type WrittenItem } from './rss-text.ts';
import { lastUpdate } from './updated.ts';

/** Writes a page as RSS 2.0 with the library `feed`. */
export function writeRss(page: Page, links: FeedLinks): string {
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
  // Takes the place of the one link that the library writes.
  const extensions: Extension[] = [
    {
      name: 'atom:link',
      objects: elements([
        { _attributes: { href: attributeText(links.self), rel: 'self', type: 'application/rss+xml' } },
        ...related.flatMap(([rel, href]) =>
          href === undefined ? [] : [{ _attributes: { href: attributeText(href), rel } }],
        ),
      ]),
    },
    ...(archived ? [{ name: 'fh:archive', objects: {} }] : []),
    ...(site.podcast === undefined ? [] : podcastElements(site.podcast)),
  ];
  for (const extension of extensions) feed.addExtension(extension);
  // Where items stand among the library's elements it says itself.
  feed.addItem(placeholder);
  const items = articles.map((article) => writtenItem(article, site, !archived));
  return assemble(feed.rss2(), items, {
    prefixes: prefixesOf(extensions),
    before: styled(links).join(''),
    greeting: greeting(site, links).source,
  });
}

/** Most items of a current page stand in the next one as they are, and to write them is half of what a save takes. */
const known = new WeakMap<Article, { readonly site: Site; readonly item: WrittenItem }>();

function writtenItem(article: Article, site: Site, isKept: boolean): WrittenItem {
  const before = known.get(article);
  if (before?.site === site) return before.item;
  const item = itemOf(article, site);
  const feed = new Feed(nameless);
  feed.addItem(item);
  const written = { xml: itemIn(feed.rss2()), prefixes: prefixesOf(item.extensions ?? []) };
  if (isKept) known.set(article, { site, item: written });
  return written;
}

const nowhere = 'https://nowhere.invalid/';
/** A channel from which an item is taken; without a date it would have that of now. */
const nameless = { title: '', link: nowhere, updated: new Date(0) };
const placeholder = { title: '', link: nowhere, date: new Date(0) };

function prefixesOf(extensions: readonly Extension[]): readonly string[] {
  return extensions.map(({ name }) => name.split(':')[0] ?? '');
}

function itemOf(article: Article, site: Site): Item {
  const { id, plainId, title, permalink, summary, content, published, updated, tags } = article;
  // RSS has no author for the channel that readers take for the items.
  const authors = article.authors.length > 0 ? article.authors : site.authors;
  const mailbox = authors.length === 1 ? authors.flatMap(mailboxes) : [];
  const named = mailbox.length === 0 ? authors : [];
  const enclosure = mainEnclosure(article.enclosures);
  const language = article.language === site.language ? undefined : article.language;
  const extensions: Extension[] = [
    { name: 'dc:creator', objects: elements(named.map(({ name }) => ({ _text: carried(name) }))) },
    ...(updated === published ? [] : [{ name: 'atom:updated', objects: { _text: updated } }]),
    ...(language === undefined ? [] : [{ name: 'dc:language', objects: { _text: carried(language) } }]),
    ...mediaElements(article),
  ];
  return omitUndefined({
    title: plain(title),
    guid: carried(plainId ?? id),
    link: permalink,
    date: new Date(published),
    // RSS Board profile: a description, and be it an empty one, stands before the whole content.
    description: plain(escaped(summary)),
    content: content === '' ? undefined : section(content),
    author: mailbox.length > 0 ? mailbox : undefined,
    // Without `domain`: a reader's library as common as rss-parser makes objects of categories that have one.
    category: tags.map((tag) => ({ name: carried(tag) })),
    enclosure:
      enclosure === undefined
        ? undefined
        : {
            url: enclosure.url,
            type: attributeText(enclosure.type),
            length: enclosure.length ?? 0,
          },
    extensions,
  });
}

/**
 * RSS 2.0, `<author>`: one mail address with the name in parentheses, so never with a name that has its own. The W3C
 * validator wants either this or `dc:creator`, which therefore names them all where there are several.
 */
function mailboxes({ name, email }: Author): { name: string; email: string }[] {
  return email !== undefined && /^[^()]+$/.test(name) ? [{ name: carried(name), email: carried(email) }] : [];
}

/** The library repeats an element for each object of a list, though its types know single objects only. */
function elements(list: readonly object[]): Record<string, unknown> {
  return list as unknown as Record<string, unknown>;
}

/**
 * For an item's description, which is HTML. An `&` that can't begin a character reference (HTML §13.2.5.72; no name is
 * shorter than two letters) stays, because who opens the feed in a browser sees the source: `R&D`.
 */
function escaped(text: string): string {
  return text.replace(/&(?=#|[a-z\d]{2})/gi, '&amp;').replace(/</g, '&lt;');
}

/** RSS 2.0, `<image>`: a GIF, JPEG or PNG. */
function isPicture(url: string | undefined): url is string {
  return url !== undefined && /\.(?:gif|jpe?g|png)$/i.test(new URL(url).pathname);
}
