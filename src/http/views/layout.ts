import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ArticleHead } from '../../article/article.ts';
import { formats } from '../../feed/formats.ts';
import { type Direction, directionOf } from '../../publication/direction.ts';
import type { Site } from '../../publication/site.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What a page hands to its frame. */
export interface Frame {
  readonly site: Site;
  readonly title: string;
  /** The way from this page back to the site's root: `./` or `../`. */
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
export async function layout({ site, title, root, canonical, body }: Frame): Promise<string> {
  const page = html`<!doctype html>
<html${languageOf(site.language)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${site.description}">
${canonical === undefined ? '' : html`<link rel="canonical" href="${canonical}">\n`}${formats.map(
  ({ label, type, file }) =>
    html`<link rel="alternate" type="${type}" title="${site.title} (${label})" href="${root}${file}">\n`,
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
