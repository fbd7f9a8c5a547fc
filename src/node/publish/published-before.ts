import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { objectPath, type Ref } from '../../publication/stored/stored.ts';
import type { WriteStore } from '../../store/store.ts';
import { type EarlierBuild, readLedger, readObject } from '../build/earlier/earlier-build.ts';
import { editionIn, type Shown } from './pointer.ts';

/**
 * Reads what a store has published, so that a machine with nothing but the articles forgets nothing: from the
 * last build in the folder `edge`, if it is the same, and else from the store. Returns `undefined` if the store has no
 * ledger.
 */
export async function publishedBefore(
  store: WriteStore,
  shown: Shown | undefined,
  edge: string,
): Promise<EarlierBuild | undefined> {
  if (shown === undefined) return undefined;
  const edition = editionIn(shown.pointer);
  const read = async (ref: Ref): Promise<unknown> =>
    (await readObject(edge, ref, edition.form)) ?? (await readFromStore(store, ref));
  const ledger = await readLedger(edition, read, store.name);
  return ledger && { edition, ledger };
}

/** Reads an object of a store; `undefined` if it is missing or damaged. */
export async function readFromStore(store: WriteStore, ref: Ref): Promise<unknown> {
  const value = await store.get(objectPath(ref), true);
  if (value === undefined) return undefined;
  const text = await promisify<Uint8Array, Buffer>(gunzip)(value).catch(() => undefined);
  return text && JSON.parse(text.toString());
}
