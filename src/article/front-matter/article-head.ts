import type { ArticleHead, Correction, Instant, Withdrawal } from '../article.ts';
import type { Author } from '../author.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { copyText } from '../plain-text.ts';
import type { SeedFacts } from '../seed/seed-format.ts';
import { mintSuffix } from '../seed/seed-id.ts';
import { sectionInPath } from '../seed/seed-path.ts';
import type { Metadata } from './metadata.ts';

/** What identifies an article, and where it is. */
interface Identity {
  /** Absent unless the article states an IRI, or its site has one for it. */
  readonly id: string | undefined;
  readonly permalink: string;
  readonly aliases: readonly string[];
  /** Path inside the folder of articles. */
  readonly path: string;
  readonly language: string | undefined;
  /** The language of the folder. */
  readonly inherited: string | undefined;
}

/** Creates the head of an article. It shares no memory with the text of the seed. */
export function headOf(
  slug: string,
  { id, permalink, aliases, path, language, inherited }: Identity,
  { title, published, updated }: SeedFacts,
  metadata: Metadata | undefined,
  mintId: (slug: string) => string,
): ArticleHead {
  const plainId = id === undefined ? metadata?.id : undefined;
  const last = lastOf(updated, metadata?.corrections);
  return omitUndefined({
    id: id === undefined ? mintId(plainId === undefined ? slug : mintSuffix(plainId)) : copyText(id),
    plainId: plainId && copyText(plainId),
    slug,
    permalink: copyText(permalink),
    aliases: aliases.length === 0 ? undefined : aliases.map(copyText),
    title: copyText(title),
    published,
    updated: last,
    edited: updated > published && updated < last ? updated : undefined,
    expires: metadata?.expires,
    corrections: metadata?.corrections?.map(({ date, note }) => ({ date, note: copyText(note) })),
    withdrawal: metadata?.withdrawal && copyWithdrawal(metadata.withdrawal),
    authors: metadata?.authors.map(copyAuthor) ?? none,
    tags: metadata?.tags.map(copyText) ?? none,
    section: sectionInPath(path, inherited),
    language,
    translationKey: metadata?.translationKey && copyText(metadata.translationKey),
    extent: metadata?.extent,
  });
}

/** A correction is an update. */
function lastOf(updated: Instant, corrections: readonly Correction[] = []): Instant {
  return corrections.reduce((last, { date }) => (date > last ? date : last), updated);
}

function copyWithdrawal({ date, reason }: Withdrawal): Withdrawal {
  return omitUndefined({ date, reason: reason && copyText(reason) });
}

const none: readonly never[] = [];

function copyAuthor({ profiles, ...author }: Author): Author {
  const texts = Object.entries(author).map(([field, value]) => [field, copyText(value)]);
  return { ...Object.fromEntries(texts), ...omitUndefined({ profiles: profiles?.map(copyText) }) };
}
