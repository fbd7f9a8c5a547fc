import type { OnProgress } from './terminal/progress.ts';

/** Does work for each of many things, so many at a time, and tells how many are done; begins no more of it once some has failed. */
export async function forEachOf<T>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T) => Promise<void>,
  onProgress: OnProgress = () => {},
): Promise<void> {
  const waiting = things.values();
  let done = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const thing of waiting) {
      if (failed) return;
      try {
        await work(thing);
      } catch (error) {
        failed = true;
        throw error;
      }
      onProgress(++done, things.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
