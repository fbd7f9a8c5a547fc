import { omitUndefined } from '../../../article/omit-undefined.ts';
import { absolute, type FeedBases, innerBase } from '../../published/feed-bases.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { episodeOf } from './episode-facts.ts';
import { looseHtml } from './html-text.ts';
import { instantIn, looseSummary, looseText, people, personOf, tagOf } from './import-facts.ts';
import type { FeedFacts, ItemFacts, WrittenText } from './imported-item.ts';
import { besideContent, filesOf, pictureOf } from './media-facts.ts';
import { podcastOf } from './podcast-facts.ts';

type Rss = Extract<ParsedFeed, { readonly format: 'rss' }>['feed'];

type Rdf = Extract<ParsedFeed, { readonly format: 'rdf' }>['feed'];

type Item = NonNullable<Rss['items']>[number];

/** Reads RSS 2.0 and its forerunners, and RSS 1.0, whose elements are mostly the same. */
export function fromRss(feed: Rss | Rdf, { document, declared: said, siteUrl, base }: FeedBases): FeedFacts {
  const { title, description, image, dc, atom, xml, items = [] } = feed;
  const more: Partial<Rss> = 'rdf' in feed ? {} : (feed as Rss);
  const { itunes, managingEditor, lastBuildDate, pubDate, copyright = dc?.rights?.[0] } = more;
  const named = [
    ...(managingEditor === undefined ? [] : looseNamed(managingEditor)),
    ...(dc?.creators ?? []).flatMap((name) => looseNamed(mailAndName(name))),
  ];
  const language = more.language ?? dc?.languages?.[0] ?? xml?.lang;
  const updated = instantIn(lastBuildDate, pubDate, dc?.dates?.[0], atom?.updated);
  const podcast = podcastOf(more, base);
  const icon = absolute(itunes?.image ?? image?.url, base);
  return omitUndefined({
    title: looseText(title),
    description: looseSummary(description),
    siteUrl,
    id: atom?.id === undefined ? undefined : atom.id,
    language,
    icon,
    copyright: copyright === undefined ? undefined : looseText(copyright),
    updated,
    podcast,
    authors: people(named.length > 0 ? named : looseNamed({ name: itunes?.author })),
    base,
    items: (items as readonly Item[]).map((item) => itemOf(item, said, document)),
  });
}

/** `outer` is the base that the channel sets. */
function itemOf(item: Item, outer: string | undefined, document: string | undefined): ItemFacts {
  const { dc, dcterms, atom, itunes, media, xml, description, content: body } = item;
  const whole = body?.encoded ?? description ?? itunes?.summary ?? media?.description?.value ?? '';
  const isHtml = body?.encoded !== undefined && /<[a-z!]/i.test(whole);
  const content: WrittenText = { kind: 'html', text: isHtml ? whole : looseHtml(whole) };
  const said = innerBase(xml?.base, outer, document);
  const published = instantIn(item.pubDate, dc?.dates?.[0], atom?.published, dcterms?.issued?.[0]);
  const updated = instantIn(atom?.updated, dcterms?.modified?.[0]);
  const language = dc?.languages?.[0] ?? xml?.lang;
  const summary = besideContent(looseSummary(description ?? itunes?.summary), content);
  const named = (item.authors ?? []).flatMap((one) =>
    looseNamed({ ...one, url: absolute(one.link, said ?? document) }),
  );
  const created = (dc?.creators ?? []).flatMap((name) => looseNamed(mailAndName(name)));
  const spoken = looseNamed({ name: itunes?.author });
  const image = pictureOf(itunes?.image, media);
  const episode = episodeOf(item);
  return omitUndefined({
    title: looseText(item.title ?? dc?.titles?.[0] ?? itunes?.title ?? media?.title?.value),
    published: (published ?? updated) === undefined ? undefined : (published ?? updated ?? ''),
    updated,
    authors: people(named.length + created.length > 0 ? [...named, ...created] : spoken),
    tags: [...(item.categories ?? []).map(({ name }) => name), ...(dc?.subjects ?? [])].flatMap(tagOf),
    content,
    summary,
    language,
    image,
    files: filesOf(item.enclosures ?? [], itunes?.duration, media),
    episode,
    said,
    base: said,
  });
}

/** A person whose name may have been escaped twice. */
function looseNamed({ name, ...rest }: Parameters<typeof personOf>[0]): ReturnType<typeof personOf> {
  return personOf({ ...rest, name: looseText(name) });
}

/** Some write `dc:creator` as RSS has its `author`: an address and the name in parentheses. */
function mailAndName(text: string): { name: string; email?: string } {
  const [, email, name] = /^\s*([^\s@<>()]+@[^\s@<>()]+)\s*\(([^()]+)\)\s*$/.exec(text) ?? [];
  return name === undefined || email === undefined ? { name: text } : { name, email };
}
