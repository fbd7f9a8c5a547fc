import { escapeAttribute, escapeText } from '../../../article/escape.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { oneLine } from '../../../article/plain-text.ts';
import { absolute, type FeedBases, innerBase } from '../../published/feed-bases.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { episodeOf } from './episode-facts.ts';
import { textOfHtml } from './html-text.ts';
import { instantIn, people, personOf, tagOf } from './import-facts.ts';
import type { FeedFacts, ItemFacts, WrittenText } from './imported-item.ts';
import { besideContent, filesOf, pictureOf } from './media-facts.ts';

type Atom = Extract<ParsedFeed, { readonly format: 'atom' }>['feed'];
type Entry = NonNullable<Atom['entries']>[number];
type Text = NonNullable<Entry['content']>;

/** Reads Atom 1.0. */
export function fromAtom(feed: Atom, { document, said, siteUrl, base }: FeedBases): FeedFacts {
  const { id, title, subtitle, authors = [], icon, logo, rights, xml, entries = [] } = feed;
  const updated = instantIn(feed.updated);
  const picture = absolute(icon ?? logo, base);
  return omitUndefined({
    title: plain(title),
    description: plain(subtitle),
    siteUrl,
    id,
    language: xml?.lang === undefined ? undefined : xml.lang,
    icon: picture,
    copyright: rights === undefined ? undefined : plain(rights),
    updated,
    authors: people(authors.flatMap((one) => personOf({ ...one, url: absolute(one.uri, base) }))),
    base,
    items: entries.map((entry) => itemOf(entry, said, document)),
  });
}

/** `outer` is the base that the feed sets. */
function itemOf(entry: Entry, outer: string | undefined, document: string | undefined): ItemFacts {
  const { title, links = [], media, xml, dc } = entry;
  // Before those of the feed (RFC 4287 §4.1.2).
  const authors = entry.authors ?? entry.source?.authors ?? [];
  const said = innerBase(xml?.base, outer, document);
  const described = groupText(media);
  const body = entry.content?.value === undefined ? undefined : entry.content;
  const whole = body ?? entry.summary ?? (described === undefined ? {} : { value: described });
  const content = withSource(contentOf(whole), entry.content?.src);
  const published = instantIn(entry.published, dc?.dates?.[0], entry.updated);
  const updated = instantIn(entry.updated);
  const summary = body === undefined ? undefined : besideContent(plain(entry.summary), content);
  const language = body?.xml?.lang ?? xml?.lang;
  const image = pictureOf(undefined, media);
  const episode = episodeOf(entry);
  const enclosed = links.filter(({ rel }) => rel === 'enclosure');
  return omitUndefined({
    title: plain(title),
    published,
    updated,
    authors: people(authors.flatMap((one) => personOf({ ...one, url: absolute(one.uri, said ?? document) }))),
    tags: (entry.categories ?? []).flatMap(({ label, term }) => tagOf(label ?? term)),
    content,
    summary,
    language,
    image,
    files: filesOf(
      enclosed.map(({ href, ...rest }) => ({ ...rest, url: href })),
      undefined,
      media,
    ),
    episode,
    said,
    base: innerBase(body?.xml?.base, said, document),
  });
}

/** Plain text of a text construct (RFC 4287 §3.1). */
function plain(text: { readonly value?: string; readonly type?: string } | undefined): string {
  const { value = '', type = 'text' } = text ?? {};
  return type === 'text' ? oneLine(value) : textOfHtml(value);
}

/** RFC 4287 §4.1.3.3: text, HTML, XHTML, or a media type, of which XML and others are shown as they are. */
function contentOf({ value = '', type = 'text' }: Text): WrittenText {
  if (/^(?:html|text\/html)$/i.test(type)) return { kind: 'html', text: value };
  if (/^(?:xhtml|application\/xhtml\+xml)$/i.test(type)) return { kind: 'html', text: openedTags(value) };
  return { kind: 'text', text: value };
}

/** What stands elsewhere is linked (RFC 4287 §4.1.3.2). */
function withSource(content: WrittenText, src: string | undefined): WrittenText {
  if (src === undefined) return content;
  const address = escapeAttribute(src);
  const before = content.kind === 'text' ? `<p>${escapeText(content.text)}</p>` : content.text;
  return { kind: 'html', text: `${before}\n<p><a href="${address}">${escapeText(src)}</a></p>` };
}

/** XML closes an element in its first tag, which HTML doesn't see but in those that hold nothing. */
function openedTags(xhtml: string): string {
  return xhtml.replace(
    /<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)[\s/>])([a-z][\w:.-]*)((?:\s[^<>]*)?)\/>/gi,
    '<$1$2></$1>',
  );
}

function groupText(media: Entry['media']): string | undefined {
  return media?.groups?.[0]?.description?.value ?? media?.description?.value;
}
