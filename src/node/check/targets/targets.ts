import type { Problem } from '../../../article/problem.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { SiteFacts } from '../lint/site-facts.ts';
import { appleNews, flipboard, googleNews, msn } from './news-targets.ts';
import { apple, podcastindex, spotify } from './podcast-targets.ts';
import type { Target } from './target.ts';

/** The services that `check --for` knows. */
export const targets = {
  apple,
  spotify,
  podcastindex,
  flipboard,
  msn,
  'google-news': googleNews,
  'apple-news': appleNews,
} as const satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof targets;

/** Reports what services refuse or advise against. */
export function checkFor(names: readonly TargetName[], reading: FolderSnapshot, facts: SiteFacts): readonly Problem[] {
  return names.flatMap((name) => {
    const { title, find } = targets[name];
    return find(reading, facts).map(
      ({ message, ...finding }): Problem => ({
        line: 1,
        column: 1,
        ...finding,
        code: 'not-accepted',
        message: `${title}: ${message}`,
      }),
    );
  });
}
