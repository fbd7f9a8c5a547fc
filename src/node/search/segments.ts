import { hash } from 'node:crypto';
import type { ArticleSource } from '../../article/article.ts';
import type { Site } from '../../publication/site/site.ts';
import { fnv1a } from '../../publication/slices/slice.ts';
import { codeVersion } from '../state/code-version.ts';

/** Articles that are indexed together, oldest first. */
export type Segment = readonly ArticleSource[];

/** A segment has 2048 articles on average, so 10,000 articles have five or six. */
const mean = 2048;
const [least, most] = [mean / 4, mean * 2];

/**
 * Cuts articles, oldest first, into segments. The ids of articles decide where a segment ends, so a new or removed
 * article changes its own segment and seldom another.
 */
export function segmentsOf(sources: readonly ArticleSource[]): readonly Segment[] {
  const segments: ArticleSource[][] = [];
  let segment: ArticleSource[] = [];
  for (const source of sources) {
    if (segment.length === 0) segments.push(segment);
    segment.push(source);
    const isEnd = segment.length >= least && fnv1a(source.head.id) % mean === 0;
    if (isEnd || segment.length >= most) segment = [];
  }
  return segments;
}

/** Names the content of a segment; `undefined` while the content of an article is unknown. */
export function keyOfSegment(segment: Segment, { language, timezone }: Site): string | undefined {
  const versions = segment.map(({ version, head }) => version && [version, head.id, head.slug]);
  if (versions.includes(undefined)) return undefined;
  return hash('sha256', JSON.stringify([codeVersion(), language, timezone, versions]), 'hex').slice(0, 32);
}
