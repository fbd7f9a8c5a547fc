import type { ArticleHead } from '../../../article/article.ts';
import type { Inherited } from '../../../article/front-matter/inherited.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { type ParsedArticle, parseSeed, type Seed } from '../../../article/parse.ts';
import type { Problem } from '../../../article/problem.ts';
import { permalinkRule } from '../../../publication/addresses/parse-options.ts';
import type { Site } from '../../../publication/site/site.ts';
import type { ServedFile } from '../../disk/served-file.ts';
import { longText } from '../render/render-elsewhere.ts';

/**
 * What parsing a seed found, in a form that does not depend on the site's address and id, and so can outlast them and
 * the process.
 */
export interface SeedRecord {
  /** Absent if the seed is not published. */
  readonly head?: RecordedHead;
  /** The slug for when another article has the shorter one. */
  readonly longSlug?: string;
  readonly isLong?: true;
  readonly isIdWritten?: true;
  readonly isWithheld?: true;
  /** Without the path of the file. */
  readonly problems?: readonly Omit<Problem, 'file'>[];
  /** The files that parsing looked for, with the paths of those that were there. */
  readonly found?: readonly FoundFile[];
}

/** A file as the article writes it, and its path inside the folder if it is there. */
export type FoundFile = readonly [written: string, path: string | null];

/** A head without what is derived from the site, and without an update on the day of its publication. */
export interface RecordedHead extends Partial<Omit<ArticleHead, 'slug' | 'title' | 'published' | 'permalink'>> {
  readonly slug: string;
  readonly title: string;
  readonly published: string;
  /** What the id is made of, unless the article states it. */
  readonly mintedOf?: string;
  /** `true` if it is the id. */
  readonly permalink?: string | true;
}

/** A host that no article names, because addresses have lower-case hosts. */
const neutralUrl = 'https://Site.invalid/';
/** No id contains this character. */
const neutralId = '\n';

/**
 * Parses a seed. Of its site, the time zone and the rule for permalinks matter. `findFile` finds the files that it
 * names. Throws if the parser fails.
 */
export function makeRecord(
  seed: Seed,
  site: Site,
  inherited: Inherited | undefined,
  findFile: (written: string) => ServedFile | undefined,
): SeedRecord {
  const found = new Map<string, string | null>();
  const parsed = parseSeed(seed, {
    timezone: site.timezone,
    rule: permalinkRule(site),
    people: site.people,
    articleUrl: (slug) => neutralUrl + slug,
    mintId: (slug) => neutralId + slug,
    inherited,
    findFile: (written) => {
      const file = findFile(written);
      found.set(written, file?.path ?? null);
      return file && { url: neutralUrl, type: file.type, length: file.length };
    },
  });
  const { source, withLongSlug, isIdWritten, isWithheld, problems } = parsed;
  return ownCopy({
    head: source && recordedHead(source),
    longSlug: withLongSlug?.head.slug,
    isLong: seed.text.length > longText || undefined,
    isIdWritten: isIdWritten || undefined,
    isWithheld: isWithheld || undefined,
    problems: problems.length === 0 ? undefined : problems.map(({ file: _, ...problem }) => problem),
    found: found.size === 0 ? undefined : [...found],
  });
}

/** Copies plain data, without undefined properties. V8 keeps a whole text for each part of it; a copy has its own. */
function ownCopy(record: { readonly [K in keyof SeedRecord]: SeedRecord[K] | undefined }): SeedRecord {
  return JSON.parse(JSON.stringify(record));
}

function recordedHead({ head }: ParsedArticle): RecordedHead {
  const { id, permalink, published, updated, authors, tags, ...same } = head;
  const isMinted = id.startsWith(neutralId);
  return omitUndefined({
    ...same,
    published,
    id: isMinted ? undefined : id,
    mintedOf: isMinted && id !== neutralId + head.slug ? id.slice(neutralId.length) : undefined,
    permalink: permalink === id || (permalink === neutralUrl + head.slug ? undefined : permalink),
    updated: updated === published ? undefined : updated,
    authors: authors.length === 0 ? undefined : authors,
    tags: tags.length === 0 ? undefined : tags,
  });
}
