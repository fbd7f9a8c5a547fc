/** The supported content codings (RFC 9110 §8.4.1), the one with the smallest results first. */
export const codings = ['br', 'gzip'] as const;

export type Coding = (typeof codings)[number];

/**
 * Chooses the coding of an answer by Accept-Encoding (RFC 9110 §12.5.3): the one that the client rates highest, or the
 * smaller one of two with equal ratings. `undefined` means no coding.
 *
 * A client that refuses every coding gets the plain document, which serves it better than 406.
 */
export function chooseCoding(acceptEncoding: string | null): Coding | undefined {
  if (acceptEncoding === null || acceptEncoding.length > 1000) return undefined;
  if (chosen.has(acceptEncoding)) return chosen.get(acceptEncoding);
  const coding = choose(acceptEncoding);
  if (chosen.size >= chosenLimit) chosen.clear();
  chosen.set(acceptEncoding, coding);
  return coding;
}

/** Cached, because readers send one of a few dozen values. */
const chosen = new Map<string, Coding | undefined>();
const chosenLimit = 256;

function choose(acceptEncoding: string): Coding | undefined {
  const ratings = new Map<string, number>();
  for (const element of acceptEncoding.split(',')) {
    const found = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i.exec(element);
    const name = found?.[1]?.toLowerCase();
    if (name !== undefined) ratings.set(aliases[name] ?? name, Number(found?.[2] ?? 1));
  }
  const others = ratings.get('*');
  const rate = (coding: string): number => ratings.get(coding) ?? others ?? 0;
  // Unless rated, "identity" is acceptable, but any accepted coding is preferred.
  const plain = ratings.get('identity') ?? 0;
  const [best] = codings.toSorted((a, b) => rate(b) - rate(a));
  return best !== undefined && rate(best) > 0 && rate(best) >= plain ? best : undefined;
}

/** RFC 9110 §8.4.1.3: `x-gzip` means `gzip`. */
const aliases: Readonly<Record<string, string>> = { 'x-gzip': 'gzip' };
