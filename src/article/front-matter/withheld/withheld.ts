import { omitUndefined } from '../../omit-undefined.ts';
import { quote, type Report } from '../../problem.ts';
import { describe, reportWrong } from '../syntax/read.ts';
import { keyOf, type Table, type Value } from '../syntax/value.ts';
import {
  build,
  draftSwitch,
  excluded,
  looseMark,
  looseWordMark,
  type Meaning,
  openSwitch,
  permalink,
  secret,
  strictMark,
  trueIsDraft,
  type Withheld,
  wordMark,
} from './withheld-meanings.ts';

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
      const mark = marks.get(key) ?? rareMark(key);
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
  return marks.has(key) || rareMark(key) !== undefined;
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

function named(names: string, meaningOf: Mark['meaningOf'], open: string, isSecret?: true): readonly Mark[] {
  return names.split(/\s+/).map((name) => omitUndefined({ name, meaningOf, open: `${name}: ${open}`, isSecret }));
}

/** Eleventy's computed data override the page's own. What a template computes is not known here. */
function computed(value: Value): Meaning {
  if (value.kind !== 'table') return undefined;
  const meanings = [...value.entries].flatMap(([key, inner]) => marks.get(key)?.meaningOf(inner) ?? []);
  return (['draft', 'private'] as const).find((one) => meanings.includes(one));
}

/** Spellings too many to list. Their messages name the key in lower case. */
const rareMarks: readonly (readonly [RegExp, Mark['meaningOf'], open: string, isSecret?: true])[] = [
  // Of these, a date is one of expiry.
  [/^(?:is)?(?:expired?|withdrawn|deleted|trashed|disabled)$|^unpublish$/, trueIsDraft, 'false'],
  [/^eleventycomputed$/, computed, '{}'],
  [/^(?:pass|pwd)$/, secret, '""', true],
  [/^(?:unreleased|inprogress|isinprogress|notready)$/, trueIsDraft, 'false'],
  [/^dgpublish$/, openSwitch('draft'), 'true'],
  [/^(?:is)?(?:active|enabled|ready|live|released|shared|listing)$/, openSwitch('private'), 'true'],
  [/^(?:is)?(?:excluded?|ignored?|skip|skipped|classified)$/, looseMark, 'false'],
  [
    /^(?:is)?(?:excluded?|hide|hidden|omit|omitted|skip|no|disabled?|removed?)(?:from|in|the|all)*(?:rss|atom)?(?:rss|atom|feeds?)$/,
    looseMark,
    'false',
  ],
  [/^(?:rss|atom|feeds?)(?:exclude|hide|omit|skip|disable|ignore)d?$/, looseMark, 'false'],
  [/^(?:is|show|include|list)?(?:in|on)?(?:the)?(?:rss|atom|feeds)(?:rss|feeds?)?$/, openSwitch('private'), 'true'],
  [/^(?:phase|workflow|membership|tier|permissions?|confidentiality)$/, looseWordMark, 'published'],
];

/** A quick test, because nearly no key is a rare mark. */
const anyRareMark = new RegExp(rareMarks.map(([{ source }]) => source).join('|'));

function rareMark(key: string): Mark | undefined {
  if (!anyRareMark.test(key)) return undefined;
  const found = rareMarks.find(([pattern]) => pattern.test(key));
  return found && omitUndefined({ name: key, meaningOf: found[1], open: `${key}: ${found[2]}`, isSecret: found[3] });
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
