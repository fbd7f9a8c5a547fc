import { createApp } from '../../src/http/app.ts';
import type { ReadStore } from '../../src/store/store.ts';
import { storedPublication } from '../../src/store/stored-publication.ts';

/** What a request reads with an empty cache. */
export interface ColdReads {
  readonly reads: number;
  readonly bytes: number;
}

/** Asks for an address as the first request of a process, and counts what that reads. */
export async function readCold(store: ReadStore, path: string, now: string): Promise<ColdReads> {
  let reads = 0;
  let bytes = 0;
  const counting: ReadStore = {
    get: async (key) => {
      const found = await store.get(key);
      reads++;
      bytes += found?.byteLength ?? 0;
      return found;
    },
  };
  const app = createApp(storedPublication(counting), { now: () => Date.parse(now) });
  const { status } = await app.request(path);
  // The archive page after the last one leads to the current page.
  if (status !== 200 && status !== 302) throw new Error(`${path} answered ${status}`);
  return { reads, bytes };
}

/** Returns the most that any of these addresses reads. */
export async function mostReads(store: ReadStore, paths: readonly string[], now: string): Promise<ColdReads> {
  let reads = 0;
  let bytes = 0;
  for (const path of paths) {
    const one = await readCold(store, path, now);
    reads = Math.max(reads, one.reads);
    bytes = Math.max(bytes, one.bytes);
  }
  return { reads, bytes };
}
