import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleSource, Instant } from '../../../src/article/article.ts';
import { formats } from '../../../src/feed/formats.ts';
import { createApp } from '../../../src/http/app.ts';
import { changedTags } from '../../../src/node/purge/changed-tags.ts';
import { storedChanges } from '../../../src/node/purge/stored-changes.ts';
import type { CacheTag } from '../../../src/publication/addresses/cache-tags.ts';
import { publish } from '../../../src/publication/memory.ts';
import type { Publication } from '../../../src/publication/publication.ts';
import type { Site } from '../../../src/publication/site/site.ts';
import { editionPath, objectPath, type Ref, type StoredEdition } from '../../../src/publication/stored/stored.ts';
import { storedPublication } from '../../../src/store/stored-publication.ts';
import { propertyRuns } from '../../effort.ts';
import { storeArticles } from '../../http/stored.ts';
import { article, site as plainSite } from '../../publication/articles.ts';

const site: Site = { ...plainSite, items: 4, purge: { kind: 'other', id: 'https://cache.example/' } };
/** The same with a feed of chosen articles, and a main feed without some. */
const chosen: Site = {
  ...site,
  feeds: [{ name: 'picks', items: 2, query: { tag: ['harbour'], not: { tag: ['ferry'] } } }],
  main: { not: { tag: ['ferry'] } },
};
const now: Instant = '2026-03-10T12:00:00Z';
const app = (publication: Publication) => createApp(publication, { now: () => Date.parse(now) });

/** What a publisher does to an article. */
type Edit = readonly [slug: number, what: 'write' | 'withdraw' | 'retag' | 'schedule' | 'expire'];

/** Article n is of day n, so that a new one may come between others. */
function edited(sources: readonly ArticleSource[], [n, what]: Edit, revision: number): ArticleSource[] {
  const slug = String(n);
  const others = sources.filter(({ head }) => head.slug !== slug);
  if (what === 'withdraw') return others;
  const day = `2026-02-${String(n).padStart(2, '0')}T08:00:00Z`;
  const next = article({
    slug,
    published: what === 'schedule' ? '2026-03-10T12:05:00Z' : day,
    tags: [n % 3 === 0 ? 'Harbour' : 'Town', ...(what === 'retag' ? ['Ferry'] : [])],
    content: `<p>Revision ${revision}.</p>`,
    ...(what === 'expire' ? { expires: '2026-03-10T12:10:00Z' } : {}),
  });
  return [...others, next];
}

const edits = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 20 }),
    fc.constantFrom('write', 'write', 'withdraw', 'retag', 'schedule', 'expire'),
  ),
  { minLength: 1, maxLength: 3 },
) as fc.Arbitrary<Edit[]>;

const first = (count: number): ArticleSource[] =>
  Array.from({ length: count }, (_, i): Edit => [i + 1, 'write']).reduce(
    (all, edit) => edited(all, edit, 0),
    [] as ArticleSource[],
  );

/** Every address at which something may be cached. */
const addresses = ['', '/feeds/picks', '/tags/harbour', '/tags/town', '/tags/ferry', '/languages/en']
  .flatMap((folder) => [folder, ...Array.from({ length: 6 }, (_, i) => `${folder}/archive/${i + 1}`)])
  .flatMap((page) => [page || '/', ...formats.map(({ file }) => `${page}/${file}`)])
  .concat('/feeds.opml', '/subscribe', '/sitemap.xml', '/rss.xml?tag=harbour&not-tag=ferry', '/robots.txt', '/unknown')
  .concat(Array.from({ length: 6 }, (_, i) => `/archive/${i + 1}/sitemap.xml`))
  .concat(Array.from({ length: 20 }, (_, i) => `/articles/${i + 1}`));

interface Cached {
  readonly tags: readonly CacheTag[];
  /** What a cache has of the answer. */
  readonly answer: string;
}

async function crawl(publication: Publication): Promise<Map<string, Cached>> {
  const found = new Map<string, Cached>();
  const { request } = app(publication);
  for (const address of addresses) {
    const response = await request(address);
    const { headers, status } = response;
    // An archive page stays the same when an article becomes due, whenever that is.
    const times = address.includes('/archive/') ? [] : ['Cache-Control', 'CDN-Cache-Control'];
    const facts = [...times, 'Location'].map((name) => headers.get(name));
    const tags = headers.get('Surrogate-Key')?.split(' ') ?? [];
    found.set(address, { tags, answer: JSON.stringify([status, facts, await response.text()]) });
  }
  return found;
}

async function store(site: Site, sources: readonly ArticleSource[]) {
  const files = await storeArticles(site, sources, now);
  const edition = JSON.parse(new TextDecoder().decode(files.get(editionPath))) as StoredEdition;
  return { files, edition, publication: storedPublication({ get: async (path) => files.get(path) }) };
}

/**
 * Throws unless a cache that forgets these tags has nothing outdated, and forgets no page for nothing. `isTimed` allows
 * the latter: a page may get a date of its next change that is no other.
 */
async function expectExact(
  was: Publication,
  is: Publication,
  tags: readonly CacheTag[],
  isTimed: boolean,
): Promise<void> {
  const [before, after] = [await crawl(was), await crawl(is)];
  const purged = new Set(tags);
  const outdated = addresses.filter((address) => before.get(address)?.answer !== after.get(address)?.answer);
  const kept = outdated.filter((address) => !before.get(address)?.tags.some((tag) => purged.has(tag)));
  expect(kept).toEqual([]);
  if (isTimed) return;
  const needless = tags.filter(
    (tag) =>
      !tag.endsWith('/edition') &&
      !addresses.some((address) => {
        const shown = [before.get(address), after.get(address)];
        return shown[0]?.answer !== shown[1]?.answer && shown.some((one) => one?.tags.includes(tag));
      }),
  );
  expect(needless).toEqual([]);
}

describe.each([
  ['in memory', site],
  ['in a store', site],
  ['in memory', chosen],
  ['in a store', chosen],
] as const)('of two editions %s, the tags of what changed', (place, site) => {
  it('are purged, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 16 }), edits, async (count, edits) => {
        const [was, is] = [first(count), edits.reduce((all, edit) => edited(all, edit, 1), first(count))];
        const isTimed = edits.some(([, what]) => what === 'schedule' || what === 'expire');
        if (place === 'in memory') {
          // What stays the same is the same object.
          const same = is.map(
            (source) =>
              was.find(
                (one) =>
                  JSON.stringify([one.head]) === JSON.stringify([source.head]) &&
                  !edits.some(([n]) => String(n) === source.head.slug),
              ) ?? source,
          );
          const [before, after] = [publish(site, was, now), publish(site, same, now)];
          const tags = await changedTags(
            { edition: before, sources: was, now },
            { edition: after, sources: same, now },
          );
          await expectExact({ edition: () => before }, { edition: () => after }, tags, isTimed);
          return;
        }
        const [before, after] = [await store(site, was), await store(site, is)];
        const read = async (ref: Ref): Promise<unknown> => {
          const bytes = after.files.get(objectPath(ref)) ?? before.files.get(objectPath(ref));
          return JSON.parse(gunzipSync(bytes ?? '').toString());
        };
        const tags = await storedChanges(before.edition, after.edition, read, now);
        await expectExact(before.publication, after.publication, tags, isTimed);
      }),
      { numRuns: propertyRuns(300, 12) },
    );
  }, 120_000);
});
