import { html } from 'hono/html';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { unknownWidth } from '../../../publication/addresses/picture-sizes.ts';
import type { Page } from '../../../publication/page.ts';
import type { Site } from '../../../publication/site/site.ts';
import { type DescribedSlice, describedSlice, sliceTitle } from '../../../publication/site/slice-title.ts';
import { authorOfSlice } from '../../../publication/slices/people.ts';
import { type Slice, slicePath, sliceWords } from '../../../publication/slices/slice.ts';
import { smallerVersions } from '../article/page-pictures.ts';
import { dateView, dayOf } from '../date-view.ts';
import { localAddress } from '../head-view.ts';
import { about, type Html, languageOf, ownWords } from '../language-view.ts';
import { personView } from '../person-view.ts';
import { appLinks } from '../podcast-view.ts';
import { breadcrumbs, type Crumb } from './breadcrumbs.ts';

/** Writes the heading of a list, except on the home page: the slice, or the articles' dates. */
export function listHeading(page: Page, site: Site, root: string): Html {
  const { slice, address } = page;
  const { words, own } = ownWords(site);
  if (address.archive === undefined)
    return slice === undefined ? html`` : html`<div class="heading">${sliceHeading(page, slice, site, root)}</div>\n`;
  const number = about(words.archivePage, address.archive);
  const above = slice === undefined ? '' : breadcrumbs([sliceCrumb(slice, site)], site, root);
  return html`<div class="heading">${above}<p class="kicker"${own}>${number}</p>
<h1>${rangeView(page, site) ?? html`<span${own}>${number}</span>`}</h1></div>
`;
}

/** Names a slice, as the publisher describes it. */
function sliceHeading({ articles }: Page, slice: Slice, site: Site, root: string): Html {
  const { words, own } = ownWords(site);
  const isPodcast = slice.kind === 'podcast';
  const { description, picture } = isPodcast ? podcastFacts(site) : (describedSlice(slice, site) ?? {});
  const author = authorOfSlice(slice, site, articles);
  const image =
    picture === undefined
      ? ''
      : html`<img${isPodcast ? html` class="square"` : ''} src="${localAddress(picture, site, root)}" alt="" width="3" height="${isPodcast ? 3 : 2}"${smallerVersions({ url: picture, width: unknownWidth }, site, root, isPodcast ? '204px' : '(max-width: 640px) 100vw, 306px')} decoding="async">\n`;
  return html`${image}<p class="kicker"${own}>${words[sliceWords[slice.kind]]}</p>
<h1${sliceLanguage(slice, site)}>${sliceTitle(slice, site)}</h1>
${description === undefined ? '' : html`<p class="description">${description}</p>\n`}${isPodcast && site.podcast !== undefined ? appLinks(site) : ''}${author === undefined ? '' : personView(author, site, root)}`;
}

function podcastFacts({ podcast, icon }: Site): Pick<DescribedSlice, 'description' | 'picture'> {
  return omitUndefined({ description: podcast?.description, picture: podcast?.image ?? icon });
}

/** Returns the breadcrumb of a slice's page. */
export function sliceCrumb(slice: Slice, site: Site): Crumb {
  return { name: sliceTitle(slice, site), path: slicePath(slice), own: sliceLanguage(slice, site) };
}

/** Writes the attributes for the name of a language, and for the title of a named feed in another language. */
export function sliceLanguage(slice: Slice, site: Site): Html | string {
  const language = slice.kind === 'language' ? slice.label : languageOfTitle(slice, site);
  return language === undefined || language === site.language ? '' : languageOf(language, site.language);
}

/** Returns the language of a named feed that has a title; a mere name has none. */
function languageOfTitle({ kind, slug }: Slice, { feeds = [] }: Site): string | undefined {
  const feed = kind === 'feed' ? feeds.find(({ name }) => name === slug) : undefined;
  return feed?.title === undefined ? undefined : feed.language;
}

/** Shows the first and the last day of a page's articles. */
function rangeView({ articles }: Page, site: Site): Html | undefined {
  const [newest, oldest] = [articles[0], articles.at(-1)];
  if (newest === undefined || oldest === undefined) return undefined;
  const last = dateView(newest.published, site);
  if (dayOf(newest.published, site) === dayOf(oldest.published, site)) return last;
  return html`${dateView(oldest.published, site)} – ${last}`;
}
