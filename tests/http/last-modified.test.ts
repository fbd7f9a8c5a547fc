import { describe, expect, it } from 'vitest';
import type { ArticleSource } from '../../src/article/article.ts';
import { instantOf } from '../../src/article/seed/date.ts';
import { createApp } from '../../src/http/app.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { article, site } from '../publication/articles.ts';

const noon = '2026-03-10T12:00:00Z';

/** A publication that can be edited, and a clock that can be set. */
function newsroom(...first: ArticleSource[]) {
  let clock = Date.parse(noon);
  const edit = (sources: readonly ArticleSource[], facts: Site = site) =>
    publish(facts, sources, instantOf(clock) ?? '');
  let edition = edit(first);
  const app = createApp({ edition: async () => edition }, { now: () => clock });
  const get = (path = '/rss.xml', headers: Record<string, string> = {}) => app.request(path, { headers });
  return {
    publish: (...sources: ArticleSource[]) => {
      edition = edit(sources);
    },
    rename: (title: string, ...sources: ArticleSource[]) => {
      edition = edit(sources, { ...site, title });
    },
    pass: (seconds: number) => {
      clock += seconds * 1000;
    },
    now: () => clock,
    get,
    /** The date that a reader keeps. */
    date: async (path?: string) => (await get(path)).headers.get('Last-Modified') ?? '',
    /** What a reader gets that sends only a date. */
    since: async (date: string, path?: string) => (await get(path, { 'If-Modified-Since': date })).status,
    age: async (path?: string) => (await get(path)).headers.get('Cache-Control'),
  };
}

describe('Last-Modified', () => {
  it('starts as the newest change of an article', async () => {
    const { date } = newsroom(
      article({ slug: 'a', updated: '2026-03-03T09:00:00Z' }),
      article({ slug: 'b', published: '2026-03-02T08:00:00Z' }),
    );
    expect(await date()).toBe('Tue, 03 Mar 2026 09:00:00 GMT');
  });

  it('does not change with the clock', async () => {
    const { date, pass, since } = newsroom(article());
    const first = await date();
    for (const hours of [1, 24, 24 * 400]) {
      pass(hours * 3600);
      expect(await date()).toBe(first);
      expect(await since(first)).toBe(304);
    }
  });

  it('does not change when the folder is re-read without changes', async () => {
    const room = newsroom(article());
    const first = await room.date();
    room.publish(article());
    room.pass(100);
    expect(await room.date()).toBe(first);
    room.publish(article({ content: '<p>Mended.</p>' }));
    const edited = await room.date();
    room.pass(100);
    room.publish(article({ content: '<p>Mended.</p>' }));
    expect(await room.date()).toBe(edited);
    expect(await room.since(edited)).toBe(304);
  });

  it('becomes the moment at which a new article is noticed, whatever its date, since readers may send the time of their request', async () => {
    const room = newsroom(article());
    const first = await room.date();
    room.publish(article(), article({ slug: 'two', published: '2026-03-10T11:00:00Z' }));
    expect(await room.date()).toBe('Tue, 10 Mar 2026 12:00:00 GMT');
    expect(await room.since(first)).toBe(200);
    expect(await room.since('Tue, 10 Mar 2026 11:59:59 GMT')).toBe(200);
  });

  it.each([
    ['an edit without a date', [article({ content: '<p>Mended.</p>' })]],
    ['an article of an earlier day', [article(), article({ slug: 'old', published: '2001-01-01T00:00:00Z' })]],
    ['a deletion', []],
  ])('moves with %s, to the moment at which it showed', async (_, sources) => {
    const room = newsroom(article());
    const first = await room.date();
    room.pass(60);
    room.publish(...sources);
    expect(await room.since(first)).toBe(200);
    const second = await room.date();
    expect(second).toBe('Tue, 10 Mar 2026 12:01:00 GMT');
    room.pass(60);
    expect(await room.date()).toBe(second);
    expect(await room.since(second)).toBe(304);
  });

  it('changes with the facts of the publication', async () => {
    const room = newsroom(article());
    const first = await room.date();
    room.rename('The Weekly', article());
    expect(await room.since(first)).toBe(200);
  });

  it('changes when an edit is reverted', async () => {
    const room = newsroom(article());
    await room.date();
    room.pass(60);
    room.publish(article({ content: '<p>Wrong.</p>' }));
    const wrong = await room.date();
    room.pass(60);
    room.publish(article());
    expect(await room.since(wrong)).toBe(200);
  });

  it.each([1, 2, 5])('never lets a reader miss the last of %d edits within a second', async (edits) => {
    const room = newsroom(article());
    room.publish(article({ content: '<p>Edit 0.</p>' }));
    let kept = await room.date();
    for (let edit = 1; edit <= edits; edit++) {
      room.pass(0.1);
      room.publish(article({ content: `<p>Edit ${edit}.</p>` }));
      expect(await room.since(kept)).toBe(200);
      kept = await room.date();
      expect(Date.parse(kept)).toBeLessThanOrEqual(room.now());
    }
    room.pass(10);
    const last = await room.date();
    expect(await room.since(last)).toBe(304);
    expect(Date.parse(last)).toBeLessThanOrEqual(room.now());
  });

  it('is separate for each address', async () => {
    const room = newsroom(article(), article({ slug: 'two', published: '2026-03-02T08:00:00Z' }));
    const before = await room.date('/articles/one');
    await room.date('/articles/two');
    room.pass(60);
    room.publish(article(), article({ slug: 'two', published: '2026-03-02T08:00:00Z', content: '<p>Mended.</p>' }));
    expect(await room.since(before, '/articles/one')).toBe(304);
    expect(await room.date('/articles/two')).toBe('Tue, 10 Mar 2026 12:01:00 GMT');
  });

  it('is never in the future, though an update is', async () => {
    const room = newsroom(article({ updated: '2026-03-10T12:01:00Z' }));
    expect(await room.date()).toBe('Sun, 01 Mar 2026 08:00:00 GMT');
    expect(await room.age()).toBe('public, max-age=60');
    const first = await room.date();
    room.pass(60);
    expect(await room.since(first)).toBe(200);
    expect(await room.date()).toBe('Tue, 10 Mar 2026 12:01:00 GMT');
  });
});

describe('a scheduled article', () => {
  const soon = article({ slug: 'soon', published: '2026-03-10T12:10:00Z' });

  it.each(['/rss.xml', '/atom.xml', '/feed.json', '/'])('appears in %s when it is due', async (path) => {
    const room = newsroom(article(), soon);
    const before = await room.get(path);
    const { etag, ...rest } = Object.fromEntries(before.headers);
    expect(rest).toMatchObject({ 'cache-control': 'public, max-age=600' });
    expect(await before.text()).not.toContain('Title of soon');
    room.pass(599.999);
    expect(await room.age(path)).toBe('public, max-age=0');
    expect(await (await room.get(path, { 'If-None-Match': etag ?? '' })).status).toBe(304);
    room.pass(0.001);
    const after = await room.get(path, { 'If-None-Match': etag ?? '' });
    expect(after.status).toBe(200);
    expect(await after.text()).toContain('Title of soon');
    expect(after.headers.get('Last-Modified')).toBe('Tue, 10 Mar 2026 12:10:00 GMT');
    expect(after.headers.get('Cache-Control')).toBe('public, max-age=3600');
  });

  it('has no page before it is due', async () => {
    const room = newsroom(article(), soon);
    const before = await room.get('/articles/soon');
    expect(before.status).toBe(404);
    expect(before.headers.get('Cache-Control')).toBe('public, max-age=60');
    room.pass(600);
    expect((await room.get('/articles/soon')).status).toBe(200);
  });

  it('limits freshness only shortly before it is due', async () => {
    const room = newsroom(article(), article({ slug: 'far', published: '2027-03-10T12:00:00Z' }));
    expect(await room.age()).toBe('public, max-age=3600');
  });

  it('appears even if another scheduled one precedes it', async () => {
    const later = article({ slug: 'later', published: '2026-03-10T12:20:00Z' });
    const room = newsroom(later, soon, article());
    expect(await room.age()).toBe('public, max-age=600');
    room.pass(600);
    expect(await room.age()).toBe('public, max-age=600');
    const { items } = (await (await room.get('/feed.json')).json()) as { items: { title: string }[] };
    expect(items.map(({ title }) => title)).toEqual(['Title of soon', 'Title of one']);
    room.pass(600);
    expect(await (await room.get()).text()).toContain('Title of later');
  });
});

describe('the app', () => {
  it('answers an uncacheable 500 when the publication fails, and recovers', async () => {
    let broken = true;
    const errors: Error[] = [];
    const edition = publish(site, [article()], noon);
    const app = createApp(
      {
        edition: async () => {
          if (broken) throw new Error('the disk is gone');
          return edition;
        },
      },
      { onError: (error) => errors.push(error) },
    );
    for (const path of ['/rss.xml', '/healthz']) {
      const answer = await app.request(path);
      expect(answer.status).toBe(500);
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      expect(await answer.text()).not.toContain('disk');
    }
    expect(errors.map(({ message }) => message)).toEqual(['the disk is gone', 'the disk is gone']);
    broken = false;
    expect((await app.request('/rss.xml')).status).toBe(200);
  });

  it('answers 404 for an article that cannot be rendered, and renders it once', async () => {
    const good = article();
    let renderings = 0;
    const source: ArticleSource = {
      head: good.head,
      article: () => {
        renderings++;
        throw new Error('no');
      },
    };
    const { get } = newsroom(source);
    for (let poll = 0; poll < 3; poll++) expect((await get(`/articles/${good.head.slug}`)).status).toBe(404);
    expect(renderings).toBe(1);
  });
});
