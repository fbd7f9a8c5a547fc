import { nearest } from '../../../article/nearest.ts';
import { quote } from '../../../article/problem.ts';
import { mainFeed } from '../../../publication/file/feed-keys.ts';
import type { LabelKind, Query } from '../../../publication/site/query.ts';
import { makeSlicer } from '../../../publication/slices/membership.ts';
import { type Slice, sliceFolders } from '../../../publication/slices/slice.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { FileFinding } from './linted-article.ts';
import type { SiteFacts } from './site-facts.ts';

/** Finds labels in the queries of feeds that no article has, such as a mistyped tag. */
export function unusedLabels({ sources, site, feedPlaces }: FolderSnapshot, facts: SiteFacts): readonly FileFinding[] {
  const { feeds = [], main } = site;
  const queries = [...feeds, ...(main === undefined ? [] : [{ name: mainFeed, query: main }])];
  if (queries.length === 0) return [];
  const slicesOf = makeSlicer({ authors: site.authors, language: site.language });
  const slices = new Map(sources.flatMap(({ head }) => [...slicesOf(head)]));
  const used = Map.groupBy(slices.values(), ({ kind }) => kind);
  return queries.flatMap(({ name, query }) =>
    labelsIn(query).flatMap(({ key, kind, slug }) => {
      const slugs = (used.get(kind) ?? []).map((slice: Slice) => slice.slug);
      if (slugs.includes(slug) || (kind === 'language' && slugs.some((one) => one.startsWith(`${slug}-`)))) return [];
      const meant = nearest(slug, slugs);
      const fix = meant === undefined ? 'correct or remove it' : `did you mean ${quote(meant)}?`;
      const whole = `feeds.${name}.${key}`;
      const place = feedPlaces?.[whole] ?? { file: facts.publicationFile() };
      return [{ ...place, message: `${whole}: no article has the ${kind} ${quote(slug)}; ${fix}` }];
    }),
  );
}

/** Lists the labels of a query with the keys that name them. */
function labelsIn({ not = {}, ...wanted }: Query) {
  return [
    { prefix: '', labels: wanted },
    { prefix: 'not.', labels: not },
  ].flatMap(({ prefix, labels }) =>
    (Object.keys(labels) as LabelKind[]).flatMap((kind) =>
      (labels[kind] ?? []).map((slug) => ({ key: prefix + sliceFolders[kind], kind, slug })),
    ),
  );
}
