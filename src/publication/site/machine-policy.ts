/** What programs may do with the articles. Nothing is stated about an absent key. */
export interface MachinePolicy {
  /** Whether a search index may be built. */
  readonly search?: boolean;
  /** Whether models may read the articles as input, such as for an answer that names its sources. */
  readonly aiInput?: boolean;
  /** Whether models may be trained with the articles. */
  readonly aiTrain?: boolean;
  /** Absolute URL of the license for people. */
  readonly license?: string;
  /** Whom to ask for a license: an absolute URL, or `mailto:` and a mail address. */
  readonly contact?: string;
}

/** The uses in the words that Content Signals and RSL share, each with whether it is allowed. */
export function statedUses({ search, aiInput, aiTrain }: MachinePolicy): readonly (readonly [string, boolean])[] {
  const uses = [
    ['search', search],
    ['ai-input', aiInput],
    ['ai-train', aiTrain],
  ] as const;
  return uses.flatMap(([use, allowed]) => (allowed === undefined ? [] : [[use, allowed] as const]));
}

/** Reports whether the rights to text and data mining are reserved; `undefined` if nothing is said about it. */
export function reservesMining({ aiInput, aiTrain }: MachinePolicy): boolean | undefined {
  const said = [aiInput, aiTrain].filter((allowed) => allowed !== undefined);
  return said.length === 0 ? undefined : said.includes(false);
}

/** The path of the terms on which mining is licensed, below the site's address. */
export const tdmPolicyPath = 'tdm-policy.json';

/** A site and its policy. */
interface Stated {
  readonly url: string;
  readonly machines?: MachinePolicy;
}

/** The address of the terms on which mining is licensed; `undefined` unless it is reserved. */
export function miningTerms({ machines, url }: Stated): string | undefined {
  return machines !== undefined && reservesMining(machines) === true ? new URL(tdmPolicyPath, url).href : undefined;
}

/** The header fields of an answer whose text may not be mined (TDM Reservation Protocol §4.1). */
export function miningFields(site: Stated): Readonly<Record<string, string>> {
  const terms = miningTerms(site);
  return terms === undefined ? {} : { 'tdm-reservation': '1', 'tdm-policy': terms };
}
