import { instantOf } from '../../article/seed/date.ts';
import { type CacheTag, siteTag } from '../../publication/addresses/cache-tags.ts';
import type { Snapshot } from '../websub/changed-topics.ts';
import { changedTags } from './changed-tags.ts';
import { openPurge } from './purge.ts';

/** What a server shows. */
export type Shown = Pick<Snapshot, 'edition' | 'sources'>;

/**
 * Purges what a running server's changes made outdated from the cache in front of it, in the background and at once.
 * Changes during a request are purged together after it.
 *
 * At the start, everything of the publication is purged: what changed since the last process ended is unknown.
 */
export class CachePurge {
  readonly #onWarning: (line: string) => void;
  readonly #closing = new AbortController();
  #known: Snapshot;
  #next: Shown | undefined;
  /** The tags still to be purged. */
  readonly #waiting = new Set<CacheTag>();
  #work: Promise<void> | undefined;

  constructor(first: Shown, onWarning: (line: string) => void) {
    this.#onWarning = onWarning;
    this.#known = snapshotOf(first);
    if (first.edition.site.purge === undefined) return;
    this.#waiting.add(siteTag(first.edition.site));
    this.#proceed();
  }

  /** Replaces what the server shows. */
  changed({ edition, sources }: Shown): void {
    this.#next = { edition, sources };
    this.#proceed();
  }

  /** Stops at once. */
  close(): void {
    this.#closing.abort();
  }

  #proceed(): void {
    if (this.#closing.signal.aborted) return;
    this.#work ??= this.#purge()
      .catch((error: Error) => {
        // The next change retries.
        if (!this.#closing.signal.aborted) this.#onWarning(`the cache keeps outdated answers: ${error.message}`);
      })
      .finally(() => {
        this.#work = undefined;
        if (this.#next !== undefined) this.#proceed();
      });
  }

  async #purge(): Promise<void> {
    const next = this.#next;
    const before = this.#known;
    if (next !== undefined) {
      this.#next = undefined;
      this.#known = snapshotOf(next);
      if (purgeOf(before) ?? purgeOf(this.#known))
        for (const tag of await changedTags(before, this.#known)) this.#waiting.add(tag);
    }
    const cache = purgeOf(this.#known) ?? purgeOf(before);
    if (cache === undefined || this.#waiting.size === 0) return;
    const tags = [...this.#waiting];
    await openPurge(cache, { environment: process.env, signal: this.#closing.signal })(tags);
    for (const tag of tags) this.#waiting.delete(tag);
  }
}

function purgeOf({ edition }: Snapshot): Snapshot['edition']['site']['purge'] {
  return edition.site.purge;
}

function snapshotOf({ edition, sources }: Shown): Snapshot {
  return { edition, sources, now: instantOf(Date.now()) ?? '' };
}
