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
