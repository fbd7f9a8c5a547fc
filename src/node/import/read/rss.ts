import type { Author } from '../../../article/author.ts';
import { absolute, type FeedBases, innerBase } from '../../published/feed-bases.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { firstInstant, type Person, type RssFeed, type RssItem, readAuthors, readTags } from './feed-values.ts';
import { guessHtml, plainLine, plainSummary } from './html-text.ts';
import type { FeedFacts, ItemContent, ItemFacts } from './imported-item.ts';
import { distinctSummary, mediaFiles, mediaPicture } from './media.ts';
import { readEpisode, readPodcast } from './podcast.ts';

type RdfFeed = Extract<ParsedFeed, { readonly format: 'rdf' }>['feed'];

/** Reads RSS 2.0 and earlier, and RSS 1.0, whose elements are mostly the same. */
export function readRss(feed: RssFeed | RdfFeed, { document, declared, siteUrl, base }: FeedBases): FeedFacts {
  const { title, description, image, dc, atom, xml, items = [] } = feed;
  const rss: Partial<RssFeed> = 'rdf' in feed ? {} : (feed as RssFeed);
  const { itunes, managingEditor, lastBuildDate, pubDate, copyright = dc?.rights?.[0] } = rss;
  return {
    title: plainLine(title),
    description: plainSummary(description),
    siteUrl,
    id: atom?.id,
    language: rss.language ?? dc?.languages?.[0] ?? xml?.lang,
    icon: absolute(itunes?.image ?? image?.url, base),
    copyright: copyright === undefined ? undefined : plainLine(copyright),
    updated: firstInstant(lastBuildDate, pubDate, dc?.dates?.[0], atom?.updated),
    podcast: readPodcast(rss, base),
    authors: authorsOr(itunes?.author, [managingEditor ?? {}, ...(dc?.creators ?? []).map(parseCreator)]),
    base,
    items: (items as readonly RssItem[]).map((item) => readItem(item, declared, document)),
  };
}

function readItem(item: RssItem, feedBase: string | undefined, document: string | undefined): ItemFacts {
  const { dc, dcterms, atom, itunes, media, xml, content: body } = item;
  const description = item.description ?? dc?.descriptions?.[0] ?? atom?.summary?.value;
  const whole =
    body?.encoded ?? atom?.content?.value ?? description ?? itunes?.summary ?? media?.description?.value ?? '';
  const isHtml = body?.encoded !== undefined && /<[a-z!]/i.test(whole);
  const content: ItemContent = { kind: 'html', text: isHtml ? whole : guessHtml(whole) };
  const base = innerBase(xml?.base, feedBase, document);
  const updated = firstInstant(atom?.updated, dcterms?.modified?.[0]);
  const authors = (item.authors ?? []).map(({ link, ...one }) => ({ ...one, url: link }));
  const creators = (dc?.creators ?? []).map(parseCreator);
  const atomAuthors = (atom?.authors ?? []).map(({ uri, ...one }) => ({ ...one, url: uri }));
  return {
    title: plainLine(item.title ?? dc?.titles?.[0] ?? itunes?.title ?? media?.title?.value),
    published:
      firstInstant(item.pubDate, dc?.dates?.[0], atom?.published, dcterms?.issued?.[0], dcterms?.created?.[0]) ??
      updated,
    updated,
    authors: authorsOr(itunes?.author, [...authors, ...creators, ...atomAuthors], base ?? document),
    tags: readTags([...(item.categories ?? []).map(({ name }) => name), ...(dc?.subjects ?? [])]),
    content,
    summary: distinctSummary(plainSummary(description ?? itunes?.summary), content),
    language: dc?.languages?.[0] ?? xml?.lang,
    image: mediaPicture(itunes?.image, media),
    files: mediaFiles(item.enclosures ?? [], itunes?.duration, media, item.podcast),
    episode: readEpisode(item),
    itemBase: base,
    contentBase: base,
  };
}

/** Reads names that may be escaped twice. `fallback` is the podcast's author. */
function authorsOr(fallback: string | undefined, people: readonly Person[], base?: string): readonly Author[] {
  const authors = readAuthors(
    people.map((one) => ({ ...one, name: plainLine(one.name) })),
    base,
  );
  return authors.length > 0 ? authors : readAuthors([{ name: plainLine(fallback) }]);
}

/** Some feeds write `dc:creator` like RSS's `author`: an address, then the name in parentheses. */
function parseCreator(text: string): Person {
  const [, email, name = text] = /^\s*([^\s@<>()]+@[^\s@<>()]+)\s*\(([^()]+)\)\s*$/.exec(text) ?? [];
  return { name, email };
}
