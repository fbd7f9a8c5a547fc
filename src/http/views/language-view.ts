import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ArticleHead } from '../../article/article.ts';
import { directionOf } from '../../publication/direction.ts';
import type { Site } from '../../publication/site.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Writes ` lang` and, where the direction is not that of the language around, ` dir`. */
export function languageOf(language: string, around = 'en'): Html {
  const direction = directionOf(language);
  return html` lang="${language}"${direction === directionOf(around) ? '' : html` dir="${direction}"`}`;
}

/** The same for an article inside a page, which says nothing where the article is in the publication's language. */
export function articleLanguage({ language }: Pick<ArticleHead, 'language'>, site: Site): Html | string {
  return language === undefined || language === site.language ? '' : languageOf(language, site.language);
}

/** The same for the words of the pages themselves, which are English whatever the publication's language is. */
export function ownLanguage({ language }: Site): Html | string {
  return /^en\b/i.test(language) ? '' : languageOf('en', language);
}
