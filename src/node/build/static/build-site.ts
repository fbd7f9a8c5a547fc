import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readResizedPath } from '../../../publication/addresses/picture-sizes.ts';
import { publish } from '../../../publication/memory.ts';
import { isShown } from '../../../publication/publication.ts';
import { hasPages } from '../../../publication/site/site.ts';
import type { BuildInput } from '../draft/build-input.ts';
import { copyMedia, type MediaPaths } from '../draft/copy-media.ts';
import { copyRootFiles } from '../draft/copy-root-files.ts';
import type { Draft } from '../draft/draft.ts';
import { writeHostRules } from './host-rules.ts';
import { planDocuments } from './plan-documents.ts';
import { writeRedirectPages } from './redirect-pages.ts';
import { markWithdrawn, withdrawnArticles } from './withdrawn-pages.ts';
import { writeDocuments } from './write-documents.ts';

export interface BuiltSite {
  readonly documents: number;
  readonly files: number;
  readonly rootFiles: number;
}

/** The parts of a build for the worker that a build for a static host reuses. */
export interface SiteFiles {
  readonly media: MediaPaths;
  /** Files that it has already written, by path, each with a key that names its content. */
  readonly search: ReadonlyMap<string, string>;
  /** The same for cards, by the slugs of their articles, which may not be shown yet. */
  readonly cards: ReadonlyMap<string, { readonly path: string; readonly key: string }>;
  /** The same for smaller pictures, also of articles that are not shown yet. */
  readonly pictures: ReadonlyMap<string, string>;
}

/**
 * Writes the folder for a static host, without the articles that are not due yet or have expired. `edge` is the folder
 * with the stored edition, from which the documents are made.
 */
export async function buildSite(
  input: BuildInput,
  draft: Draft,
  edge: string,
  { media, search, pictures, cards }: SiteFiles,
): Promise<BuiltSite> {
  const { site, base, ordered, now, names, threads, listings, showProgress } = input;
  const edition = publish(site, ordered, now, { isOrdered: true, listings });
  const shown = ordered.filter(({ head }) => isShown(head, now));
  const copied = await copyMedia(shown, media, input, draft);
  const copy = (path: string, key: string) => draft.add(path, key, (place) => copyFile(join(edge, path), place));
  for (const [path, key] of search) await copy(path, key);
  for (const { head } of shown) {
    const card = cards.get(head.slug);
    if (card !== undefined) await copy(card.path, card.key);
  }
  const whole = new Set(copied);
  for (const [path, key] of pictures) if (whole.has(readResizedPath(path)?.original ?? '')) await copy(path, key);
  const { slices } = await edition.slices(now);
  const documents = await planDocuments({ edition, ordered, names, listings, slices, base, now });
  await showProgress('documents', (onProgress) => writeDocuments(documents, draft, { edge, now, threads, onProgress }));
  // What follows goes only where no document is.
  draft.settle();
  if (hasPages(site)) await markWithdrawn(withdrawnArticles(ordered, now), draft);
  const rootFiles = await copyRootFiles(input.rootFiles, draft);
  const own = input.rootFiles.filter(({ isOwn }) => isOwn).map(({ path }) => path);
  await writeHostRules(site, draft, own, await writeRedirectPages(edition, shown, draft, now));
  return { documents: documents.length, files: copied.length, rootFiles: rootFiles.length };
}
