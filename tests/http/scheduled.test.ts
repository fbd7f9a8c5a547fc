import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Publication } from '../../src/publication/publication.ts';
import { article, articles, site } from '../publication/articles.ts';
import { storedInMemory } from './stored.ts';

const noon = Date.UTC(2026, 2, 10, 12);
const now = '2026-03-10T12:00:00Z';
const due = '2026-03-10T12:10:00Z';
const facts = { ...site, items: 5, ttl: 60 };
const sources = [
  ...articles(10),
  article({ slug: 'ahead', title: 'Ahead', published: due, tags: ['Soon'], authors: [{ name: 'Ada' }] }),
];

const publications: Readonly<Record<string, () => Promise<Publication>>> = {
  'in memory': async () => {
    const edition = publish(facts, sources, now);
    return { edition: () => edition };
  },
  'in stored pages': () => storedInMemory(facts, sources, now),
};

/** Paths that show the article, and paths that exist only with it. */
const shown = ['/rss.xml', '/atom.xml', '/feed.json', '/', '/languages/en/rss.xml'];
const made = [
  '/articles/ahead',
  '/tags/soon',
  '/tags/soon/atom.xml',
  '/authors/ada/feed.json',
  // It completes the second archive page; the next one equals the current page.
  '/archive/3/rss.xml',
  '/archive/3/sitemap.xml',
];

describe.each(Object.entries(publications))('a scheduled article %s', (_, open) => {
  async function room() {
    let clock = noon;
    const app = createApp(await open(), { now: () => clock });
    return {
      turn: (seconds: number) => {
        clock = noon + seconds * 1000;
      },
      get: async (path: string, headers: Readonly<Record<string, string>> = {}) => {
        const response = await app.request(path, { headers });
        const { status } = response;
        const field = (name: string): string => response.headers.get(name) ?? '';
        const text = await response.text();
        return {
          status,
          text,
          etag: field('ETag'),
          modified: field('Last-Modified'),
          cache: field('Cache-Control'),
        };
      },
    };
  }

  it.each(shown)('is in %s from the moment it is due', async (path) => {
    const { get, turn } = await room();
    const before = await get(path);
    expect(before.text).not.toMatch(/ahead/i);
    expect(before.cache).toBe('public, max-age=600');
    turn(599);
    expect(await get(path)).toEqual({ ...before, cache: 'public, max-age=1' });
    turn(600);
    const after = await get(path);
    expect(after.text).toMatch(/ahead/i);
    expect(after.etag).not.toBe(before.etag);
    expect(after.modified).toBe('Tue, 10 Mar 2026 12:10:00 GMT');
    expect(after.cache).toBe('public, max-age=3600');
    expect(await get(path, { 'If-Modified-Since': before.modified })).toMatchObject({ status: 200 });
    expect(await get(path, { 'If-None-Match': before.etag })).toMatchObject({ status: 200 });
    turn(5000);
    expect(await get(path)).toEqual(after);
  });

  it.each(made)('makes %s exist, and no cached 404 lasts longer', async (path) => {
    const { get, turn } = await room();
    expect(await get(path)).toMatchObject({ status: 404, cache: 'public, max-age=60' });
    turn(580);
    expect(await get(path)).toMatchObject({ status: 404, cache: 'public, max-age=20' });
    turn(600);
    expect(await get(path)).toMatchObject({ status: 200, cache: 'public, max-age=3600' });
  });

  it('adds its slices to the list of feeds', async () => {
    const { get, turn } = await room();
    const before = await get('/feeds.opml');
    expect(before.text).not.toContain('soon');
    expect(before.cache).toBe('public, max-age=600');
    turn(600);
    expect((await get('/feeds.opml')).text).toContain('/tags/soon/rss.xml');
  });

  it.each(['/feeds.opml', '/subscribe'])('dates %s by its slices, even in a new process', async (path) => {
    const { modified } = await (await room()).get(path);
    // A restarted server, or another instance of the worker.
    const { get, turn } = await room();
    turn(660);
    const after = await get(path, { 'If-Modified-Since': modified });
    expect(after).toMatchObject({ status: 200, modified: 'Tue, 10 Mar 2026 12:10:00 GMT' });
    expect(after.text).toContain('tags/soon');
  });
});
