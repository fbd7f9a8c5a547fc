import type { Article } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { articleSlug } from '../publication/addresses/address.ts';
import { normalizeOldPath } from '../publication/addresses/old-addresses.ts';
import { editionOf } from '../publication/edition.ts';
import { groupSize, type HeadlineGroup, type HeadlineStore } from '../publication/headline.ts';
import { type ArticleRun, type Edition, type ListedSlice, Unavailable } from '../publication/publication.ts';
import { slicePath } from '../publication/slices/slice.ts';
import { findBlocks, findInTable, listTable, type ReadObject, readBlocks } from '../publication/stored/read-stored.ts';
import {
  editionPath,
  gone,
  type Ref,
  type StoredBlock,
  type StoredEdition,
  type StoredMonths,
  type StoredNotices,
  type StoredRun,
  type StoredSlice,
  storedForm,
} from '../publication/stored/stored.ts';
import type { Bytes } from './store.ts';

/** Reads the article with a slug from a block. */
export type ReadArticle = (block: Ref, slug: string) => Promise<Article | undefined>;

/** Opens the edition that a pointer describes. By default, an article is read with its whole block. */
export function openEdition(
  stored: StoredEdition,
  name: string,
  read: ReadObject,
  readArticle: ReadArticle = async (ref, slug) => ((await read(ref)) as StoredBlock).find((one) => one.slug === slug),
): Edition {
  const { site, changed, whole, main } = stored;

  const runOf = (run: StoredRun): ArticleRun => {
    const articles = async (positions: readonly number[]): Promise<readonly Article[]> => {
      const { items } = run;
      const numbers = new Set(positions.map((position) => Math.floor(position / items) + 1));
      const blocks = await readBlocks(read, run, [...numbers]);
      return positions.flatMap((position) => blocks.get(Math.floor(position / items) + 1)?.[position % items] ?? []);
    };
    return {
      count: run.count,
      upcoming: run.upcoming,
      expiring: run.expiring,
      articles,
      heads: articles,
      published: async (position) => (await articles([position]))[0]?.published,
    };
  };

  /** Finds the number of an article's block. */
  const blockOf = async (slug: string): Promise<number | undefined> => {
    const number = await findInTable<number>(read, stored.articles, slug);
    return number === gone ? undefined : number;
  };
  const articleIn = async (number: number, slug: string): Promise<Article | undefined> => {
    const block = (await findBlocks(read, whole, [number])).get(number);
    return block === undefined ? undefined : readArticle(block, slug);
  };
  const headlines = headlinesOf(stored, read);

  return editionOf({
    site,
    name,
    changed,
    whole: runOf(whole),
    ...omitUndefined({ sections: stored.sections, headlines }),
    main: main && runOf(main),
    slice: async (kind, slug) => {
      const found = await findInTable<StoredSlice | typeof gone>(read, stored.slices, slicePath({ kind, slug }));
      if (found === undefined || found === gone) return undefined;
      const { label, run } = found;
      return { slice: { kind, slug, label }, run: runOf(run) };
    },
    slices: async () => (await listTable<ListedSlice>(read, stored.listed)).map(([, slice]) => slice),
    noticed: async () => (stored.noticed === undefined ? [] : ((await read(stored.noticed)) as StoredNotices).noticed),
    deleted: stored.deleted,
    article: async (slug) => {
      const number = await blockOf(slug);
      return number === undefined ? undefined : articleIn(number, slug);
    },
    articleInGroup: async (slug) => {
      const number = await blockOf(slug);
      if (number === undefined) return undefined;
      const index = Math.floor(((number - 1) * whole.items) / (headlines?.size ?? 1));
      const [article, group] = await Promise.all([articleIn(number, slug), headlines?.group(index)]);
      return article && omitUndefined({ article, group });
    },
    findByOldPath: async (path) => {
      const { former, scheduled, expiring } = stored;
      const slug =
        former === undefined
          ? undefined
          : await findInTable<string | typeof gone>(read, former, normalizeOldPath(path));
      if (slug === undefined) return undefined;
      if (slug === gone) return 'gone';
      const published = own(scheduled, slug) ?? '';
      return omitUndefined({ slug, published, expires: own(expiring, slug) });
    },
    isGone: async (path) => {
      const slug = articleSlug(path);
      const found =
        slug === undefined
          ? await findInTable(read, stored.slices, path)
          : await findInTable(read, stored.articles, slug);
      return found === gone;
    },
  });
}

function headlinesOf({ whole, headlines }: StoredEdition, read: ReadObject): HeadlineStore | undefined {
  if (headlines === undefined) return undefined;
  const size = groupSize(whole.items);
  const group = async (index: number): Promise<HeadlineGroup> => {
    const ref = headlines.groups[index];
    if (ref === undefined) throw new Error(`the group ${index} of headlines is missing`);
    return (await read(ref)) as HeadlineGroup;
  };
  return {
    size,
    group,
    months: async () => ((await read(headlines.months)) as StoredMonths).starts,
  };
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Parses a pointer. Its shape is trusted, since the build wrote it, but it may be truncated or of another form. */
export function parsePointer(bytes: Bytes): StoredEdition {
  let stored: Partial<StoredEdition>;
  try {
    stored = JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    throw new Unavailable(`${editionPath} is not JSON`);
  }
  if (stored.form !== storedForm)
    throw new Unavailable(`${editionPath} has form ${stored.form}, expected ${storedForm}: build again`);
  return stored as StoredEdition;
}
