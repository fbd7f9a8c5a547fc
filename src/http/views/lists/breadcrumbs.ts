import { html, raw } from 'hono/html';
import type { Site } from '../../../publication/site/site.ts';
import { jsonLd } from '../article/article-metadata.ts';
import { type Html, ownWords } from '../language-view.ts';

/** A step from the home page to the current page. */
export interface Crumb {
  readonly name: string;
  /** Below the site's address; empty for the home page. */
  readonly path: string;
  /** Attributes for its language. */
  readonly own?: Html | string;
}

/** Links the pages above the current one. */
export function breadcrumbs(above: readonly Crumb[], site: Site, root: string, around = site.language): Html {
  const { words, own } = ownWords(site, around);
  return html`<nav class="crumbs" aria-label="${words.breadcrumbs}"${own}><ol>${above.map(
    ({ name, path, own: language = '' }) => html`<li><a href="${root}${path}"${language}>${name}</a></li>`,
  )}</ol></nav>
`;
}

/** Describes the breadcrumbs, including the current page, to search engines (schema.org, as JSON-LD). */
export function breadcrumbList(crumbs: readonly Crumb[], { url }: Site): Html {
  const list = {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: crumbs.map(({ name, path }, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      name,
      item: new URL(path, url).href,
    })),
  };
  return html`<script type="application/ld+json">${raw(jsonLd(list))}</script>
`;
}
