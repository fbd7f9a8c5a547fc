import { oldestFirst } from '../../../article/article.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { FiledFinding } from './linted-article.ts';
import { bandsOf, likeness, seemingLikeness, shinglesOf, sketchOf } from './shingles.ts';

/** The share of their runs of words that two articles may have in common. */
const alike = 0.85;
/** Shingles below which a text is a notice, which may well say what another says. */
const fewest = 50;
/** The share of equal hashes in two sketches from which on they are worth a comparison: far below what an error makes of it. */
const seeminglyAlike = 0.6;
/** Texts with which one is compared that share such hashes: much text that is in many articles must not cost their square. */
const mostCompared = 4;

/** Finds articles whose text, or nearly all of it, an older article has too. */
export function nearDuplicates({ articles }: FolderSnapshot): readonly FiledFinding[] {
  const texts = articles
    .toSorted((a, b) => oldestFirst(a.source.head, b.source.head))
    .map(({ file, source }) => ({ file, body: source.written?.().body ?? '' }));
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
    if (shingles.length < fewest) return [];
    const sketch = sketchOf(shingles);
    sketches[index] = sketch;
    const candidates = new Set<number>();
    for (const band of bandsOf(sketch)) {
      const bucket = buckets.get(band);
      for (const other of bucket ?? []) candidates.add(other);
      // The oldest stand for all that are like them.
      if (bucket === undefined) buckets.set(band, [index]);
      else if (bucket.length < mostCompared) bucket.push(index);
    }
    let own: ReadonlySet<number> | undefined;
    for (const other of candidates) {
      if (seemingLikeness(sketch, sketches[other] ?? sketch) < seeminglyAlike) continue;
      own ??= new Set(shingles);
      const share = likeness(own, setOf(other));
      if (share < alike) continue;
      const percent = Math.floor(share * 100);
      const twin = texts[other]?.file ?? '';
      const message = `${percent} % of the text stands in ${twin} too; delete one of the two, or make them differ`;
      return [{ file, message, other: twin }];
    }
    return [];
  });
}
