import type { ArticleHead, Instant } from '../../article/article.ts';
import { difference } from '../../article/difference.ts';
import { type Edition, hasExpired, isShown } from '../../publication/publication.ts';
import type { ChangedPaths } from '../disk/watch-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import type { SeedFolder } from '../folder/seed-folder.ts';
import type { ServedLedger } from '../ledger/served-ledger.ts';
import { EditionBuilder, type NextEdition } from './edition-builder.ts';

/** The files of articles that changed by themselves. */
export interface DueFiles {
  readonly published: readonly string[];
  readonly expired: readonly string[];
}

/** How many articles the next start need not render: those of the current page, and of some pages beside it. */
const mostRendered = 200;

/** The folder that a server serves, as last read and published. */
export class ServedFolder {
  readonly #folder: SeedFolder;
  readonly #builder: EditionBuilder;
  /**
   * The reading that the edition was built from. Later readings may have found other problems, but the same articles.
   */
  #published: FolderSnapshot;
  /** The latest reading. */
  reading: FolderSnapshot;
  /** The edition that requests get. */
  edition: Edition;

  readonly #ledger: ServedLedger;
  #isRecorded = false;

  /** Builds the edition of the folder's first reading. */
  constructor(folder: SeedFolder, first: FolderSnapshot, ledger: ServedLedger) {
    this.#folder = folder;
    this.#ledger = ledger;
    this.#builder = new EditionBuilder(ledger);
    this.reading = first;
    this.#published = first;
    this.edition = this.#builder.next(first).edition;
  }

  /**
   * Reads what changed. Returns what is new: nothing, only the reading, or also an edition, which the caller sets when
   * it is ready.
   */
  update(paths: ChangedPaths): { readonly reading?: FolderSnapshot; readonly next?: NextEdition } {
    const reading = this.#folder.read(paths);
    if (reading === this.reading) return {};
    this.reading = reading;
    const change = difference(this.#published.sources, reading.sources);
    if (reading.site === this.#published.site && change.removed.size + change.added.length === 0) return { reading };
    // What readers saw first, if that was not recorded yet, so that what leaves now is known.
    if (!this.#isRecorded) this.record();
    this.#published = reading;
    return { reading, next: this.#builder.next(reading, change) };
  }

  /** Returns the articles of the edition for the search. */
  searched(): Pick<FolderSnapshot, 'site' | 'sources'> {
    return this.#published;
  }

  /** Records in the ledger what readers see: once the edition is set, and when articles become due. */
  record(): void {
    this.#isRecorded = true;
    this.#ledger.record(this.#published);
  }

  /** Keeps what was rendered of the newest articles, for the next start. */
  keepRendered(): void {
    this.#folder.keepRendered(this.#builder.newestRendered(mostRendered));
  }

  /** Closes the files of state and ledger for as long as nothing uses them. */
  rest(): void {
    this.#folder.rest();
    this.#ledger.file.rest();
  }

  /** Lists the files of the articles that appeared or expired after `after` and not after `until`. */
  filesDue(after: Instant, until: Instant): DueFiles {
    const filesWith = (test: (head: ArticleHead) => boolean): string[] =>
      this.#published.articles.filter(({ source }) => test(source.head)).map(({ file }) => file);
    return {
      published: filesWith((head) => head.published > after && isShown(head, until)),
      expired: filesWith((head) => hasExpired(head, until) && !hasExpired(head, after)),
    };
  }
}
