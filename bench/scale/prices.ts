/** Prices in US dollars: Cloudflare's of November 2026 (docs/costs.md), and assumed ones of S3. Set your own. */
export const prices = {
  r2: { storage: 0.015, writes: 4.5, reads: 0.36 },
  s3: { storage: 0.023, writes: 5, reads: 0.4 },
  kv: { storage: 0.5, writes: 5, reads: 0.5 },
  /** A month of the paid plan; requests and milliseconds of processor time beyond what it includes. */
  workers: { month: 5, requests: 0.3, included: 10, time: 0.02, includedTime: 30 },
} as const;

/** A store's prices: a GB and month, a million writes, a million reads. */
export interface StorePrices {
  readonly storage: number;
  readonly writes: number;
  readonly reads: number;
}

/** Bytes, writes to fill a store, and writes and reads of a month. */
export interface Use {
  readonly bytes: number;
  readonly objects: number;
  readonly writes: number;
  readonly reads: number;
}

/** Returns the dollars to fill a store once, and those of a month. */
export function costOf(store: StorePrices, { bytes, objects, writes, reads }: Use): { once: number; month: number } {
  return {
    once: (objects / 1e6) * store.writes,
    month: (bytes / 1e9) * store.storage + (writes / 1e6) * store.writes + (reads / 1e6) * store.reads,
  };
}
