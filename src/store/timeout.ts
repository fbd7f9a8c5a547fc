import { Unavailable } from '../publication/publication.ts';

/** Milliseconds that a store may take to answer. */
export const storeTimeout = 5000;

/**
 * Waits for a read of a store or cache, for up to `limit` milliseconds. Rejects with {@link Unavailable} on a timeout
 * and on any error; `what` names the object in its message.
 */
export async function withTimeout<T>(what: string, reading: Promise<T>, limit = storeTimeout): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${limit} ms`)), limit);
  });
  try {
    return await Promise.race([reading, late]);
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    throw new Unavailable(`${what} can't be read: ${error instanceof Error ? error.message : error}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds that a request waits for a store if it can be answered with something older. */
const staleAfter = 500;

/** Waits for work up to {@link staleAfter} milliseconds; returns whether it settled. Never rejects. */
export async function settlesSoon(work: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), staleAfter);
  });
  const settled = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}
