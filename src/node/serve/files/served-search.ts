import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Article, type ArticleSource, instantAt, oldestFirst } from '../../../article/article.ts';
import { makeDocument } from '../../../feed/document.ts';
import { type RespondOptions, respond, toResponse } from '../../../http/response/respond.ts';
import { searchFolder } from '../../../publication/addresses/address.ts';
import { isShown } from '../../../publication/publication.ts';
import { hasPages, type Site } from '../../../publication/site/site.ts';
import { IndexFolder, type StoredSegment, searchList, writeSearchList } from '../../search/index-folder.ts';
import { SegmentIndexer } from '../../search/index-segment.ts';
import { keyOfSegment, type Segment, segmentsOf } from '../../search/segments.ts';

/** The published articles of a folder, and their site. */
export interface SearchedFolder {
  readonly site: Site;
  readonly sources: readonly ArticleSource[];
}

interface MadeIndex {
  /** When the index was made, in milliseconds since 1970. */
  readonly at: number;
  /** The names of the segments that have one. */
  readonly keys: readonly (string | undefined)[];
  readonly segments: readonly Segment[];
  readonly stored: readonly StoredSegment[];
}

/** The search index of a served folder, made when somebody searches, and again after changes. */
export class ServedSearch {
  readonly #read: () => SearchedFolder;
  readonly #state: string | undefined;
  readonly #now: () => number;
  #folder: IndexFolder | undefined;
  #made: MadeIndex = { at: 0, keys: [], segments: [], stored: [] };
  #pending: Promise<MadeIndex> | undefined;

  /** `state` is the path of the state file, beside which the files are kept for the next start. */
  constructor(read: () => SearchedFolder, state: string | undefined, now: () => number) {
    this.#read = read;
    this.#state = state;
    this.#now = now;
  }

  /** Answers a request for a file such as `/search-index/index.json`; `undefined` for another address. */
  async answer(request: Request, options: Pick<RespondOptions, 'ttl' | 'encoder'>): Promise<Response | undefined> {
    const text = await this.#find(new URL(request.url).pathname);
    if (text === undefined) return undefined;
    const updated = instantAt(this.#made.at);
    const document = await makeDocument(text, 'application/json; charset=utf-8', { articles: [], updated });
    return toResponse(await respond(request, document, { ...options, now: this.#now() }));
  }

  /** Returns the file at a path below the site's address. */
  async #find(pathname: string): Promise<string | undefined> {
    const prefix = `/${searchFolder}/`;
    const { site } = this.#read();
    if (!pathname.startsWith(prefix) || site.search !== true || !hasPages(site)) return undefined;
    const name = pathname.slice(prefix.length);
    if (name !== searchList) return this.#folder?.read(name);
    this.#pending ??= this.#make().finally(() => {
      this.#pending = undefined;
    });
    return writeSearchList((await this.#pending).stored);
  }

  /** Removes files that no other process can use. */
  close(): void {
    if (this.#state === undefined && this.#folder !== undefined)
      rmSync(this.#folder.dir, { recursive: true, force: true });
  }

  async #make(): Promise<MadeIndex> {
    const { site, sources } = this.#read();
    const at = this.#now();
    const now = instantAt(at);
    const shown = sources.filter(({ head }) => isShown(head, now)).toSorted((a, b) => oldestFirst(a.head, b.head));
    const segments = segmentsOf(shown);
    const stored: StoredSegment[] = [];
    for (const segment of segments) stored.push(await this.#store(segment, site));
    const keys = segments.map((segment) => keyOfSegment(segment, site));
    this.#made = { at, keys, segments, stored };
    // A browser may still use an earlier list.
    this.#folder?.prune(stored, keys, at - day);
    return this.#made;
  }

  async #store(segment: Segment, site: Site): Promise<StoredSegment> {
    const key = keyOfSegment(segment, site);
    const before = this.#made.segments.findIndex((one, i) => isSame(one, segment) && this.#made.keys[i] === key);
    const known = this.#made.stored[before];
    if (known !== undefined) return known;
    this.#folder ??= new IndexFolder(
      this.#state === undefined
        ? mkdtempSync(join(tmpdir(), 'dateline-search-'))
        : join(dirname(this.#state), 'search'),
    );
    const found = this.#folder.find(key);
    if (found !== undefined) return found;
    const indexer = new SegmentIndexer(site);
    for (const source of segment) {
      const article = await rendered(source);
      if (article !== undefined) indexer.add(article);
      // Lets other requests be answered.
      await setImmediate();
    }
    // The keys are known once the articles are rendered.
    return this.#folder.put(keyOfSegment(segment, site), indexer.finish());
  }
}

const day = 24 * 60 * 60 * 1000;

function isSame(a: Segment, b: Segment): boolean {
  return a.length === b.length && a.every((source, i) => source === b[i]);
}

/** Renders an article; `undefined` if it can't be rendered, which its page reports. */
async function rendered(source: ArticleSource): Promise<Article | undefined> {
  try {
    return await (source.render?.() ?? source.article());
  } catch {
    return undefined;
  }
}
