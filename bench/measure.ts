/** The speed of two functions that do the same work, measured in turns in one process. */
export interface Comparison {
  /** Calls a second, the median of all rounds. */
  readonly ours: number;
  readonly peers: number;
  /** Ours ÷ theirs: the median of each round's ratio, which noise affects less than a ratio of medians. */
  readonly ratio: number;
}

/** `--quick` checks that everything runs; its figures mean nothing. */
export const quick = process.argv.includes('--quick');
export const rounds = quick ? 1 : 15;
/** Milliseconds for each side in a round. */
const turn = quick ? 10 : 150;

/** Runs both in turns, after a round that is not counted. */
export async function compare(ours: () => unknown, peers: () => unknown): Promise<Comparison> {
  const pairs: [number, number][] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair: [number, number] = [await callsPerSecond(ours), await callsPerSecond(peers)];
    if (round > 0) pairs.push(pair);
  }
  return {
    ours: median(pairs.map(([a]) => a)),
    peers: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => a / b)),
  };
}

async function callsPerSecond(call: () => unknown): Promise<number> {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < turn) {
    await call();
    calls++;
    elapsed = performance.now() - start;
  }
  return (calls * 1000) / elapsed;
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
