import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../article/article.ts';
import { editionPath, objectsFolder, type StoredEdition, storedFolder, storedForm } from '../../publication/stored.ts';
import { type ShowProgress, showNoProgress } from '../terminal/progress.ts';
import { count } from '../terminal/report.ts';
import type { EditionStore, ReadContent } from './edition-store.ts';

/** An edition under its own name, which a rollback goes back to. */
interface NamedEdition extends StoredEdition {
  /** The keys of all its objects. */
  readonly objects?: readonly string[];
}

/** The result of publishing. */
export interface Published {
  /** How many objects the store lacked. */
  readonly uploaded: number;
  readonly objects: number;
  /** The edition's name, for a rollback; absent if the store showed this edition already. */
  readonly edition?: string;
}

/**
 * Publishes the edition of an edge folder: first the objects that the store lacks, then the edition under its own name,
 * and last, in one step, the pointer that every reader follows. So a reader never sees half an edition, and an
 * interrupted upload resumes where it stopped.
 */
export async function publishEdition(
  edge: string,
  store: EditionStore,
  now: Instant,
  showProgress: ShowProgress = showNoProgress,
): Promise<Published> {
  // A copy, because small files share a buffer, which a store may take as a whole.
  const read: ReadContent = async (key) => new Uint8Array(await readFile(join(edge, key)));
  const built = parseEdition(await readFile(join(edge, editionPath), 'utf8'), join(edge, editionPath));
  const objects = (await readdir(join(edge, objectsFolder))).map((name) => `${objectsFolder}/${name}`);
  const known = await store.keys(`${objectsFolder}/`);
  const fresh = objects.filter((key) => !known.has(key));
  await showProgress('uploads', (onProgress) => store.put(fresh, read, onProgress));
  const shown = await shownEdition(store);
  const counts = { uploaded: fresh.length, objects: objects.length };
  if (shown !== undefined && checksum(shown) === checksum(built)) return counts;
  const name = `${now.replaceAll(':', '')}-${checksum(built)}`;
  const edition = changedAfter(built, shown, now);
  await putText(store, editionKey(name), JSON.stringify({ ...edition, objects } satisfies NamedEdition));
  await putText(store, editionPath, JSON.stringify(edition));
  return { ...counts, edition: name };
}

/**
 * Moves the pointer to a published edition: the one called `name`, or the newest one before the edition shown now.
 * Returns its name. Throws, and moves nothing, if the store lacks something that the edition needs.
 */
export async function rollBack(store: EditionStore, now: Instant, name?: string): Promise<string> {
  const shown = await shownEdition(store);
  if (shown === undefined) throw new Error(`nothing is published in ${store.name}`);
  const names = await editionNames(store);
  const target = name === undefined ? previousName(names, checksum(shown)) : names.find((one) => one === name);
  const text = target === undefined ? undefined : await store.get(editionKey(target));
  if (target === undefined || text === undefined) {
    const there = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
    throw new Error(`${store.name} has no ${name === undefined ? 'earlier edition' : `edition ${name}`}; ${there}`);
  }
  const { objects, ...past }: NamedEdition = parseEdition(text, `edition ${target} in ${store.name}`);
  await expectObjects(store, target, objects ?? []);
  await putText(store, editionPath, JSON.stringify(changedAfter(past, shown, now)));
  return target;
}

function putText(store: EditionStore, key: string, text: string): Promise<void> {
  return store.put([key], async () => new TextEncoder().encode(text));
}

/** Throws an error if the store lacks an object of an edition, which somebody may have deleted. */
async function expectObjects(store: EditionStore, name: string, objects: readonly string[]): Promise<void> {
  const known = await store.keys(`${objectsFolder}/`);
  const missing = objects.filter((key) => !known.has(key));
  if (missing.length > 0)
    throw new Error(
      `edition ${name} needs ${count(missing.length, 'object')} that ${store.name} does not have, such as ${missing[0]}; nothing was changed. Publish the earlier articles again instead`,
    );
}

/** Lists the names of the published editions, oldest first. */
async function editionNames(store: EditionStore): Promise<string[]> {
  const keys = await store.keys(editionsFolder);
  return [...keys].map((key) => key.slice(editionsFolder.length, -'.json'.length)).sort();
}

/** Editions of another form belong to another version of the worker, so each form has its own. */
const editionsFolder = `${storedFolder}/editions-${storedForm}/`;

function editionKey(name: string): string {
  return `${editionsFolder}${name}.json`;
}

/** Returns the newest edition before the last one with this checksum whose content differs. */
function previousName(names: readonly string[], sum: string): string | undefined {
  const at = names.findLastIndex((name) => name.endsWith(`-${sum}`));
  return names.slice(0, Math.max(at, 0)).findLast((name) => !name.endsWith(`-${sum}`));
}

async function shownEdition(store: EditionStore): Promise<StoredEdition | undefined> {
  const text = await store.get(editionPath);
  return text === undefined ? undefined : parseEdition(text, `the edition in ${store.name}`);
}

function parseEdition(text: string, name: string): StoredEdition {
  try {
    return JSON.parse(text) as StoredEdition;
  } catch {
    throw new Error(`${name} is damaged: it is not JSON`);
  }
}

/** Hashes the content of an edition, without its date. */
function checksum(edition: StoredEdition): string {
  const text = JSON.stringify({ ...edition, changed: undefined });
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * Dates an edition after the one that it replaces, even in a rollback: readers without entity-tags notice a change only
 * by its date.
 */
function changedAfter(edition: StoredEdition, shown: StoredEdition | undefined, now: Instant): StoredEdition {
  const { changed } = edition;
  const last = shown?.changed;
  if (last === undefined || (changed !== undefined && changed > last)) return edition;
  return { ...edition, changed: now > last ? now : last };
}
