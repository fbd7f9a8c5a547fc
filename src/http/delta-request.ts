import { matches } from './conditional.ts';

/** Tags in a request longer than this are none of ours. */
const tagLimit = 4096;

/**
 * Gives the entity-tags of what a reader has, if it asks for no more than what is new (RFC 3229 §10.5.3, `A-IM` with
 * the instance-manipulation `feed`) and doesn't have it all.
 */
export function deltaBase(headers: Headers, { etag }: { readonly etag: string }): string | undefined {
  const manipulations = headers.get('A-IM');
  if (manipulations === null || !acceptsFeed(manipulations)) return undefined;
  const held = headers.get('If-None-Match');
  return held === null || held.length > tagLimit || matches(held, etag) ? undefined : held;
}

function acceptsFeed(manipulations: string): boolean {
  return manipulations.split(',').some((one) => /^\s*feed\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(one));
}
