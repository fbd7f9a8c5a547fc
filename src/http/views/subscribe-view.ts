import { html } from 'hono/html';
import type { Instant } from '../../article/article.ts';
import { makeDocument, type RenderedDocument } from '../../feed/document.ts';
import { formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import type { Edition } from '../../publication/publication.ts';
import { type Slice, type SliceKind, sliceKinds, slicePath } from '../../publication/slice.ts';
import { addressFields, explanation, readerLinks, subscribePath } from './feeds-view.ts';
import { type Html, ownLanguage } from './language-view.ts';
import { htmlType, layout } from './layout.ts';

const root = './';
/** How many feeds of a kind the page lists; OPML has them all. */
const listed = 200;

/** Shows every feed of a publication and how to subscribe to it. */
export async function renderSubscribe(edition: Edition, _: unknown, now: Instant): Promise<RenderedDocument> {
  const { site, changed } = edition;
  const { slices, until } = await edition.slices(now);
  const kinds = sliceKinds
    .map((kind) => ({ kind, slices: slices.filter((slice) => slice.kind === kind) }))
    // All articles are in one language mostly, and its feed is the publication's own.
    .filter(({ kind, slices }) => slices.length > (kind === 'language' ? 1 : 0));
  const body = html`<section class="subscribe"${ownLanguage(site)}>
<h1>Subscribe</h1>
<p>${explanation}</p>
<h2>Everything in <bdi lang="${site.language}">${site.title}</bdi></h2>
<p>Copy one of these addresses into your reader; they say the same in three formats.</p>
${addressFields(site, undefined, root)}${readerLinks(site)}${kinds.map((kind) => table(kind, site.language))}<h2>All of them at once</h2>
<p><a href="${root}feeds.opml">The list of all feeds as OPML</a> is a file that readers import.</p>
</section>`;
  const text = await layout({
    site,
    title: `Subscribe – ${site.title}`,
    root,
    canonical: new URL(subscribePath, site.url).href,
    offersFeeds: true,
    body,
  });
  // The list says nothing of articles, so their dates are none of its own.
  return makeDocument(text, htmlType, {
    articles: [],
    ...(changed === undefined ? {} : { changed }),
    ...(until === undefined ? {} : { until }),
  });
}

const headings: Readonly<Record<SliceKind, string>> = {
  tag: 'One tag',
  author: 'One author',
  language: 'One language',
  section: 'One section',
};

function table(
  { kind, slices }: { readonly kind: SliceKind; readonly slices: readonly Slice[] },
  language: string,
): Html {
  const left = slices.length - listed;
  return html`<h2>${headings[kind]}</h2>
<ul class="feeds">
${slices
  .slice(0, listed)
  .map(
    (slice) =>
      html`<li><a lang="${language}" href="${root}${slicePath(slice)}">${slice.label}</a> ${formats.map(
        ({ label, file }) =>
          html`<a href="${root}${feedPath({ slice }, file)}" aria-label="${slice.label}, ${label}">${label}</a> `,
      )}</li>\n`,
  )}</ul>
${left > 0 ? html`<p>${left} more are in the list below.</p>\n` : ''}`;
}
