import type { Bytes, WriteStore } from '../../store/store.ts';

/** Implements {@link WriteStore.replace} for a store without compare-and-swap. */
export async function replaceUnguarded(
  store: Pick<WriteStore, 'get' | 'put'>,
  key: string,
  content: Bytes,
  before: Bytes | undefined,
): Promise<boolean> {
  if (!isEqual(await store.get(key), before)) return false;
  await store.put([key], async () => content);
  return true;
}

/** Reports whether two values are the same bytes, or both missing. */
export function isEqual(a: Bytes | undefined, b: Bytes | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
