import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Answerer } from '../../src/http/answer.ts';
import { createApp } from '../../src/http/app.ts';
import { DocumentCache } from '../../src/http/cache/document-cache.ts';
import { ObjectCache } from '../../src/store/object-cache.ts';
import type { ReadStore } from '../../src/store/store.ts';
import { storedPublication } from '../../src/store/stored-publication.ts';
import { articles, site } from '../publication/articles.ts';
import { storeArticles } from './stored.ts';

const now = '2026-03-10T12:00:00Z';

it('answers with the last document while the store hangs with the objects of a new edition', async () => {
  let files = await storeArticles(site, articles(3), now);
  let hangs = false;
  let reads = 0;
  const hang = (): Promise<never> => new Promise(() => reads++);
  const get: ReadStore['get'] = async (path) => (hangs && path.includes('/objects/') ? hang() : files.get(path));
  const publication = storedPublication({ get }, { cache: new ObjectCache(0) });
  let clock = Date.parse(now);
  const documents = new DocumentCache(undefined, undefined, false);
  // 20 ms instead of half a second while the store hangs, and as long as it takes afterwards.
  const soon = (work: Promise<unknown>) => Promise.race([work.then(() => true), ...(hangs ? [wait(20, false)] : [])]);
  const waiting: Promise<unknown>[] = [];
  const answerer = new Answerer({ documents, settlesSoon: soon, waitUntil: (_, work) => void waiting.push(work) });
  const app = createApp(publication, { answerer, now: () => clock });
  const ask = async (path: string) => {
    const { status, headers } = await app.request(path);
    return { status, etag: headers.get('ETag'), cache: headers.get('Cache-Control') };
  };
  const first = await ask('/rss.xml');
  expect(first.status).toBe(200);
  files = await storeArticles(site, articles(4), now);
  hangs = true;
  await publication.refresh();
  const stale = { ...first, cache: 'public, max-age=60' };
  expect(await ask('/rss.xml')).toEqual(stale);
  expect(waiting).toHaveLength(1);
  // Further requests don't even ask the store, for a while.
  const before = reads;
  for (let i = 0; i < 3; i++) expect(await ask('/rss.xml')).toEqual(stale);
  expect(reads).toBe(before);
  hangs = false;
  clock += 5000;
  const second = await ask('/rss.xml');
  expect(second).toEqual({ status: 200, etag: expect.not.stringContaining(first.etag ?? ''), cache: first.cache });
});
