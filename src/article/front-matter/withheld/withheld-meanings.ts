import { text, truth } from '../syntax/read.ts';
import { itemsOf, keyOf, type Scalar, type Value } from '../syntax/value.ts';
import { draftWords, privateWords, publicWords } from './withheld-words.ts';

/** Why an article is not published: it is a draft, or a key marks it as private, which is reported. */
export type Withheld = 'draft' | 'private';

/** What a value means for its article; `unclear` is neither a mark nor its opposite. */
export type Meaning = Withheld | 'open' | 'unclear' | undefined;

export function draftSwitch(value: Value): Meaning {
  return { true: 'draft', false: 'open', undefined: 'unclear' }[`${truth(value)}`] as Meaning;
}

/** A key whose "false" holds back. Other values, such as an address, mean something else. */
export function openSwitch(withheld: Withheld): (value: Value) => Meaning {
  return (value) => (truth(value) === false ? withheld : undefined);
}

/** Any value except "false" is a mark, such as the name of a group. */
export function strictMark(value: Value): Meaning {
  return truth(value) === false ? 'open' : 'private';
}

/** Only "true" is a mark: for other values the key has other meanings, such as "hide: [toc]" or "members: [Ada]". */
export function looseMark(value: Value): Meaning {
  return truth(value) === true ? 'private' : undefined;
}

/** "no" and "0" may be passwords, unlike the value false. */
export function secret(value: Value): Meaning {
  return value.kind === 'scalar' && !value.isText && /^false$/i.test(value.text) ? 'open' : 'private';
}

/** "false" or a date says nothing here. */
export function trueIsDraft(value: Value): Meaning {
  return truth(value) === true ? 'draft' : undefined;
}

/** A list, or a word, names the collections from which the page is left out. */
export function excluded(value: Value): Meaning {
  return value.kind === 'table' || truth(value) === false ? undefined : 'draft';
}

/** A key with a word; an unknown word is unclear. */
export function wordMark(ifFalse: Withheld): (value: Value) => Meaning {
  return (value) => {
    const meanings = itemsOf(value).map((item) => (item.kind === 'scalar' ? meaningOfWord(item, ifFalse) : 'unclear'));
    return (['draft', 'private', 'unclear', 'open'] as const).find((one) => meanings.includes(one));
  };
}

function meaningOfWord(value: Scalar, ifFalse: Withheld): Meaning {
  const word = keyOf(text(value) ?? '');
  if (draftWords.has(word)) return 'draft';
  if (privateWords.has(word)) return 'private';
  if (truth(value) === false) return ifFalse;
  return publicWords.has(word) || truth(value) === true ? 'open' : 'unclear';
}

/** A key that has many other meanings, such as the state in which a town lies. */
export function looseWordMark(value: Value): Meaning {
  const meaning = value.kind === 'scalar' && truth(value) === undefined ? meaningOfWord(value, 'draft') : undefined;
  return meaning === 'unclear' ? undefined : meaning;
}

/** Hugo's build options. "link" has an address but no page, and "local" is only in lists of its section. */
export function build(value: Value): Meaning {
  if (value.kind !== 'table') return truth(value) === false ? 'draft' : undefined;
  const said = (['render', 'list'] as const).flatMap((name) => value.entries.get(name) ?? []);
  const words = said.map((one) => text(one)?.toLowerCase() ?? '');
  if (words.some((word) => /^(?:never|false|no|off|link|0)$/.test(word))) return 'draft';
  if (words.includes('local')) return 'private';
  return words.every((word) => /^(?:always|true|yes|on|1|)$/.test(word)) ? undefined : 'unclear';
}

export function permalink(value: Value): Meaning {
  const built = value.kind === 'table' ? value.entries.get('build') : value;
  return built !== undefined && truth(built) === false ? 'draft' : undefined;
}
