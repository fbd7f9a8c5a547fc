import { absolute } from '../../published/feed-bases.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { looseText } from './import-facts.ts';

/** What a feed says of its podcast, under the keys that `publication.yaml` has for it, each as it is written. */
export interface ImportedPodcast {
  /** `Society & Culture > Documentary`, as `publication.yaml` has them. */
  readonly category?: readonly string[];
  readonly explicit?: boolean;
  readonly image?: string;
  readonly author?: string;
  readonly owner?: { readonly name?: string; readonly email?: string };
  readonly type?: string;
  readonly guid?: string;
  readonly locked?: boolean;
}

type Channel = Extract<ParsedFeed, { readonly format: 'rss' }>['feed'];

/** Reads what a channel says of its podcast; `undefined` where it is none. */
export function podcastOf(
  { itunes, podcast }: Pick<Channel, 'itunes' | 'podcast'>,
  base: string | undefined,
): ImportedPodcast | undefined {
  const category = (itunes?.categories ?? []).flatMap(({ text, categories = [] }) => {
    const name = looseText(text);
    const parts = categories.map((inner) => looseText(inner.text)).filter((part) => part !== '');
    if (name === '') return [];
    return parts.length === 0 ? [name] : parts.map((part) => `${name} > ${part}`);
  });
  const owner = said({
    name: looseText(itunes?.owner?.name) || undefined,
    email: itunes?.owner?.email?.trim(),
  });
  const facts = said({
    category: category.length === 0 ? undefined : category,
    explicit: itunes?.explicit,
    image: absolute(itunes?.image, base),
    author: looseText(itunes?.author) || undefined,
    owner: Object.keys(owner).length === 0 ? undefined : owner,
    type: itunes?.type?.trim().toLowerCase(),
    guid: podcast?.guid?.trim().toLowerCase(),
    locked: podcast?.locked?.value,
  });
  return Object.keys(facts).length === 0 ? undefined : facts;
}

/** Without what isn't said. */
function said<T extends object>(all: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as never;
}
