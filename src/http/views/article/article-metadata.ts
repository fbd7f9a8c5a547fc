import { html, raw } from 'hono/html';
import type { Article, Picture } from '../../../article/article.ts';
import { isVideo } from '../../../article/media-types.ts';
import { recording } from '../../../feed/media.ts';
import { canonicalAddress } from '../../../publication/addresses/address.ts';
import type { Site } from '../../../publication/site/site.ts';
import { previewPicture } from '../../../publication/slices/card.ts';
import { authorsOf } from '../../../publication/slices/slice.ts';
import { card, property } from '../head-view.ts';
import type { Html } from '../language-view.ts';
import { mediaObject, podcastEpisode } from './recording-metadata.ts';

/** Describes an article for link previews (Open Graph) and search engines (schema.org, as JSON-LD). */
export function articleMetadata(article: Article, site: Site): Html {
  const { title, summary, published, updated, section, tags } = article;
  const image = previewPicture(article, site);
  const authors = authorsOf(article, site);
  return html`${property('og:type', 'article')}${property('og:title', title)}${property('og:description', summary || undefined)}${property('og:url', canonicalAddress(article, site))}${property('og:image', image?.url ?? site.icon)}${property('og:image:width', image?.width)}${property('og:image:height', image?.height)}${property('og:image:alt', image?.alt)}${card(isLarge(image) ? 'summary_large_image' : 'summary')}${property('article:published_time', published)}${property('article:modified_time', updated)}${authors.map(({ url }) => property('article:author', url))}${property('article:section', section)}${tags.map((tag) => property('article:tag', tag))}${authors.map(({ fediverse }) => (fediverse === undefined ? '' : html`<meta name="fediverse:creator" content="${fediverse}">\n`))}${[newsArticle(article, site), podcastEpisode(article, site)].map((data) => (data === undefined ? '' : html`<script type="application/ld+json">${raw(jsonLd(data))}</script>\n`))}`;
}

/** Reports whether a picture is wide enough for a large card; one of unknown size counts as such. */
function isLarge(image: Picture | undefined): boolean {
  return (
    image !== undefined &&
    (image.width ?? leastCard.width) >= leastCard.width &&
    (image.height ?? leastCard.height) >= leastCard.height
  );
}

/** Pixels (X, "Summary Card with Large Image"). */
const leastCard = { width: 300, height: 157 } as const;

/** Makes the schema.org `NewsArticle`. */
function newsArticle(article: Article, site: Site): object {
  const { title, summary, published, updated, section, tags, image, language, corrections } = article;
  const file = recording(article);
  const url = canonicalAddress(article, site);
  const publisher = { '@type': 'Organization', name: site.title, url: site.url, logo: site.icon };
  const authors = authorsOf(article, site).map(({ name, url, picture, bio, profiles }) => ({
    '@type': 'Person',
    name,
    url,
    image: picture,
    description: bio,
    sameAs: profiles,
  }));
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    description: summary || undefined,
    url,
    mainEntityOfPage: url,
    datePublished: published,
    dateModified: updated,
    inLanguage: language ?? site.language,
    // The author is required.
    author: authors.length > 0 ? authors : publisher,
    publisher,
    image: image?.url,
    ...(file === undefined ? {} : { [isVideo(file) ? 'video' : 'audio']: mediaObject(file, article, site) }),
    license: site.machines?.license,
    correction: corrections?.map(({ date, note }) => ({
      '@type': 'CorrectionComment',
      text: note,
      datePublished: date,
    })),
    articleSection: section,
    keywords: tags.length > 0 ? tags : undefined,
  };
}

/** Writes JSON for a `<script>`, which only `<` could end (HTML, "Restrictions for contents of script elements"). */
export function jsonLd(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
