/** What becomes of articles that are corrected or withdrawn: in memory and as a worker reads them, by the clock. */
import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import type { Article, ArticleSource } from '../../src/article/article.ts';
import { createApp } from '../../src/http/app.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Site } from '../../src/publication/site/site.ts';
import type { Tombstone } from '../../src/publication/tombstones.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { article, site } from '../publication/articles.ts';
import { storedInMemory } from './stored.ts';

const made = '2026-03-02T00:00:00Z';

type Answer = (path: string, now: string, headers?: Record<string, string>) => Promise<Response>;

/** Answers from memory after comparing with what a worker answers. */
async function answers(site: Site, sources: readonly ArticleSource[], deleted?: readonly Tombstone[]): Promise<Answer> {
  const edition = publish(site, sources, made, { deleted });
  const stored = await storedInMemory(site, sources, made);
  let now = 0;
  const options = { now: () => now };
  const apps = [createApp({ edition: () => edition }, options), createApp(stored, options)] as const;
  return async (path, at, headers = {}) => {
    now = Date.parse(at);
    const [own, worker] = await Promise.all(apps.map(async (app) => app.request(path, { headers })));
    if (own === undefined || worker === undefined) return expect.fail();
    if (deleted === undefined) {
      expect(await worker.clone().text()).toBe(await own.clone().text());
      expect(worker.headers.get('ETag')).toBe(own.headers.get('ETag'));
    }
    return own;
  };
}

const corrected: Partial<Article> = {
  slug: 'ferry',
  title: 'The night ferry',
  published: '2026-03-01T08:00:00Z',
  updated: '2026-03-20T00:00:00Z',
  corrections: [
    { date: '2026-03-04T00:00:00Z', note: 'The ferry left at nine & not at <ten>.' },
    { date: '2026-03-20T00:00:00Z', note: 'Her name is Ana.' },
  ],
};
const withdrawn: Partial<Article> = {
  slug: 'storm',
  title: 'The storm',
  tags: ['Sea'],
  published: '2026-02-01T08:00:00Z',
  expires: '2026-03-10T00:00:00Z',
  withdrawal: { date: '2026-03-10T00:00:00Z', reason: 'It was made up.' },
};
const sources = [article(corrected), article(withdrawn), article({ slug: 'other', tags: ['Sea'] })];
const [before, after, later] = ['2026-03-03T00:00:00Z', '2026-03-15T00:00:00Z', '2026-05-01T00:00:00Z'] as const;

describe('a corrected article', () => {
  it('changes in each format at the moment of the correction, and keeps its id and date', async () => {
    const answer = await answers(site, sources);
    const read = async (now: string) => {
      const [rss, atom, json] = await Promise.all(
        ['/rss.xml', '/atom.xml', '/feed.json'].map(async (path) => (await answer(path, now)).text()),
      );
      const entry = parseAtomFeed(atom ?? '').entries?.find(({ title }) => title?.value === corrected.title);
      const item = parseRssFeed(rss ?? '').items?.find(({ title }) => title === corrected.title);
      const one = parseJsonFeed(json ?? '').items?.find(({ title }) => title === corrected.title);
      return {
        ids: [entry?.id, item?.guid?.value, one?.id],
        published: [entry?.published, one?.date_published, new Date(item?.pubDate ?? '').toISOString()],
        updated: [entry?.updated, one?.date_modified, item?.atom?.updated],
        contents: [entry?.content?.value, item?.content?.encoded, one?.content_html].map((content) =>
          content?.slice('<p>A lede.</p>\n'.length - 1).trim(),
        ),
      };
    };
    const [first, second, third] = [await read(before), await read(after), await read(later)];
    const note = '<p><strong>Correction, March 4, 2026:</strong> The ferry left at nine &amp; not at &lt;ten>.</p>';
    expect(first.contents).toEqual(['', '', '']);
    expect(second.contents).toEqual([note, note, note]);
    expect(third.contents[0]).toBe(`${note}\n<p><strong>Correction, March 20, 2026:</strong> Her name is Ana.</p>`);
    for (const { ids, published } of [second, third])
      expect({ ids, published }).toEqual({ ids: first.ids, published: first.published });
    expect(first.updated[0]).toBe(corrected.published);
    expect(second.updated).toEqual(Array(3).fill('2026-03-04T00:00:00Z'));
    expect(third.updated).toEqual(Array(3).fill('2026-03-20T00:00:00Z'));
  });

  it('has notes on its page and in its data', async () => {
    const answer = await answers(site, sources);
    const page = await (await answer('/articles/ferry', after)).text();
    expect(page).toContain('The ferry left at nine &amp; not at &lt;ten&gt;.');
    expect(page).not.toContain('Her name is Ana');
    const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(data).correction).toEqual([
      {
        '@type': 'CorrectionComment',
        text: 'The ferry left at nine & not at <ten>.',
        datePublished: '2026-03-04T00:00:00Z',
      },
    ]);
  });

  it('was last changed by an update of its file until a later correction', async () => {
    const answer = await answers(site, [article({ ...corrected, edited: '2026-03-10T00:00:00Z' })]);
    const updated = async (now: string) =>
      parseAtomFeed(await (await answer('/atom.xml', now)).text()).entries?.[0]?.updated;
    expect(await updated(before)).toBe(corrected.published);
    expect(await updated('2026-03-09T00:00:00Z')).toBe('2026-03-04T00:00:00Z');
    expect((await answer('/atom.xml', '2026-03-09T23:59:00Z')).headers.get('Cache-Control')).toBe('public, max-age=60');
    expect(await updated(after)).toBe('2026-03-10T00:00:00Z');
    expect(await updated(later)).toBe('2026-03-20T00:00:00Z');
  });

  it('is fresh until its next correction', async () => {
    const answer = await answers(site, sources);
    const control = (response: Response) => response.headers.get('Cache-Control');
    expect(control(await answer('/articles/ferry', before))).toBe('public, max-age=3600');
    expect(control(await answer('/articles/ferry', '2026-03-03T23:59:00Z'))).toBe('public, max-age=60');
  });

  it('says so in its own language, also where feeds have summaries', async () => {
    const answer = await answers({ ...site, content: 'summary' }, [article({ ...corrected, language: 'de' })]);
    const { items } = parseJsonFeed(await (await answer('/feed.json', after)).text());
    expect(items?.[0]?.content_html).toContain('<strong>Berichtigung, 4. März 2026:</strong>');
  });
});

describe('a withdrawn article', () => {
  it('leaves feeds and pages, and its page answers 410 with the reason', async () => {
    const answer = await answers(site, sources);
    expect((await answer('/articles/storm', before)).status).toBe(200);
    expect(await (await answer('/rss.xml', before)).text()).toContain('The storm');
    const gone = await answer('/articles/storm', after);
    expect(gone.status).toBe(410);
    expect(await gone.text()).toContain('<p lang="en">It was made up.</p>');
    for (const path of ['/', '/rss.xml', '/atom.xml', '/feed.json', '/tags/sea', '/sitemap.xml'])
      expect(await (await answer(path, after)).text()).not.toContain('storm');
  });

  it('stands in Atom for 30 days where the publication says so, in the feeds of its tags, too', async () => {
    const answer = await answers({ ...site, tombstones: true }, sources);
    const entry =
      '<at:deleted-entry ref="tag:daily.example,2026:storm" when="2026-03-10T00:00:00Z"><at:comment>It was made up.</at:comment></at:deleted-entry>';
    for (const path of ['/atom.xml', '/tags/sea/atom.xml']) {
      expect(await (await answer(path, before)).text()).not.toContain('tombstones');
      expect(await (await answer(path, after)).text()).toContain(entry);
      const last = await answer(path, '2026-04-08T23:59:00Z');
      expect(last.headers.get('Cache-Control')).toBe('public, max-age=60');
      const end = await answer(path, '2026-04-09T00:00:00Z');
      expect(await end.text()).not.toContain('deleted-entry');
      expect(end.headers.get('Last-Modified')).toBe('Thu, 09 Apr 2026 00:00:00 GMT');
    }
    expect(await (await answer('/rss.xml', after)).text()).not.toContain('storm');
    expect(await (await answer('/languages/en/atom.xml', after)).text()).toContain('deleted-entry');
    // Feedsmith reads the rest of the feed.
    expect(parseAtomFeed(await (await answer('/atom.xml', after)).text()).entries).toHaveLength(2);
  });

  it('is told to a reader that asks for what is new', async () => {
    const answer = await answers({ ...site, tombstones: true }, sources);
    const etag = (await answer('/atom.xml', before)).headers.get('ETag') ?? '';
    const headers = { 'A-IM': 'feed', 'If-None-Match': etag, 'User-Agent': 'Liferea/1.16' };
    const delta = await answer('/atom.xml', after, headers);
    const text = await delta.text();
    expect(delta.status).toBe(226);
    expect(text).toContain('<at:deleted-entry ref="tag:daily.example,2026:storm"');
    expect(text.match(/<entry/g)).toHaveLength(1);
    expect(text).toContain('The night ferry');
  });

  it('is listed without a reason if its file was deleted', async () => {
    const deleted = [{ id: 'tag:daily.example,2026:x', when: '2026-03-14T00:00:00Z' }];
    const answer = await answers({ ...site, tombstones: true }, sources, deleted);
    const text = await (await answer('/atom.xml', after)).text();
    expect(text.match(/<at:deleted-entry[^>]*>/g)).toEqual([
      '<at:deleted-entry ref="tag:daily.example,2026:x" when="2026-03-14T00:00:00Z">',
      '<at:deleted-entry ref="tag:daily.example,2026:storm" when="2026-03-10T00:00:00Z">',
    ]);
    expect(await (await answer('/atom.xml', later)).text()).not.toContain('deleted-entry');
  });

  it('is withdrawn on the day of its publication, and never seen', async () => {
    const published = '2026-03-10T08:00:00Z';
    const sameDay = { ...withdrawn, published, expires: published, withdrawal: { date: published, reason: 'Wrong.' } };
    const answer = await answers({ ...site, tombstones: true }, [article(sameDay), article({ slug: 'other' })]);
    expect((await answer('/articles/storm', '2026-03-10T07:59:59Z')).status).toBe(404);
    for (const now of [published, after]) {
      const gone = await answer('/articles/storm', now);
      expect([gone.status, await gone.text()]).toEqual([410, expect.stringContaining('Wrong.')]);
      expect(await (await answer('/atom.xml', now)).text()).toContain(`when="${published}"`);
      expect(await (await answer('/rss.xml', now)).text()).not.toContain('storm');
      expect(await (await answer('/corrections', now)).text()).toContain('Wrong.');
    }
  });

  it('is no tombstone if it only expired', async () => {
    const { withdrawal: _, ...expired } = withdrawn;
    const answer = await answers({ ...site, tombstones: true }, [article(expired)]);
    expect(await (await answer('/atom.xml', after)).text()).not.toContain('deleted-entry');
    expect((await answer('/articles/storm', after)).status).toBe(410);
  });
});

describe('the list of corrections', () => {
  it('has each correction and withdrawal from its moment on, on a page and in feeds', async () => {
    const answer = await answers(site, sources);
    const first = await answer('/corrections', before);
    expect(first.status).toBe(404);
    const page = await (await answer('/corrections', later)).text();
    const at = ['Her name is Ana.', 'It was made up.', 'The ferry left at nine'].map((text) => page.indexOf(text));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
    expect(page).toContain(
      'type="application/atom+xml" title="The Daily: Corrections (Atom)" href="./corrections/atom.xml"',
    );
    const feed = parseAtomFeed(await (await answer('/corrections/atom.xml', later)).text());
    expect(feed.title?.value).toBe('The Daily: Corrections');
    expect(feed.links?.find(({ rel }) => rel === 'self')?.href).toBe('https://daily.example/corrections/atom.xml');
    expect(feed.entries?.map(({ id, title, updated }) => [id, title?.value, updated])).toEqual([
      [
        'tag:daily.example,2026:ferry#correction-2026-03-20T00:00:00Z',
        'Correction: The night ferry',
        '2026-03-20T00:00:00Z',
      ],
      ['tag:daily.example,2026:storm#withdrawal-2026-03-10T00:00:00Z', 'Withdrawn: The storm', '2026-03-10T00:00:00Z'],
      [
        'tag:daily.example,2026:ferry#correction-2026-03-04T00:00:00Z',
        'Correction: The night ferry',
        '2026-03-04T00:00:00Z',
      ],
    ]);
    const items = parseJsonFeed(await (await answer('/corrections/feed.json', after)).text()).items;
    expect(items?.map(({ summary }) => summary)).toEqual(['It was made up.', 'The ferry left at nine & not at <ten>.']);
  });

  it('is linked from its moment on: in OPML, at /subscribe, on the front page and on corrected articles', async () => {
    const answer = await answers(site, sources);
    const text = async (path: string, now: string) => (await answer(path, now)).text();
    const link = 'title="The Daily: Corrections (RSS)" href="./corrections/rss.xml"';
    for (const [path, expected] of [
      ['/feeds.opml', 'https://daily.example/corrections/rss.xml'],
      ['/subscribe', '<a href="./corrections/rss.xml">'],
      ['/', link],
    ] as const) {
      expect([path, (await text(path, before)).includes(expected)]).toEqual([path, false]);
      expect([path, (await text(path, after)).includes(expected)]).toEqual([path, true]);
    }
    const { outlines = [] } = parseOpml(await text('/feeds.opml', after)).body ?? {};
    expect(outlines.at(-1)).toEqual({
      type: 'rss',
      text: 'The Daily: Corrections',
      title: 'The Daily: Corrections',
      description: expect.any(String),
      language: 'en',
      xmlUrl: 'https://daily.example/corrections/rss.xml',
      htmlUrl: 'https://daily.example/corrections',
    });
    expect(await text('/articles/ferry', after)).toContain(link.replace('./', '../'));
    expect(await text('/languages/en', after)).not.toContain('corrections/rss.xml');
  });

  it('does not exist without any', async () => {
    const answer = await answers(site, [article()]);
    for (const path of ['/', '/feeds.opml', '/subscribe'])
      expect(await (await answer(path, after)).text()).not.toContain('corrections/');
    for (const path of ['/corrections', '/corrections/rss.xml']) expect((await answer(path, after)).status).toBe(404);
  });
});

describe('front matter', () => {
  const read = (keys: string) => {
    const text = `---\ntitle: A\ndate: 2026-03-01\n${keys}\n---\nText.\n`;
    const { sources, problems } = new SeedFolder(makeFolder({ 'a.md': text }), { url: 'https://a.example/' }).read();
    return {
      head: sources[0]?.head,
      problems: problems.map(({ line, column, severity, message }) => `${line}:${column} ${severity}: ${message}`),
    };
  };

  it.each([
    ['corrected: { date: 2026-03-02, note: B }', [['2026-03-02T00:00:00Z', 'B']], '2026-03-02T00:00:00Z'],
    [
      'corrected:\n  - { date: 2026-03-05, note: C }\n  - { date: 2026-03-02, note: B }\nupdated: 2026-03-04',
      [
        ['2026-03-02T00:00:00Z', 'B'],
        ['2026-03-05T00:00:00Z', 'C'],
      ],
      '2026-03-05T00:00:00Z',
    ],
    [
      'corrected: { date: 2026-03-02, note: B }\nupdated: 2026-03-04',
      [['2026-03-02T00:00:00Z', 'B']],
      '2026-03-04T00:00:00Z',
    ],
    ['corrected: false', undefined, '2026-03-01T00:00:00Z'],
  ])('takes %s', (keys, corrections, updated) => {
    const { head, problems } = read(keys);
    expect(problems).toEqual([]);
    expect(head?.corrections?.map(({ date, note }) => [date, note])).toEqual(corrections);
    expect(head?.updated).toBe(updated);
    expect(head?.published).toBe('2026-03-01T00:00:00Z');
  });

  it.each([
    [
      'withdrawn: { date: 2026-03-09, reason: It was made up. }',
      { date: '2026-03-09T00:00:00Z', reason: 'It was made up.' },
    ],
    ['withdrawn: { date: 2026-03-09 }', { date: '2026-03-09T00:00:00Z' }],
    ['withdrawn: 2026-03-09', { date: '2026-03-09T00:00:00Z' }],
  ])('takes %s', (keys, withdrawal) => {
    expect(read(keys)).toMatchObject({ problems: [], head: { expires: withdrawal.date, withdrawal } });
  });

  it('takes a day without a time as after the publication on that day', () => {
    // The publication is at midnight, too.
    const day = '2026-03-01';
    const [published, next] = [`${day}T00:00:00Z`, `${day}T00:00:01Z`];
    const { head: corrected } = read(`corrected: { date: ${day}, note: At nine. }`);
    expect(corrected).toMatchObject({ updated: next, corrections: [{ date: next, note: 'At nine.' }] });
    const { head, problems } = read(`withdrawn: { date: ${day}, reason: Wrong. }`);
    expect({ head, problems }).toMatchObject({
      head: { published, expires: published, withdrawal: { date: published, reason: 'Wrong.' } },
      problems: [],
    });
    expect(read('withdrawn: 2026-02-27').problems).toEqual([expect.stringContaining('so it never appears')]);
    expect(read(`expires: ${day}`).problems).toEqual([expect.stringContaining('so it never appears')]);
  });

  it('keeps the update that the file states before a later correction', () => {
    expect(read('updated: 2026-03-05\ncorrected: { date: 2026-03-09, note: B }').head).toMatchObject({
      updated: '2026-03-09T00:00:00Z',
      edited: '2026-03-05T00:00:00Z',
    });
    expect(read('updated: 2026-03-10\ncorrected: { date: 2026-03-09, note: B }').head).not.toHaveProperty('edited');
  });

  it.each([
    ['corrected: soon', '4:12 error: corrected: expected a map of date and note, or a list of these, got "soon"'],
    [
      'corrected: { note: B }',
      '4:12 error: corrected: expected a map of date and note, or a list of these, got a map without a date',
    ],
    [
      'corrected: { date: 2026-03-02 }',
      '4:12 error: corrected: expected a map of date and note, or a list of these, got a map without a note',
    ],
    [
      'corrected: { date: soon, note: B }',
      '4:20 error: expected the date of the correction, got "soon"; write it like 2025-02-25',
    ],
    [
      'withdrawn: { reason: B }',
      '4:12 error: expected the date on which it expires, got a map; write it like 2025-02-25, or remove it if the article never expires',
    ],
    [
      'withdrawn: { date: soon, reason: B }',
      '4:20 error: expected the date on which it expires, got "soon"; write it like 2025-02-25, or remove it if the article never expires',
    ],
  ])('refuses %s', (keys, problem) => {
    expect(read(keys)).toEqual({ head: undefined, problems: [problem] });
  });
});
