import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ArticleHead } from '../../article/article.ts';
import type { Site } from '../../publication/site/site.ts';
import { directionOf } from '../../publication/words/direction.ts';
import type { Words } from '../../publication/words/en.ts';
import { wordsFor } from '../../publication/words/words.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Writes the attribute ` lang` and, if its direction differs from that of the language around, ` dir`. */
export function languageOf(language: string, around = 'en'): Html {
  const direction = directionOf(language);
  return html` lang="${language}"${direction === directionOf(around) ? '' : html` dir="${direction}"`}`;
}

/** The same for an article in a page; writes nothing if it is in the publication's language. */
export function articleLanguage({ language }: Pick<ArticleHead, 'language'>, site: Site): Html | string {
  return language === undefined || language === site.language ? '' : languageOf(language, site.language);
}

/** Writes the attributes for the publication's own text in an article of another language. */
export function siteLanguage({ language }: Site, around: string | undefined): Html | string {
  return around === undefined || around === language ? '' : languageOf(language, around);
}

/** The interface text of a page, and the attributes for its language, if that differs from the surrounding one. */
export interface Own {
  readonly words: Words;
  readonly own: Html | string;
}

/** Returns the interface text for a publication, to be shown in text of the language `around`. */
export function ownWords({ language }: Site, around = language): Own {
  const { words, language: spoken } = wordsFor(language);
  const isSame = spoken === around || (spoken === 'en' && /^en\b/i.test(around));
  return { words, own: isSame ? '' : languageOf(spoken, around) };
}

/** Writes words with `{}` replaced by a subject. */
export function about(words: string, subject: Html | string | number): Html {
  const [before = '', after = ''] = words.split('{}');
  return html`${before}${subject}${after}`;
}
