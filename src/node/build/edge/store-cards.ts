import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePart } from '../../../publication/addresses/address.ts';
import { hasExpired } from '../../../publication/publication.ts';
import { hasPages } from '../../../publication/site/site.ts';
import { cardPath } from '../../../publication/slices/card.ts';
import { cardText, cardVersion } from '../../pictures/card.ts';
import { requireSharp } from '../../pictures/load-sharp.ts';
import { PictureFolder } from '../../pictures/picture-folder.ts';
import { digest } from '../draft/article-names.ts';
import type { BuildInput } from '../draft/build-input.ts';
import type { Draft } from '../draft/draft.ts';
import { openStored } from '../parallel/open-stored.ts';

/** A card in a build. */
export interface StoredCard {
  readonly path: string;
  /** A key that names its content. */
  readonly key: string;
}

/**
 * Writes the cards of articles without a picture, including scheduled ones, and returns them by slug. `pointer` is the
 * path, in the draft, of the pointer to the stored edition.
 */
export async function storeCards(
  { site, files, ordered, now, state, showProgress }: BuildInput,
  draft: Draft,
  pointer: string,
): Promise<ReadonlyMap<string, StoredCard>> {
  if (site.cards !== true || !hasPages(site) || files === undefined) return new Map();
  const work = state ?? mkdtempSync(join(tmpdir(), 'dateline-cards-'));
  const folder = new PictureFolder(work, requireSharp(files.dir, 'cards: true'));
  const edition = openStored(draft.folder, pointer);
  const current = ordered.filter(({ head }) => !hasExpired(head, now));
  const cards = new Map<string, StoredCard>();
  try {
    await showProgress('cards', async (onProgress) => {
      for (const [done, { head }] of current.entries()) {
        onProgress(done, current.length);
        // Scheduled articles get cards, too.
        const page = await edition.article(head.slug, head.published > now ? head.published : now);
        const address = page && cardPath(page.article, site);
        const path = address && decodePart(address);
        if (page === undefined || path === undefined) continue;
        const text = cardText(page.article, site);
        const key = digest(JSON.stringify([cardVersion, text]));
        await draft.add(path, key, async (place) => copyFile(await folder.card(text), place));
        cards.set(head.slug, { path, key });
      }
    });
  } finally {
    if (state === undefined) rmSync(work, { recursive: true, force: true });
  }
  return cards;
}
