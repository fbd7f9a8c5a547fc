import { omitUndefined } from '../omit-undefined.ts';
import { quote, type Report } from '../problem.ts';
import { describe, reportWrong, text, truth } from './read.ts';
import { itemsOf, keyOf, type Scalar, type Table, type Value } from './value.ts';
import { draftWords, privateWords, publicWords } from './withheld-words.ts';

/** Why an article is not published: it is a draft, or a key marks it as private, which is reported. */
export type Withheld = 'draft' | 'private';

/** What a value means for its article; `unclear` is neither a mark nor its opposite. */
type Meaning = Withheld | 'open' | 'unclear' | undefined;

interface Mark {
  /** The key as its framework spells it. */
  readonly name: string;
  readonly meaningOf: (value: Value) => Meaning;
  /** What to write so that the article is published. */
  readonly open: string;
  /** Whether messages leave out the value. */
  readonly isSecret?: true;
}

/**
 * Reads the keys with which frameworks hold an article back. A draft is not reported. Any other mark is an error that
 * names its key, and a value that is neither yes nor no is an error, too: publishing by mistake cannot be undone.
 */
export function readWithheld(table: Table, report: Report): Withheld | undefined {
  let isDraft = false;
  let isPrivate = false;
  for (const [prefix, inner] of scopesOf(table))
    for (const [key, value] of inner.entries) {
      const mark = marks.get(key);
      if (mark === undefined || isEmpty(value)) continue;
      const name = prefix + mark.name;
      const meaning = mark.meaningOf(value);
      if (meaning === 'draft') isDraft = true;
      if (meaning === 'private') isPrivate = true;
      if (meaning === 'private' || meaning === 'unclear') reportMark({ ...mark, name }, value, meaning, report);
    }
  return isDraft ? 'draft' : isPrivate ? 'private' : undefined;
}

/** Reports whether a key, as {@link keyOf} normalizes it, may hold an article back. */
export function isWithholdingKey(key: string): boolean {
  return marks.has(key);
}

/** The tables in which marks stand: front matter itself, and where Zola and Hugo put the keys of a theme. */
function scopesOf(table: Table): readonly (readonly [string, Table])[] {
  const inner = ['extra', 'params'].flatMap((name) => {
    const value = table.entries.get(name);
    return value?.kind === 'table' ? [[`${name}.`, value] as const] : [];
  });
  return [['', table], ...inner];
}

function isEmpty(value: Value): boolean {
  if (value.kind === 'scalar') return value.text.trim() === '';
  return value.kind === 'list' ? value.items.length === 0 : value.entries.size === 0;
}

function reportMark(mark: Mark, value: Value, meaning: Meaning, report: Report): void {
  const { name, meaningOf, open, isSecret } = mark;
  if (meaningOf === draftSwitch) {
    reportWrong(report, name, 'true or false', value, 'error');
    return;
  }
  const what = isSecret === true ? quote(name) : `${quote(name)} is ${describe(value)}, which`;
  const why = meaning === 'private' ? 'marks this article as private' : 'does not say that this article is public';
  const message = `${what} ${why}, so it is not published; to publish it anyway, delete the key or write ${open}`;
  report('error', meaning === 'private' ? 'private' : 'wrong-value', value.at, message);
}

function draftSwitch(value: Value): Meaning {
  return { true: 'draft', false: 'open', undefined: 'unclear' }[`${truth(value)}`] as Meaning;
}

/** A key whose "false" holds back. Other values, such as an address, mean something else. */
function openSwitch(withheld: Withheld): (value: Value) => Meaning {
  return (value) => (truth(value) === false ? withheld : undefined);
}

/** Any value except "false" is a mark, such as the name of a group. */
function strictMark(value: Value): Meaning {
  return truth(value) === false ? 'open' : 'private';
}

/** Only "true" is a mark: for other values the key has other meanings, such as "hide: [toc]" or "members: [Ada]". */
function looseMark(value: Value): Meaning {
  return truth(value) === true ? 'private' : undefined;
}

/** "no" and "0" may be passwords, unlike the value false. */
function secret(value: Value): Meaning {
  return value.kind === 'scalar' && !value.isText && /^false$/i.test(value.text) ? 'open' : 'private';
}

function excluded(value: Value): Meaning {
  return value.kind === 'list' || truth(value) === true ? 'draft' : undefined;
}

/** A key with a word; an unknown word is unclear. */
function wordMark(ifFalse: Withheld): (value: Value) => Meaning {
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
function looseWordMark(value: Value): Meaning {
  const meaning = value.kind === 'scalar' && truth(value) === undefined ? meaningOfWord(value, 'draft') : undefined;
  return meaning === 'unclear' ? undefined : meaning;
}

/** Hugo's build options. "link" has an address but no page, and "local" is only in lists of its section. */
function build(value: Value): Meaning {
  if (value.kind !== 'table') return truth(value) === false ? 'draft' : undefined;
  const said = (['render', 'list'] as const).flatMap((name) => value.entries.get(name) ?? []);
  const words = said.map((one) => text(one)?.toLowerCase() ?? '');
  if (words.some((word) => /^(?:never|false|no|off|link|0)$/.test(word))) return 'draft';
  if (words.includes('local')) return 'private';
  return words.every((word) => /^(?:always|true|yes|on|1|)$/.test(word)) ? undefined : 'unclear';
}

function permalink(value: Value): Meaning {
  const built = value.kind === 'table' ? value.entries.get('build') : value;
  return built !== undefined && truth(built) === false ? 'draft' : undefined;
}

function named(names: string, meaningOf: Mark['meaningOf'], open: string, isSecret?: true): readonly Mark[] {
  return names.split(/\s+/).map((name) => omitUndefined({ name, meaningOf, open: `${name}: ${open}`, isSecret }));
}

const marks: ReadonlyMap<string, Mark> = new Map(
  [
    ...named('draft isDraft wip isWip unpublished unfinished headless isHeadless', draftSwitch, 'false'),
    ...named('published publish isPublished render', openSwitch('draft'), 'true'),
    ...named('permalink', permalink, 'true'),
    ...named('eleventyExcludeFromCollections', excluded, 'false'),
    ...named('build', build, '{ render: always, list: always }'),
    ...named(
      'public isPublic listed isListed visible isVisible feed rss inFeed showInFeed includeInFeed',
      openSwitch('private'),
      'true',
    ),
    ...named(
      'private isPrivate unlisted isUnlisted hidden isHidden protected isProtected passwordProtected membersOnly memberOnly isMembersOnly subscribersOnly subscriberOnly paidOnly isPaid isPremium premiumOnly paywall paywalled loginRequired requiresLogin requireLogin requiresAuth requireAuth authRequired restricted isRestricted confidential internalOnly isInternal excludeFromFeed excludeFromFeeds excludeFromRss hideFromFeed hideFromRss noFeed noRss disableFeed disableRss',
      strictMark,
      'false',
    ),
    ...named('hide members subscribers paid premium internal locked isLocked secret auth embargo', looseMark, 'false'),
    ...named('encrypt encrypted isEncrypted', strictMark, 'false', true),
    ...named('password passwd passphrase postPassword pagePassword', secret, '""', true),
    ...named(
      'status postStatus publishStatus publishedStatus publicationStatus publishingStatus pageStatus articleStatus entryStatus contentStatus workflowStatus workflowState',
      wordMark('draft'),
      'published',
    ),
    ...named('visibility contentVisibility access accessLevel privacy', wordMark('private'), 'public'),
    ...named('state stage audience', looseWordMark, 'published'),
  ].map((mark) => [keyOf(mark.name), mark]),
);

/** All keys that may hold an article back, as their frameworks spell them. */
export const withholdingNames: readonly string[] = [...marks.values()].map(({ name }) => name);
