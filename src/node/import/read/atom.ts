import { escapeText } from '../../../article/escape.ts';
import { oneLine } from '../../../article/plain-text.ts';
import { absolute, type FeedBases, innerBase } from '../../published/feed-bases.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { firstInstant, readAuthors, readTags } from './feed-values.ts';
import { linkParagraph } from './html-markup.ts';
import { textOfHtml } from './html-text.ts';
import type { FeedFacts, ItemContent, ItemFacts } from './imported-item.ts';
import { distinctSummary, mediaFiles, mediaPicture } from './media.ts';
import { readEpisode } from './podcast.ts';

type Atom = Extract<ParsedFeed, { readonly format: 'atom' }>['feed'];
type Entry = NonNullable<Atom['entries']>[number];
type Text = NonNullable<Entry['content']>;

/** Reads Atom 1.0. */
export function readAtom(feed: Atom, { document, declared, siteUrl, base }: FeedBases): FeedFacts {
  const { id, title, subtitle, authors, icon, logo, rights, xml, entries = [], updated } = feed;
  return {
    title: plainText(title),
    description: plainText(subtitle),
    siteUrl,
    id,
    language: xml?.lang,
    icon: absolute(icon ?? logo, base),
    copyright: rights === undefined ? undefined : plainText(rights),
    updated: firstInstant(updated),
    authors: readPersons(authors, base),
    base,
    items: entries.map((entry) => readEntry(entry, declared, document)),
  };
}

function readEntry(entry: Entry, feedBase: string | undefined, document: string | undefined): ItemFacts {
  const { title, links = [], media, xml, dc } = entry;
  const itemBase = innerBase(xml?.base, feedBase, document);
  const body = entry.content?.value === undefined ? undefined : entry.content;
  const description = media?.groups?.[0]?.description?.value ?? media?.description?.value;
  const text = body ?? entry.summary ?? (description === undefined ? {} : { value: description });
  const content = withSourceLink(readContent(text), entry.content?.src);
  const enclosures = links.filter(({ rel }) => rel === 'enclosure');
  return {
    title: plainText(title),
    published: firstInstant(entry.published, dc?.dates?.[0], entry.updated),
    updated: firstInstant(entry.updated),
    // An entry's source comes before the feed (RFC 4287 §4.1.2).
    authors: readPersons(entry.authors ?? entry.source?.authors, itemBase ?? document),
    tags: readTags(
      (entry.categories ?? [])
        // Google's kinds of entries are not subjects.
        .filter(({ scheme }) => scheme !== 'http://schemas.google.com/g/2005#kind')
        .map(({ label, term }) => label ?? term),
    ),
    content,
    summary: body === undefined ? undefined : distinctSummary(plainText(entry.summary), content),
    language: body?.xml?.lang ?? xml?.lang,
    image: mediaPicture(undefined, media),
    files: mediaFiles(
      enclosures.map(({ href, ...rest }) => ({ ...rest, url: href })),
      undefined,
      media,
    ),
    episode: readEpisode(entry),
    // RFC 5023 §13.1.1
    isDraft: entry.app?.control?.draft === true || undefined,
    itemBase,
    contentBase: innerBase(body?.xml?.base, itemBase, document),
  };
}

function readPersons(people: Atom['authors'] = [], base: string | undefined) {
  return readAuthors(
    people.map(({ uri, ...one }) => ({ ...one, url: uri })),
    base,
  );
}

/** Reads a text construct as plain text (RFC 4287 §3.1). */
function plainText(text: { readonly value?: string; readonly type?: string } | undefined): string {
  const { value = '', type = 'text' } = text ?? {};
  return type === 'text' ? oneLine(value) : textOfHtml(value);
}

/** Reads text, HTML or XHTML. XML and other media types are shown as text (RFC 4287 §4.1.3.3). */
function readContent({ value = '', type = 'text' }: Text): ItemContent {
  if (/^(?:html|text\/html)$/i.test(type)) return { kind: 'html', text: value };
  if (/^(?:xhtml|application\/xhtml\+xml)$/i.test(type)) return { kind: 'html', text: expandEmptyElements(value) };
  return { kind: 'text', text: value };
}

/** Links content that is elsewhere (RFC 4287 §4.1.3.2). */
function withSourceLink(content: ItemContent, src: string | undefined): ItemContent {
  if (src === undefined) return content;
  const before = content.kind === 'text' ? `<p>${escapeText(content.text)}</p>` : content.text;
  return { kind: 'html', text: `${before}\n${linkParagraph(src)}` };
}

/** Rewrites `<b/>` as `<b></b>`: HTML ignores the slash except in void elements. */
function expandEmptyElements(xhtml: string): string {
  return xhtml.replace(
    /<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)[\s/>])([a-z][\w:.-]*)((?:\s[^<>]*)?)\/>/gi,
    '<$1$2></$1>',
  );
}
