import { html } from 'hono/html';
import type { Article, Picture } from '../../../article/article.ts';
import { recording } from '../../../feed/media.ts';
import { articlePath, pageAddress } from '../../../publication/addresses/address.ts';
import type { Site } from '../../../publication/site/site.ts';
import { sliceTitle } from '../../../publication/site/slice-title.ts';
import { type Slice, sliceSlug } from '../../../publication/slices/slice.ts';
import { smallerVersions, writtenSet } from '../article/page-pictures.ts';
import { afterDot, durationView, episodeFacts } from '../article/player-view.ts';
import { localAddress } from '../head-view.ts';
import { articleLanguage, type Html, ownWords, siteLanguage } from '../language-view.ts';
import { hiddenAuthor } from '../person-view.ts';

/** How much room an article gets in a list. */
export type StoryForm = 'lead' | 'card' | 'row' | 'brief';

/** The facts of the page around a story. */
export interface StoryPlace {
  readonly form: StoryForm;
  readonly site: Site;
  readonly root: string;
  /** The slice of the page, which its stories don't repeat. */
  readonly slice?: Pick<Slice, 'kind' | 'slug'> | undefined;
  /** Its date, its hour or both, unless a story before it shows the same date. */
  readonly dates: readonly Html[];
  /** Whether it is the first of its day. */
  readonly isNewDay: boolean;
  /** Whether other pages link to it. */
  readonly isTarget: boolean;
}

/** Shows an article in a list of articles. */
export function story(article: Article, place: StoryPlace): Html {
  const { form, site, root, dates, isNewDay, isTarget } = place;
  const { slug, permalink, title, summary, image, authors, published } = article;
  const isHere = permalink === pageAddress(slug, site);
  const hasPicture = image !== undefined && form !== 'brief';
  const names = ['h-entry', form, ...(isNewDay ? ['day'] : []), ...(hasPicture ? ['pictured'] : [])].join(' ');
  const anchor = isTarget ? html` id="${storyAnchor(slug)}"` : '';
  const kicker = kickerOf(article, place);
  const by = bylineOf(article, place);
  const { duration } = recording(article) ?? {};
  const length = duration === undefined ? [] : [html`<span class="length">${durationView(duration)}</span>`];
  const about = [...dates.map((date) => html`<span>${date}</span>`), ...(by === undefined ? [] : [by]), ...length];
  return html`<article class="${names}"${anchor}${articleLanguage(article, site)}>
${hasPicture ? thumbnail(image, article.content, place) : ''}${kicker ?? ''}<h2><a class="p-name${isHere ? ' u-url' : ''}" href="${root}${articlePath(slug)}">${title}</a></h2>
${summary === '' || form === 'brief' ? '' : html`<p class="p-summary">${summary}</p>\n`}${about.length === 0 ? '' : html`<p class="about">${about}</p>\n`}${isHere ? '' : html`<data class="u-url" value="${permalink}"></data>`}${isNewDay ? '' : html`<data class="dt-published" value="${published}"></data>`}${authors.map(hiddenAuthor)}</article>
`;
}

/** The fragment of an article's address in a list. */
export function storyAnchor(slug: string): string {
  return `at-${encodeURIComponent(slug)}`;
}

/**
 * Shows a picture in a box of fixed proportions, in the sizes that the site or its author made. It is decoration beside
 * the headline's link.
 */
function thumbnail({ url, width }: Picture, content: string, { form, site, root }: StoryPlace): Html {
  const loading = form === 'lead' ? html` fetchpriority="high"` : html` loading="lazy"`;
  const set = smallerVersions({ url, width }, site, root, thumbnailSizes[form], writtenSet(content, url));
  return html`<img src="${localAddress(url, site, root)}" alt="" width="3" height="2"${set}${loading} decoding="async">\n`;
}

/** How wide pictures are shown, by the site's stylesheet. */
const thumbnailSizes: Readonly<Record<StoryForm, string>> = {
  lead: '(max-width: 640px) 100vw, (max-width: 896px) 50vw, 640px',
  card: '(max-width: 1190px) 30vw, 344px',
  row: '(max-width: 640px) 30vw, (max-width: 896px) 153px, 204px',
  brief: '144px',
};

/** Names the article's section, unless the page is that section's or the podcast's, and states an episode's number. */
function kickerOf(article: Article, { site, slice }: StoryPlace): Html | undefined {
  const { section, language } = article;
  const { own } = ownWords(site, language);
  const isNamed = slice?.kind === 'podcast' || (slice?.kind === 'section' && slice.slug === sliceSlug(section ?? ''));
  const facts = [
    ...(section === undefined || isNamed ? [] : [sectionKicker(section, site, language)]),
    ...episodeFacts(article, site).map((fact) => html`<span${own}>${fact}</span>`),
  ];
  return facts.length === 0 ? undefined : html`<p class="kicker">${facts.map(afterDot)}</p>\n`;
}

/** Names a section, in text of the language `around`. */
export function sectionKicker(section: string, site: Site, around: string | undefined): Html {
  const title = sliceTitle({ kind: 'section', slug: sliceSlug(section), label: section }, site);
  return html`<span${siteLanguage(site, around)}>${title}</span>`;
}

/** Names the article's own authors, unless they are the publication's. */
function bylineOf({ authors, language }: Article, { site, slice }: StoryPlace): Html | undefined {
  const isPageOf = (name: string): boolean => slice?.kind === 'author' && slice.slug === sliceSlug(name);
  const names = authors.map(({ name }) => name).filter((name) => !isPageOf(name));
  if (names.length === 0) return undefined;
  const { words, own } = ownWords(site, language);
  return html`<span><span${own}>${words.by}</span> ${names.join(', ')}</span>`;
}
