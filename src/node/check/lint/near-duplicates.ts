import { oldestFirst } from '../../../article/article.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { FileFinding } from './linted-article.ts';
import { bandsOf, estimatedSimilarity, shinglesOf, similarity, sketchOf } from './shingles.ts';

/** The share of common shingles from which two articles are duplicates. */
const duplicateShare = 0.85;
/** Shingles below which a text is too short to compare: notices may well say the same. */
const minShingles = 50;
/** The estimated share from which two texts are compared, far enough below the limit to allow for its error. */
const candidateShare = 0.6;
/** How many texts of a bucket are compared with each other text, so that common text does not take quadratic time. */
const maxCompared = 4;

/** Finds articles whose text is nearly the same as that of an older article. */
export function nearDuplicates({ articles }: FolderSnapshot): readonly FileFinding[] {
  const texts = articles
    .toSorted((a, b) => oldestFirst(a.source.head, b.source.head))
    .map(({ file, source }) => ({ file, body: source.sourceText?.().body ?? '' }));
  const buckets = new Map<number, number[]>();
  const sketches: (Uint32Array | undefined)[] = [];
  const sets = new Map<number, ReadonlySet<number>>();
  const setOf = (index: number): ReadonlySet<number> => {
    const known = sets.get(index) ?? new Set(shinglesOf(texts[index]?.body ?? ''));
    sets.set(index, known);
    return known;
  };
  return texts.flatMap(({ file, body }, index) => {
    const shingles = shinglesOf(body);
    if (shingles.length < minShingles) return [];
    const sketch = sketchOf(shingles);
    sketches[index] = sketch;
    const candidates = new Set<number>();
    for (const band of bandsOf(sketch)) {
      const bucket = buckets.get(band);
      for (const other of bucket ?? []) candidates.add(other);
      // The oldest texts represent all similar ones.
      if (bucket === undefined) buckets.set(band, [index]);
      else if (bucket.length < maxCompared) bucket.push(index);
    }
    let own: ReadonlySet<number> | undefined;
    for (const other of candidates) {
      if (estimatedSimilarity(sketch, sketches[other] ?? sketch) < candidateShare) continue;
      own ??= new Set(shingles);
      const share = similarity(own, setOf(other));
      if (share < duplicateShare) continue;
      const percent = Math.floor(share * 100);
      const older = texts[other]?.file ?? '';
      const message = `${percent} % of the text is also in ${older}; delete one of the two, or make them differ`;
      return [{ file, message, other: older }];
    }
    return [];
  });
}
