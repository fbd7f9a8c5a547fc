import { Unavailable } from '../publication/publication.ts';

/** How long a store may take to answer, in milliseconds. */
export const storeTimeout = 5000;

/**
 * Waits for what is read from a store, but not for ever; rejects with {@link Unavailable} when it takes longer than
 * `limit`, in milliseconds, or fails in whatever way. `what` names it in the message.
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
