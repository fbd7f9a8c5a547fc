import type { ArticleSource, Instant } from '../../../article/article.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { formats } from '../../../feed/formats.ts';
import { feedPath } from '../../../feed/links.ts';
import { twinEnding } from '../../../http/markdown-twin.ts';
import {
  archivePath,
  articlePath,
  chaptersPath,
  correctionsPath,
  licensePath,
  llmsPath,
  manifestPath,
  monthPath,
  newsPath,
  type PageAddress,
  pagePath,
  searchPath,
  subscribePath,
  tdmPath,
} from '../../../publication/addresses/address.ts';
import { type Cut, cutOf, type RunFacts } from '../../../publication/cut.ts';
import { neighborsOf } from '../../../publication/headline.ts';
import { type Listings, mainIn } from '../../../publication/memory.ts';
import { noticedHeads, noticesAt } from '../../../publication/notices.ts';
import { type Edition, isShown } from '../../../publication/publication.ts';
import { expiringOf, upcomingOf } from '../../../publication/run-times.ts';
import { miningTerms, reservesMining, tdmPolicyPath } from '../../../publication/site/machine-policy.ts';
import { hasTwins } from '../../../publication/site/markdown-uses.ts';
import { momentsOfShows } from '../../../publication/site/podcast.ts';
import { hasPages } from '../../../publication/site/site.ts';
import { itemsOf, type Slice, siteOfSlice, slicePath } from '../../../publication/slices/slice.ts';
import { type ArticleNames, digest } from '../draft/article-names.ts';
import type { SiteDocument } from '../parallel/render-documents.ts';
import { withdrawnArticles, withdrawnPage } from './withdrawn-pages.ts';

/** A document of a static site, and what it is made of. */
export interface PlannedDocument extends SiteDocument {
  /** Names everything that the document is made of; empty if that is unknown. */
  readonly key: string;
  /** When the newest of its articles was published. Documents with the same articles are rendered together. */
  readonly date: Instant;
}

export interface DocumentsPlan {
  readonly edition: Edition;
  /** All articles, oldest first. */
  readonly ordered: readonly ArticleSource[];
  readonly names: ArticleNames;
  readonly listings: Listings;
  /** The slices that show an article now. */
  readonly slices: readonly Slice[];
  /** Names the code and the site's facts. */
  readonly base: string;
  readonly now: Instant;
}

/** Lists the documents of a static site. */
export async function planDocuments(plan: DocumentsPlan): Promise<readonly PlannedDocument[]> {
  const { edition, ordered, names, listings, slices, base, now } = plan;
  const { site } = edition;
  const documents: PlannedDocument[] = [];
  const isPaged = hasPages(site);
  const add = (path: string, key: string, file = path, date = ''): void =>
    void documents.push({ path, file: decodeURIComponent(file), key, date });
  // Live shows depend on the time.
  const shows = momentsOfShows(site).map((moment) => moment <= now);
  const menu = digest(JSON.stringify((await edition.menu?.(now))?.sections ?? ''));
  const listed = digest(JSON.stringify(slices));
  const { notices } = noticesAt(noticedHeads(ordered), now);
  const hasNotices = notices.length > 0;
  const keyOf = (...parts: readonly unknown[]): string => digest(JSON.stringify([base, ...parts]));

  const addPages = async (run: readonly ArticleSource[], slice?: Slice): Promise<void> => {
    const pages = new RunPages(run, plan, itemsOf(site, slice));
    const { older: archives = 0 } = (await pages.cut(undefined)) ?? {};
    // The feeds of the archive page after the last full one are written as well; they equal the current ones.
    for (let archive = 0; archive <= (archives === 0 ? 0 : archives + 1); archive++) {
      const asked = archive === 0 ? undefined : archive;
      const address: PageAddress = omitUndefined({ slice, archive: asked });
      const cut = await pages.cut(asked);
      if (cut === undefined) continue;
      const { shown, date } = pages.show(cut);
      // Tombstones are not part of the run.
      const isKnown = shown !== undefined && (site.tombstones !== true || cut.archive !== undefined);
      const facts = !isKnown ? undefined : keyOf(slice?.label, cut.archive, cut.older, shown, ...shows);
      for (const { file } of formats) add(feedPath(address, file), facts ?? '', undefined, date);
      const path = pagePath(address);
      const file = path === '' ? 'index.html' : `${path}.html`;
      const newer = asked === undefined ? undefined : (await pages.cut(asked + 1))?.archive;
      if (!isPaged) continue;
      if (archive <= archives)
        add(path, facts === undefined ? '' : keyOf(facts, newer, cut.overlaps, menu, hasNotices), file, date);
      else {
        const { title, language } = slice === undefined ? site : siteOfSlice(site, slice);
        const redirect = { title, language, address: new URL(pagePath(omitUndefined({ slice })), site.url).href };
        documents.push({ file: decodeURIComponent(file), redirect, key: keyOf(redirect), date });
      }
    }
  };
  /** Adds the sitemaps, which list all articles, also those outside the main feed. */
  const addSitemaps = async (): Promise<void> => {
    const [pages, main] = [ordered, mainIn(ordered, site)].map((run) => new RunPages(run, plan, site.items));
    const { older: archives = 0 } = (await pages?.cut(undefined)) ?? {};
    if (archives > 0) add('sitemap.xml', keyOf(archives));
    for (const asked of archives === 0 ? [undefined] : Array.from({ length: archives + 1 }, (_, i) => i + 1)) {
      const cut = await pages?.cut(asked);
      if (pages === undefined || cut === undefined) continue;
      const { shown, date } = pages.show(cut);
      const path = asked === undefined ? 'sitemap.xml' : `${pagePath({ archive: asked })}/sitemap.xml`;
      const page = (await main?.cut(asked))?.archive;
      const facts = [cut.archive, page, shown, cut.archive === undefined ? listed : ''];
      add(path, shown === undefined ? '' : keyOf(...facts), undefined, date);
    }
  };
  await addPages(mainIn(ordered, site));
  for (const slice of slices) await addPages(listings.slices.get(slicePath(slice))?.sources ?? [], slice);
  if (hasNotices) {
    for (const { file } of formats) add(`${correctionsPath}/${file}`, keyOf(notices));
    if (isPaged) add(correctionsPath, keyOf(notices, menu), `${correctionsPath}.html`);
  }
  add('feeds.opml', keyOf(listed, hasNotices));
  if (site.machines !== undefined) add(licensePath, keyOf());
  if (site.machines !== undefined && reservesMining(site.machines) !== undefined) add(tdmPath, keyOf());
  if (miningTerms(site) !== undefined) add(tdmPolicyPath, keyOf());
  if (site.theme?.style !== undefined) add('theme.css', keyOf());
  for (const source of ordered.filter(({ head }) => head.hasChapters === true && isShown(head, now))) {
    const shown = names.shown([source]);
    add(chaptersPath(source.head.slug), shown === undefined ? '' : keyOf(shown), undefined, source.head.published);
  }
  if (!isPaged) return documents;
  await addSitemaps();
  add('robots.txt', keyOf());
  // News depends on the time.
  if (site.news === true) add(newsPath, '');
  add(manifestPath, keyOf());
  if (site.search === true) add(searchPath, keyOf(menu), `${searchPath}.html`);
  add(subscribePath, keyOf(listed, menu, hasNotices), `${subscribePath}.html`);
  const months = await edition.months?.(now);
  if (months !== undefined) add(archivePath, keyOf(menu, months.months), `${archivePath}.html`);
  for (const { month } of months?.months ?? []) {
    const { headlines, older, newer } = (await edition.month?.(month, now)) ?? {};
    add(monthPath(month), keyOf(menu, headlines, older, newer), `${monthPath(month)}.html`);
  }
  if (site.markdown?.includes('llms')) add(llmsPath, '');
  const { groups, size } = listings.headlines;
  const slugs = new Set(ordered.map(({ head }) => head.slug));
  for (const [i, source] of ordered.entries()) {
    if (!isShown(source.head, now)) continue;
    const { slug } = source.head;
    const path = articlePath(slug);
    const shown = names.shown([source]);
    const group = groups[Math.floor(i / size)];
    const neighbors = group && neighborsOf(group, slug, now, i % size);
    add(path, shown === undefined ? '' : keyOf(shown, neighbors, menu), `${path}.html`, source.head.published);
    const twin = hasTwins(site) && !slugs.has(slug + twinEnding);
    if (twin) add(path + twinEnding, shown === undefined ? '' : keyOf(shown), undefined, source.head.published);
  }
  for (const source of withdrawnArticles(ordered, now)) documents.push(withdrawnPage(source, menu, keyOf));
  documents.push({ file: '404.html', key: keyOf(menu), date: '' });
  return documents;
}

/** Cuts the pages of a run out of its heads. */
class RunPages {
  readonly #run: readonly ArticleSource[];
  readonly #facts: RunFacts;
  readonly #plan: DocumentsPlan;
  readonly #items: number;

  constructor(run: readonly ArticleSource[], plan: DocumentsPlan, items: number) {
    this.#run = run;
    this.#plan = plan;
    this.#items = items;
    this.#facts = {
      count: run.length,
      upcoming: upcomingOf(run, plan.now),
      expiring: expiringOf(run),
      published: async (position) => run[position]?.head.published,
    };
  }

  cut(archive: number | undefined): Promise<Cut | undefined> {
    return cutOf(this.#facts, this.#items, archive, this.#plan.now);
  }

  /** Names the articles of a page, and finds the date of the newest. */
  show({ positions }: Cut): { readonly shown: string | undefined; readonly date: Instant } {
    const sources = positions.flatMap((position) => this.#run[position] ?? []);
    return { shown: this.#plan.names.shown(sources), date: sources.at(-1)?.head.published ?? '' };
  }
}
