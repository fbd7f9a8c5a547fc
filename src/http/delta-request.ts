/** Tags in a request longer than this are none of ours. */
const tagLimit = 4096;

/**
 * Gives the entity-tags of what a reader has, if it has something and asks for no more than what is new since
 * (RFC 3229 §10.5.3, `A-IM` with the instance-manipulation `feed`).
 */
export function deltaBase(headers: Pick<Headers, 'get'>): string | undefined {
  const held = headers.get('If-None-Match');
  if (held === null || held.length > tagLimit) return undefined;
  const manipulations = headers.get('A-IM');
  return manipulations !== null && acceptsFeed(manipulations) ? held : undefined;
}

function acceptsFeed(manipulations: string): boolean {
  return manipulations
    .split(',')
    .some((one) => /^\s*feed\s*(?:;\s*q=(?:0\.0{0,2}[1-9]\d{0,2}|1(?:\.0{0,3})?)\s*)?$/i.test(one));
}
