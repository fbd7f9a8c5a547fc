import { readRatings } from './ratings.ts';

/** The supported content codings (RFC 9110 §8.4.1), the one with the smallest results first. */
export const codings = ['br', 'gzip'] as const;

export type Coding = (typeof codings)[number];

/**
 * Chooses the coding of an answer by Accept-Encoding (RFC 9110 §12.5.3): of those that the server has, the one that the
 * client rates highest, or the smaller one of two with equal ratings. `undefined` means no coding.
 *
 * A client that refuses every coding gets the plain document, which serves it better than 406.
 */
export function chooseCoding(
  acceptEncoding: string | null,
  available: readonly Coding[] = codings,
): Coding | undefined {
  if (acceptEncoding === null || acceptEncoding.length > 1000) return undefined;
  let ranked = accepted.get(acceptEncoding);
  if (ranked === undefined) {
    ranked = rankCodings(acceptEncoding);
    if (accepted.size >= acceptedLimit) accepted.clear();
    accepted.set(acceptEncoding, ranked);
  }
  return ranked.find((coding) => available.includes(coding));
}

/** Cached, because readers send one of a few dozen values. */
const accepted = new Map<string, readonly Coding[]>();
const acceptedLimit = 256;

/** Returns the codings that a client prefers to the plain document, the best one first. */
function rankCodings(acceptEncoding: string): readonly Coding[] {
  const ratings = new Map([...readRatings(acceptEncoding)].map(([name, rating]) => [aliases[name] ?? name, rating]));
  const others = ratings.get('*');
  const rate = (coding: string): number => ratings.get(coding) ?? others ?? 0;
  // Unless rated, "identity" is acceptable, but any accepted coding is preferred.
  const plain = ratings.get('identity') ?? 0;
  return codings.filter((coding) => rate(coding) > 0 && rate(coding) >= plain).sort((a, b) => rate(b) - rate(a));
}

/** RFC 9110 §8.4.1.3: `x-gzip` means `gzip`. */
const aliases: Readonly<Record<string, string>> = { 'x-gzip': 'gzip' };
