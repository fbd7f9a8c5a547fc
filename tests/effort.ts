const { EFFORT: effort } = process.env;

/** Whether the tests take the time for large cases. `.ci/run` sets `EFFORT`, `npm test` does not. */
export const isThorough = effort !== undefined;

/** Returns how often to try a property: `runs` times `EFFORT`, but at least as often as without it, `quick` times. */
export function propertyRuns(runs: number, quick = 300): number {
  return Math.max(Math.min(runs, quick), Math.ceil(runs * Number(effort ?? 0)));
}

/** The length of hostile texts, in characters: the more, the slower a growth with its square shows. */
export const hostileLength =
  effort === undefined ? 100_000 : Math.min(1_000_000, 400_000 * Math.max(1, Number(effort)));
