import { join } from 'node:path';
import { expect } from 'vitest';
import type { Instant } from '../../../src/article/article.ts';
import { build, edgeFolder } from '../../../src/node/build/build.ts';
import { type Published, publishEdition } from '../../../src/node/publish/publish-edition.ts';
import type { WriteStore } from '../../../src/store/store.ts';
import { storedPublication } from '../../../src/store/stored-publication.ts';
import { articles, site } from '../../publication/articles.ts';
import { makeFolder } from '../temporary-folder.ts';
import type { MemoryStore } from './memory-store.ts';

export const out = join(makeFolder(), 'out');

export const at = (minute: number): Instant => `2026-03-10T12:${String(minute).padStart(2, '0')}:00Z`;

/** Milliseconds since 1970. */
export const moment = (minute: number): number => Date.parse(at(minute));

/** Builds articles at a minute, and publishes them in a run that began at that or another minute. */
export async function publishArticles(
  store: WriteStore,
  count: number,
  minute: number,
  started = minute,
  verify = false,
): Promise<Published> {
  await build({ ...site, items: 3 }, articles(count), out, at(minute), at(minute), undefined, true);
  if ('puts' in store) (store as MemoryStore).puts.length = 0;
  return publishEdition(edgeFolder(out), store, { started: moment(started), verify });
}

/** Reads everything in the store, as a reader would, and returns the number of the newest article. */
export async function shown(store: WriteStore): Promise<number | undefined> {
  const edition = await storedPublication(store).edition();
  const { slices } = await edition.slices(at(59));
  for (const slice of slices) expect(await edition.page({ slice }, at(59))).toBeDefined();
  const page = await edition.page({}, at(59));
  const newest = page?.articles[0]?.slug;
  expect(await edition.article(newest ?? '', at(59))).toBeDefined();
  return Number(newest);
}
