import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ArticleHead } from '../../article/article.ts';
import { formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import { type Direction, directionOf } from '../../publication/direction.ts';
import type { Site } from '../../publication/site.ts';
import { type Slice, siteOfSlice } from '../../publication/slice.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What a page hands to its frame. */
export interface Frame {
  readonly site: Site;
  readonly title: string;
  /** A slice whose feeds are offered after the publication's own. */
  readonly slice?: Slice | undefined;
  /** The way from this page back to the site's root, such as `./` or `../`. */
  readonly root: string;
  /** Where a page says that its text comes from, when that is elsewhere. */
  readonly canonical?: string;
  readonly body: Html;
}

/** Writes ` lang` and, where the direction is not that of what stands around, ` dir`. */
function languageOf(language: string, around: Direction = 'ltr'): Html {
  const direction = directionOf(language);
  return html` lang="${language}"${direction === around ? '' : html` dir="${direction}"`}`;
}

/** The same for an article inside a page, which says nothing where the article is in the publication's language. */
export function articleLanguage({ language }: Pick<ArticleHead, 'language'>, site: Site): Html | string {
  return language === undefined || language === site.language
    ? ''
    : languageOf(language, directionOf(site.language));
}

/** Media type of the pages for people. */
export const htmlType = 'text/html; charset=utf-8';

/** Writes the frame of every page: autodiscovery links, the publication's name, the feeds. */
export async function layout({ site, slice, title, root, canonical, body }: Frame): Promise<string> {
  const feeds = [site, ...(slice === undefined ? [] : [siteOfSlice(site, slice)])].flatMap((of, i) =>
    formats.map(({ label, type, file }) => ({
      title: `${of.title} (${label})`,
      type,
      href: root + feedPath(i === 0 ? {} : { slice }, file),
    })),
  );
  const page = html`<!doctype html>
<html${languageOf(site.language)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${site.description}">
${canonical === undefined ? '' : html`<link rel="canonical" href="${canonical}">\n`}${feeds.map(
  ({ title, type, href }) => html`<link rel="alternate" type="${type}" title="${title}" href="${href}">\n`,
)}<link rel="icon" href="${root}icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}style.css">
</head>
<body>
<header><a href="${root}">${site.title}</a><p>${site.description}</p></header>
<main>
${body}
</main>
<footer><p>Subscribe: ${formats.map(({ label, file }) => html`<a href="${root}${file}">${label}</a> `)}</p>${
    site.copyright === undefined ? '' : html`<p>${site.copyright}</p>`
  }</footer>
</body>
</html>
`;
  return String(await page);
}
