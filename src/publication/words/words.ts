import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ru } from './ru.ts';
import { zh } from './zh.ts';

/** The words by language. Other languages get English. */
export const languages: Readonly<Record<string, Words>> = { ar, de, en, es, fr, it, ja, nl, pl, pt, ru, zh };

/** Words, and the tag of their language. */
export interface Spoken {
  readonly words: Words;
  readonly language: string;
}

/** Returns the words for a publication in a language, or the English ones if there are none. */
export function wordsFor(language: string): Spoken {
  const [name = '', ...subtags] = language.toLowerCase().split('-');
  const words = Object.hasOwn(languages, name) ? languages[name] : undefined;
  return words === undefined || hasOtherScript(name, subtags) ? { words: en, language: 'en' } : { words, language };
}

/** Reports whether a language tag means another script than the words have: the usual one; for Chinese, simplified. */
function hasOtherScript(name: string, subtags: readonly string[]): boolean {
  const script = subtags.find((subtag) => /^[a-z]{4}$/.test(subtag));
  if (script !== undefined) return script !== scripts[name];
  return name === 'zh' && subtags.some((subtag) => /^(?:hk|mo|tw)$/.test(subtag));
}

const scripts: Readonly<Record<string, string>> = { ar: 'arab', ja: 'jpan', ru: 'cyrl', zh: 'hans' };
