import { oneLine } from '../../../article/plain-text.ts';
import { absolute, type FeedBases } from '../../published/feed-bases.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { firstInstant, readAuthors } from './feed-values.ts';
import { linkParagraph } from './html-markup.ts';
import type { FeedFacts, ItemContent, ItemFacts } from './imported-item.ts';
import { distinctSummary } from './media.ts';

type Json = Extract<ParsedFeed, { readonly format: 'json' }>['feed'];
type Item = NonNullable<Json['items']>[number];

/** Reads JSON Feed 1.0 and 1.1. */
export function readJsonFeed(feed: Json, { siteUrl, base }: FeedBases): FeedFacts {
  const { title, description, language, icon, authors = [], items = [] } = feed;
  return {
    title: oneLine(title ?? ''),
    description: oneLine(description ?? ''),
    siteUrl,
    language,
    icon: absolute(icon, base),
    authors: readAuthors(authors, base),
    base,
    items: items.map((item) => readItem(item, base)),
  };
}

function readItem(item: Item, base: string | undefined): ItemFacts {
  const { title, summary, image, banner_image, language, authors = [], tags = [], attachments = [] } = item;
  const content = readContent(item);
  const picture = image ?? banner_image;
  return {
    title: oneLine(title ?? ''),
    published: firstInstant(item.date_published, item.date_modified),
    updated: firstInstant(item.date_modified),
    authors: readAuthors(authors, base),
    tags: tags.map(oneLine).filter((tag) => tag !== ''),
    content,
    summary: distinctSummary(oneLine(summary ?? ''), content),
    language,
    image: picture === undefined ? undefined : { url: picture },
    files: attachments.flatMap(({ url, mime_type, title, size_in_bytes, duration_in_seconds }) =>
      url === undefined ? [] : [{ url, type: mime_type, length: size_in_bytes, title, duration: duration_in_seconds }],
    ),
  };
}

/** Reads the content, followed by the item's external address unless the content mentions it. */
function readContent({ content_html, content_text, summary, url, external_url }: Item): ItemContent {
  const content: ItemContent =
    content_html === undefined
      ? { kind: 'text', text: content_text ?? summary ?? '' }
      : { kind: 'html', text: content_html };
  const { kind, text } = content;
  if (external_url === undefined || url === undefined || text.includes(external_url)) return content;
  return {
    kind,
    text: kind === 'text' ? `${text}\n\n${external_url}` : `${text}\n${linkParagraph(external_url)}`,
  };
}
