const effort = process.env.EFFORT;

/**
 * Returns how often to try a property: `runs` times, and in `npm test` at most 300 times. `EFFORT=10` tries it
 * ten times `runs`. `.ci/run` sets `EFFORT=1`.
 */
export function propertyRuns(runs: number): number {
  return effort === undefined ? Math.min(runs, 300) : Math.ceil(runs * Number(effort));
}

/** The length of a hostile text: 100,000 characters in `npm test`, a million when `EFFORT` is set. */
export const hostileLength = effort === undefined ? 100_000 : 1_000_000;
