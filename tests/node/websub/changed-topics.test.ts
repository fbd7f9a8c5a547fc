import { describe, expect, it } from 'vitest';
import type { Article, ArticleSource } from '../../../src/article/article.ts';
import { changedTopics, nextDue, type Snapshot } from '../../../src/node/websub/changed-topics.ts';
import { publish } from '../../../src/publication/memory.ts';
import type { Site } from '../../../src/publication/site/site.ts';
import { plainArticle, plainSite } from '../../feed/pages.ts';

const site: Site = { ...plainSite, items: 2, hub: 'https://hub.example.net/' };
const now = '2026-06-01T00:00:00Z';
let renderings = 0;

/** An article that counts how often its body is rendered. */
function source(slug: string, parts: Partial<Article> = {}): ArticleSource {
  const article: Article = {
    ...plainArticle,
    slug,
    id: `tag:${slug}`,
    title: slug,
    authors: [],
    tags: [],
    ...parts,
  };
  const { summary: _, content: __, enclosures: ___, ...head } = article;
  return {
    head,
    article: () => {
      renderings += 1;
      return article;
    },
  };
}

const on = (day: number, parts: Partial<Article> = {}): Partial<Article> => {
  const date = `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`;
  return { published: date, updated: date, ...parts };
};

function snapshot(sources: readonly ArticleSource[], at = now, facts: Partial<Site> = {}): Snapshot {
  return { edition: publish({ ...site, ...facts }, sources, at), sources, now: at };
}

/** The folders whose three feeds all changed, and the files of other changed feeds. */
async function changed(before: Snapshot, after: Snapshot): Promise<string[]> {
  const topics = (await changedTopics(before, after)).map(({ url }) => url.replace(after.edition.site.url, '/'));
  const folders = topics.filter((topic) => topic.endsWith('rss.xml')).map((topic) => topic.replace('rss.xml', ''));
  const whole = folders.filter(
    (folder) => topics.includes(`${folder}atom.xml`) && topics.includes(`${folder}feed.json`),
  );
  return [...whole, ...topics.filter((topic) => !whole.includes(topic.replace(/[a-z]+\.[a-z]+$/, '')))].sort();
}

describe('the feeds that changed between two editions', () => {
  const a = source('a', on(1, { tags: ['Old'] }));
  const b = source('b', on(2, { tags: ['New', 'Ships'] }));
  const c = source('c', on(3, { tags: ['New'] }));
  const all = [a, b, c];

  it.each<readonly [what: string, before: Snapshot, after: Snapshot, topics: readonly string[]]>([
    ['nothing', snapshot(all), snapshot(all), []],
    ['the same articles, read again', snapshot(all), snapshot([source('c', c.article()), a, b]), []],
    ['an article was added', snapshot([a, b]), snapshot(all), ['/', '/languages/en/', '/tags/new/']],
    ['an article was removed', snapshot(all), snapshot([b, c]), ['/', '/languages/en/']],
    [
      'an article outside the publication’s current page changed',
      snapshot(all),
      snapshot([source('a', { ...a.article(), content: '<p>New</p>' }), b, c]),
      ['/tags/old/'],
    ],
    [
      'an article moved to another tag',
      snapshot(all),
      snapshot([a, b, source('c', { ...c.article(), tags: ['Old'] })]),
      ['/', '/languages/en/', '/tags/new/', '/tags/old/'],
    ],
    [
      'something that only RSS does not show',
      snapshot([source('a', on(1, { authors: [{ name: 'Ann' }] }))]),
      snapshot([source('a', on(1, { authors: [{ name: 'Ann', url: 'https://ann.example/' }] }))]),
      ['/', '/authors/ann/', '/languages/en/'].flatMap((at) => [`${at}atom.xml`, `${at}feed.json`]),
    ],
    [
      'an article dated in the future',
      snapshot([a]),
      snapshot([a, source('z', { published: '2027-01-01T00:00:00Z' })]),
      [],
    ],
    [
      'the title of the publication',
      snapshot(all),
      snapshot(all, now, { title: 'Another' }),
      ['/', '/languages/en/', '/tags/new/', '/tags/old/', '/tags/ships/'],
    ],
    [
      'a correction of an old article',
      snapshot(all),
      snapshot([source('a', { ...a.article(), corrections: [{ date: now, note: 'Nine.' }] }), b, c]),
      ['/corrections/', '/tags/old/'],
    ],
    ['the theme of the pages', snapshot(all), snapshot(all, now, { theme: { style: 'a{}' } }), []],
  ])('%s', async (_, before, after, topics) => {
    expect(await changed(before, after)).toEqual([...topics].sort());
  });

  it('are those in which an article, or its update, became due', async () => {
    const later = source('later', {
      published: '2026-06-02T00:00:00Z',
      updated: '2026-06-04T00:00:00Z',
      tags: ['New'],
    });
    const sources = [...all, later];
    const edition = publish(site, sources, now);
    const at = (day: number): Snapshot => ({ edition, sources, now: `2026-06-0${day}T00:00:00Z` });
    const touched = ['/', '/languages/en/', '/tags/new/'];
    expect(await changed(at(1), at(2))).toEqual(touched);
    expect(await changed(at(2), at(3))).toEqual([]);
    expect(await changed(at(3), at(4))).toEqual(touched);
    expect([1, 2, 3, 4].map((day) => nextDue(sources, at(day).now))).toEqual([
      '2026-06-02T00:00:00Z',
      '2026-06-04T00:00:00Z',
      '2026-06-04T00:00:00Z',
      undefined,
    ]);
  });

  it('are those from which an article expired, but not of a slice that is gone with it', async () => {
    const offer = source('offer', {
      published: '2026-05-02T00:00:00Z',
      expires: '2026-06-03T00:00:00Z',
      tags: ['New', 'Offers'],
    });
    const sources = [...all, offer];
    const edition = publish(site, sources, now);
    const at = (day: number): Snapshot => ({ edition, sources, now: `2026-06-0${day}T00:00:00Z` });
    expect(await changed(at(1), at(2))).toEqual([]);
    expect(await changed(at(2), at(3))).toEqual(['/', '/languages/en/', '/tags/new/']);
    expect([2, 3].map((day) => nextDue(sources, at(day).now))).toEqual(['2026-06-03T00:00:00Z', undefined]);
  });

  it('render only the pages of changed articles, however many articles there are', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => source(`n${i}`, on(1, { tags: [`Tag ${i}`, 'Common'] })));
    const [before, after] = [snapshot(many), snapshot([...many, source('new', on(5, { tags: ['Tag 7'] }))])];
    renderings = 0;
    expect(await changed(before, after)).toEqual(['/', '/languages/en/', '/tags/tag-7/']);
    expect(renderings).toBeLessThan(10);
  });
});
