import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../../article/article.ts';
import type { DocumentSource } from '../../../feed/document.ts';
import { errorPage, notFoundPage } from '../../../http/error-pages.ts';
import { findRoute } from '../../../http/routes.ts';
import { type RedirectTarget, redirectView } from '../../../http/views/redirect-view.ts';
import type { Edition } from '../../../publication/publication.ts';
import { openStored } from './open-stored.ts';

/** A document of a static site. */
export interface SiteDocument {
  /** Its path in the folder. */
  readonly file: string;
  /** Its path in the app; the page for missing addresses has none. */
  readonly path?: string;
  /** Set if the article at the path was withdrawn, and the document says so. */
  readonly isGone?: true;
  /** The page that it redirects to; the app has no document there yet. */
  readonly redirect?: RedirectTarget;
}

export interface DocumentsInput {
  /** The folder with the stored edition. */
  readonly edge: string;
  /** The folder of the static site. */
  readonly folder: string;
  readonly now: Instant;
  readonly documents: readonly SiteDocument[];
}

/** Writes documents as the app answers them from the stored edition, and returns their files. */
export async function renderDocuments({ edge, folder, now, documents }: DocumentsInput): Promise<string[]> {
  const edition = openStored(edge);
  for (const document of documents)
    writeFileSync(join(folder, document.file), contentOf(await sourceOf(document, edition, now)));
  return documents.map(({ file }) => file);
}

async function sourceOf(
  { path, redirect, isGone }: SiteDocument,
  edition: Edition,
  now: Instant,
): Promise<DocumentSource> {
  if (redirect !== undefined) return redirectView(redirect);
  // Static hosts show this page at any depth, so its links start at the root.
  if (path === undefined) return notFoundPage(edition, now, new URL(edition.site.url).pathname);
  if (isGone) {
    const reason = (await edition.withdrawal?.(path, now))?.reason;
    return (await errorPage(410, { edition, now, pathname: `/${path}`, reason })) ?? '';
  }
  const { route, params } = findRoute(`/${path}`) ?? {};
  const document = await route?.write(edition, params ?? {}, now);
  if (document === undefined) throw new Error(`there is no document at /${path}`);
  return document.source;
}

let buffer = Buffer.alloc(0);

/** Puts the parts of a feed together. A string of all would take new memory of the system for each feed. */
function contentOf(source: DocumentSource): string | Uint8Array {
  if (typeof source === 'string' || source instanceof Uint8Array) return source;
  // A code unit takes at most three bytes.
  const room = source.reduce((sum, { length }) => sum + length * 3, 0);
  if (buffer.length < room) buffer = Buffer.allocUnsafeSlow(room * 2);
  let end = 0;
  for (const part of source) end += buffer.write(part, end);
  return buffer.subarray(0, end);
}
