import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ArticleHead } from '../../article/article.ts';
import { directionOf } from '../../publication/direction.ts';
import type { Site } from '../../publication/site.ts';
import type { Words } from '../../publication/words/en.ts';
import { wordsFor } from '../../publication/words/words.ts';

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

/** What a page says by itself, and the attributes that say in which language, around which another may stand. */
export interface Own {
  readonly words: Words;
  readonly own: Html | string;
}

/** Finds the words of a publication's pages, for a place in its language or in the one that is named. */
export function ownWords({ language }: Site, around = language): Own {
  const { words, language: spoken } = wordsFor(language);
  const isSame = spoken === around || (spoken === 'en' && /^en\b/i.test(around));
  return { words, own: isSame ? '' : languageOf(spoken, around) };
}

/** Writes words with what they are about in the place of `{}`. */
export function about(words: string, subject: Html | string | number): Html {
  const [before = '', after = ''] = words.split('{}');
  return html`${before}${subject}${after}`;
}
