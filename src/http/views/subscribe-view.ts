import { html } from 'hono/html';
import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { type WrittenDocument, writeDocument } from '../../feed/document.ts';
import { formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import { correctionsPath, subscribePath } from '../../publication/addresses/address.ts';
import { earliest, latest } from '../../publication/moments.ts';
import { noticesLink } from '../../publication/notices.ts';
import { lastUpdate } from '../../publication/page.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Site } from '../../publication/site/site.ts';
import { sliceTitle } from '../../publication/site/slice-title.ts';
import { datedWith } from '../../publication/slices/menu.ts';
import { podcastSlice, type Slice, type SliceKind, sliceKinds, slicePath } from '../../publication/slices/slice.ts';
import type { Words } from '../../publication/words/en.ts';
import { correctionsFormats } from './corrections-view.ts';
import { recommendedFeed } from './feeds-view.ts';
import { about, type Html, ownWords } from './language-view.ts';
import { htmlType, layout } from './layout.ts';
import { sliceLanguage } from './lists/slice-heading.ts';
import { podcastFeed } from './podcast-view.ts';

const root = './';
/** The format that every reader accepts. */
const { label, file } = formats[0] as (typeof formats)[number];
/** How many slices of a kind the page lists; OPML has them all. */
const listed = 200;

/**
 * Renders the page that explains how to subscribe: the podcast's feed and the publication's first, then the feeds of
 * slices, collapsed by kind.
 */
export async function writeSubscribe(edition: Edition, _: unknown, now: Instant): Promise<WrittenDocument> {
  const { site, changed } = edition;
  const { slices, since, until } = await edition.slices(now);
  const kinds = sliceKinds
    .flatMap((kind) => (kind === 'podcast' ? [] : [{ kind, slices: slices.filter((slice) => slice.kind === kind) }]))
    // With a single language, its feed is the same as the publication's.
    .filter(({ kind, slices }) => slices.length > (kind === 'language' ? 1 : 0));
  const hasPodcast = slices.some(({ kind }) => kind === 'podcast');
  const corrections = noticesLink(await edition.notices?.(now));
  const menu = await edition.menu?.(now);
  const { words, own } = ownWords(site);
  const body = html`<section class="subscribe"${own}>
<h1>${words.subscribe}</h1>
<p>${words.explanation}</p>
${hasPodcast ? html`<h2><a href="${root}${slicePath(podcastSlice)}">${words.podcast}</a></h2>\n${podcastFeed(site, root)}` : ''}<h2>${about(site.main === undefined ? words.everythingIn : words.subscribeTo, html`<bdi lang="${site.language}">${site.title}</bdi>`)}</h2>
<p>${words.copyOne}</p>
${recommendedFeed(site, undefined, root)}${kinds.map((kind) => foldedList(kind, site, words))}${corrections.isListed ? html`<h2><a href="${root}${correctionsPath}">${words.corrections}</a></h2>\n${correctionsFormats(root)}\n` : ''}<h2>${words.atOnce}</h2>
<p><a href="${root}feeds.opml">${words.opml}</a></p>
<p>${words.opmlIs}</p>
</section>`;
  const text = await layout({
    site,
    title: `${words.subscribe} – ${site.title}`,
    root,
    path: subscribePath,
    menu,
    canonical: new URL(subscribePath, site.url).href,
    offersFeeds: true,
    body,
  });
  // The list changes when a slice gets its first article or loses its last, so `since` is the only date of its own.
  return writeDocument(
    text,
    htmlType,
    datedWith(
      omitUndefined({
        articles: [],
        updated: lastUpdate(omitUndefined({ articles: [], updated: latest([since, corrections.since]) })),
        changed,
        until: earliest([until, corrections.until]),
      }),
      menu,
    ),
  );
}

const headings: Readonly<Record<Exclude<SliceKind, 'podcast'>, keyof Words>> = {
  feed: 'selected',
  tag: 'oneTag',
  author: 'oneAuthor',
  language: 'oneLanguage',
  section: 'oneSection',
};

/** Lists the feeds of a kind as RSS; their pages have the other formats. */
function foldedList(
  { kind, slices }: { readonly kind: keyof typeof headings; readonly slices: readonly Slice[] },
  site: Site,
  words: Words,
): Html {
  const left = slices.length - listed;
  return html`<details>
<summary><h2>${words[headings[kind]]}</h2> <span>${slices.length}</span></summary>
<ul class="feeds">
${slices
  .slice(0, listed)
  .map(
    (slice) =>
      html`<li><a${sliceLanguage(slice, site) || html` lang="${site.language}"`} href="${root}${slicePath(slice)}">${sliceTitle(slice, site)}</a> <a href="${root}${feedPath({ slice }, file)}" aria-label="${sliceTitle(slice, site)}, ${label}">${label}</a></li>\n`,
  )}</ul>
${left > 0 ? html`<p>${about(words.more, left)}</p>\n` : ''}</details>
`;
}
