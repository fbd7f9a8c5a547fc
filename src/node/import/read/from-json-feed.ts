import { escapeAttribute, escapeText } from '../../../article/escape.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { oneLine } from '../../../article/plain-text.ts';
import { absolute, type FeedBases } from '../../published/feed-bases.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { instantIn, people, personOf } from './import-facts.ts';
import type { FeedFacts, ItemFacts, WrittenText } from './imported-item.ts';
import { besideContent } from './media-facts.ts';

type Json = Extract<ParsedFeed, { readonly format: 'json' }>['feed'];
type Item = NonNullable<Json['items']>[number];

/** Reads JSON Feed 1.0 and 1.1. */
export function fromJsonFeed(feed: Json, { siteUrl, base }: FeedBases): FeedFacts {
  const { title, description, language, icon, authors = [], items = [] } = feed;
  const picture = absolute(icon, base);
  return omitUndefined({
    title: oneLine(title ?? ''),
    description: oneLine(description ?? ''),
    siteUrl,
    language,
    icon: picture,
    authors: people(authors.flatMap((one) => personOf({ ...one, url: absolute(one.url, base) }))),
    base,
    items: items.map((item) => itemOf(item, base)),
  });
}

function itemOf(item: Item, base: string | undefined): ItemFacts {
  const { title, summary: said, image, banner_image, language, tags = [] } = item;
  const content = contentOf(item);
  const published = instantIn(item.date_published, item.date_modified);
  const updated = instantIn(item.date_modified);
  const summary = besideContent(oneLine(said ?? ''), content);
  const picture = image ?? banner_image;
  return omitUndefined({
    title: oneLine(title ?? ''),
    published,
    updated,
    authors: people(
      (item.authors ?? []).flatMap((one) => personOf({ ...one, url: absolute(one.url, base) })),
    ),
    tags: tags.map(oneLine).filter((tag) => tag !== ''),
    content,
    summary,
    language,
    image: picture === undefined ? undefined : { url: picture },
    files: (item.attachments ?? []).flatMap(
      ({ url, mime_type, title, size_in_bytes, duration_in_seconds }) =>
        url === undefined
          ? []
          : [
              omitUndefined({
                url,
                type: mime_type,
                length: size_in_bytes,
                title,
                duration: duration_in_seconds,
              }),
            ],
    ),
  });
}

/** An address that the item is about, and that its text doesn't name, follows the text. */
function contentOf({ content_html, content_text, summary, url, external_url }: Item): WrittenText {
  const written: WrittenText =
    content_html === undefined
      ? { kind: 'text', text: content_text ?? summary ?? '' }
      : { kind: 'html', text: content_html };
  if (external_url === undefined || url === undefined || written.text.includes(external_url)) return written;
  if (written.kind === 'text') return { kind: 'text', text: `${written.text}\n\n${external_url}` };
  const link = `<p><a href="${escapeAttribute(external_url)}">${escapeText(external_url)}</a></p>`;
  return { kind: 'html', text: `${written.text}\n${link}` };
}
