import type { Hono } from 'hono';
import type { ArticleSource } from '../article/article.ts';
import type { Edition, Publication } from '../publication/publication.ts';
import { makeRenderer, type Renderer } from '../publication/rendered.ts';
import type { Site } from '../publication/site/site.ts';
import { rowsIn } from './checks.ts';
import { type AppOptions, createApp, logError } from './create-app.ts';
import { type ItemQuery, loadedEdition } from './loaded-edition.ts';
import { isParsed } from './parse-seed.ts';
import { type LoadedItems, publish } from './publish.ts';
import { readItem } from './read-item.ts';
import { readSite, type SiteSettings } from './site-settings.ts';

/**
 * Loads items from a database, newest first. It may return more than a query asks for, in any order.
 */
export type LoadItems = (query: ItemQuery) => LoadedItems | Promise<LoadedItems>;

export interface FeedsOptions extends AppOptions {
  readonly site: SiteSettings | Site;
  /** All items, or a function that loads those of a page. */
  readonly items: LoadedItems | LoadItems;
}

/** An app that answers requests for feeds, and the publication that it serves. */
export type Feeds = Hono & Publication;

/**
 * Makes the feeds of items: RSS, Atom and JSON Feed, with those of each tag, author, language and section.
 *
 * A list is checked at once. A loader is asked when a page needs items, at most once for each document in ten seconds;
 * an invalid item is logged and answered with 500.
 *
 * @throws for the first wrong field, with its place: `items[3].published: expected a date, got "yesterday"`.
 * @example
 * const feeds = createFeeds({ site: { title: 'News', url: 'https://example.org/' }, items: rows });
 * export default { fetch: feeds.fetch };
 */
export function createFeeds(options: FeedsOptions): Feeds {
  const { site, items, now = Date.now, onError = logError, ...rest } = options;
  const edition = editionsOf(readSite(site), items, now, onError);
  return Object.assign(createApp({ edition }, { ...rest, now, onError }), { edition });
}

function editionsOf(
  site: Site,
  items: FeedsOptions['items'],
  now: () => number,
  onError: (error: Error) => void,
): () => Edition {
  if (typeof items === 'function') {
    if (site.feeds !== undefined || site.main !== undefined)
      throw new TypeError('site.feeds: a loader is asked for one label at a time; pass "items" as a list');
    return loadedEditions(site, items, now, onError);
  }
  const edition = publish(site, items, new Date(now()), onError);
  return () => edition;
}

/** Milliseconds after which items are loaded again. */
const recheck = 10_000;

/** Makes editions of what a loader returns, a new one every ten seconds. */
function loadedEditions(
  site: Site,
  load: LoadItems,
  now: () => number,
  onError: (error: Error) => void,
): () => Edition {
  const known = new KnownItems(site);
  const render: Renderer = makeRenderer(new Map(), (message) => onError(new Error(message)));
  const read = async (query: ItemQuery): Promise<readonly ArticleSource[]> => {
    const items = rowsIn(await load(query), 'a list from the loader');
    return items.map((item, index) => known.read(item, `items[${index}]`));
  };
  let edition: Edition | undefined;
  let until = Number.NEGATIVE_INFINITY;
  return () => {
    const time = now();
    if (edition !== undefined && time < until) return edition;
    until = time + recheck;
    edition = loadedEdition(site, read, render);
    return edition;
  };
}

/** Recognizes items that were loaded before, so that each is rendered once until it changes. */
class KnownItems {
  readonly #site: Site;
  readonly #known = new Map<string, ArticleSource>();

  constructor(site: Site) {
    this.#site = site;
  }

  read(item: unknown, place: string): ArticleSource {
    if (isParsed(item)) return item;
    const key = JSON.stringify(item, (_, field) => (typeof field === 'bigint' ? `${field}n` : field)) ?? '';
    const known = this.#known.get(key) ?? readItem(item, place, this.#site);
    // The least recently used go first.
    this.#known.delete(key);
    this.#known.set(key, known);
    if (this.#known.size > mostKnown) this.#known.delete(this.#known.keys().next().value ?? '');
    return known;
  }
}

const mostKnown = 1000;
