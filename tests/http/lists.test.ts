import { describe, expect, it } from 'vitest';
import type { Article, Instant } from '../../src/article/article.ts';
import { createApp } from '../../src/http/app.ts';
import type { PageAddress } from '../../src/publication/addresses/address.ts';
import { publish } from '../../src/publication/memory.ts';
import { Unavailable } from '../../src/publication/publication.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { article, site as plain } from '../publication/articles.ts';

const site: Site = { ...plain, timezone: 'Europe/Berlin', items: 8 };
const now = '2026-03-20T12:00:00Z';

async function pageAt(path: string, articles: readonly Partial<Article>[], of: Site = site): Promise<string> {
  const edition = publish(of, articles.map(article), now);
  const response = await createApp({ edition: () => edition }, { now: () => Date.parse(now) }).request(path);
  expect(response.status).toBe(200);
  return response.text();
}

const image = { url: 'https://pictures.example/a.jpg' };
/** Ten articles, two a day, the newest on the 19th at 09:00 and 10:00 in Berlin. */
const ten = Array.from({ length: 10 }, (_, i) => ({
  slug: `a${i}`,
  title: `Story ${i}`,
  published: `2026-03-${String(15 + Math.floor(i / 2))}T0${8 + (i % 2)}:00:00Z`,
  section: i % 2 === 0 ? 'world-news' : 'harbour',
  authors: [{ name: i % 3 === 0 ? 'Ana' : 'Bo' }],
  ...(i % 2 === 0 ? {} : { image }),
}));

/** The lists' articles, each as its class names and text. */
const storiesIn = (page: string): { names: string; text: string; html: string }[] =>
  [...page.matchAll(/<article class="([^"]*)"[^>]*>([\s\S]*?)<\/article>/g)].map(([, names = '', html = '']) => ({
    names,
    html,
    text: html
      .replace(/<(?:div|data)\b.*?<\/(?:div|data)>/gs, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  }));

describe('the front page', () => {
  it('has a lead, three articles beside each other, and rows', async () => {
    const forms = storiesIn(await pageAt('/', ten)).map(({ names }) => names.split(' ')[1]);
    expect(forms).toEqual(['lead', 'card', 'card', 'card', ...Array(4).fill('row')]);
  });

  it('writes each day once, and the hours of the newest day', async () => {
    const texts = storiesIn(await pageAt('/', ten)).map(({ text }) => text);
    expect(texts[0]).toContain('March 19, 2026 10:00 AM');
    expect(texts[1]).toMatch(/9:00 AM/);
    expect(texts[1]).not.toContain('March');
    expect(texts[2]).toContain('March 18, 2026');
    expect(texts.slice(2).join()).not.toMatch(/\d [AP]M/);
    expect(texts.join().match(/March 1[0-9]/g)).toHaveLength(4);
  });

  it('writes no hour for an article that is dated to a day', async () => {
    const dated = [{ slug: 'a', published: '2026-03-18T23:00:00Z' }];
    const [story] = storiesIn(await pageAt('/', dated));
    expect(story?.html).not.toMatch(/AM|PM/);
  });

  it('names the section and the authors, and shows pictures only where there are some', async () => {
    const [first, second] = storiesIn(await pageAt('/', ten));
    expect(first?.text).toMatch(/^Harbour Story 9 /);
    expect(first?.text).toMatch(/By Ana$/);
    expect(first?.html).toContain(
      '<img src="https://pictures.example/a.jpg" alt="" width="3" height="2" fetchpriority="high"',
    );
    expect(second?.text).toMatch(/^World news Story 8 /);
    expect(second?.html).not.toContain('<img');
  });

  it('leads on to where it ends, if the archive repeats its articles', async () => {
    const page = await pageAt('/', ten);
    expect(page).toContain('href="./archive/1#at-a2"');
    const archive = await pageAt('/archive/1', ten);
    expect(archive).toContain('id="at-a2"');
    expect(archive).toContain('</time> – <time');
  });
});

describe('the menu', () => {
  const menuOf = (page: string): string[] =>
    [...(/<nav class="sections".*?<\/nav>/s.exec(page)?.[0].matchAll(/<a[^>]*>/g) ?? [])].map(([tag]) => tag);

  it('has the sections by name, or as the publisher lists them, and never the page itself', async () => {
    expect(menuOf(await pageAt('/', ten))).toEqual([
      '<a href="./sections/harbour">',
      '<a href="./sections/world-news">',
    ]);
    const described = { section: [{ slug: 'world-news', title: 'The world' }, { slug: 'none' }, { slug: 'harbour' }] };
    const page = await pageAt('/sections/world-news', ten, { ...site, described });
    expect(menuOf(page)).toEqual(['<a aria-current="page">', '<a href="../sections/harbour">']);
    expect(page).toContain('<h1>The world</h1>');
    expect(page).not.toMatch(/>\s*world-news\s*</);
  });

  it.each(['/', '/subscribe', '/archive', '/months/2026-03', '/sections/harbour', '/articles/a4'])(
    'and everything else at %s leads to no page that is missing, and not to itself',
    async (path) => {
      const edition = publish(site, ten.map(article), now);
      const { request } = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
      const base = new URL(path, 'https://daily.example/');
      const page = await (await request(path)).text();
      const body = page.slice(page.indexOf('<body>'));
      const links = [...body.matchAll(/<a\b[^>]* href="([^"#][^"]*)"/g)]
        .map(([, href = '']) => new URL(href, base))
        .filter(({ host }) => host === base.host);
      expect(links.length).toBeGreaterThan(5);
      expect(links.filter(({ pathname, hash }) => pathname === base.pathname && hash === '').map(String)).toEqual([]);
      for (const pathname of new Set(links.map(({ pathname }) => pathname)))
        expect([pathname, (await request(pathname)).status]).toEqual([pathname, 200]);
    },
  );

  it('changes when a section appears by itself, and every page with it', async () => {
    const soon = [...ten, { slug: 'new', section: 'culture', published: '2026-03-20T13:00:00Z' }].map(article);
    const edition = publish(site, soon, now);
    let clock = Date.parse(now);
    const { request } = createApp({ edition: () => edition }, { now: () => clock });
    const before = await request('/articles/a4');
    expect(await before.text()).not.toContain('sections/culture');
    expect(before.headers.get('Cache-Control')).toContain('max-age=3600');
    clock += 3_600_000;
    const after = await request('/articles/a4');
    expect(await after.text()).toContain('sections/culture');
    expect(after.headers.get('Last-Modified')).toBe('Fri, 20 Mar 2026 13:00:00 GMT');
  });
});

describe("an article's page", () => {
  it('leads to its section, to earlier articles of it, and to both neighbors', async () => {
    const page = await pageAt('/articles/a8', ten);
    expect(page).toContain('<li><a href="../sections/world-news">World news</a></li>');
    const more = /<section class="more">[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
    expect([...more.matchAll(/articles\/(a\d)/g)].map(([, slug]) => slug)).toEqual(['a6', 'a4', 'a2']);
    expect(page).toContain('<a rel="prev" href="../articles/a7"><small>Previous article</small>');
    expect(page).toContain('<a rel="next" href="../articles/a9"><small>Next article</small>');
  });

  it('names the authors before the dates, with the hours, and the tags below the text', async () => {
    const one = { slug: 'one', authors: [{ name: 'Ana' }], tags: ['sea'], content: '<p>Text.</p>' };
    const dates = { published: '2026-03-18T08:05:00Z', updated: '2026-03-18T16:00:00Z' };
    const page = await pageAt('/articles/one', [{ ...one, ...dates }]);
    const text = page
      .slice(page.indexOf('<article'), page.indexOf('</article>'))
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(text).toMatch(/By Ana March 18, 2026 9:05 AM Updated March 18, 2026 5:00 PM Text\. sea https:/);
  });

  it('states whose language is whose below an article in another one', async () => {
    const described = { authors: [{ name: 'Ana', bio: 'Writes.' }], theme: { articleBottom: '<p>Pass it on.</p>\n' } };
    const page = await pageAt('/articles/one', [{ slug: 'one', language: 'ar' }], { ...site, ...described });
    expect(page).toContain('<div class="person" lang="en" dir="ltr">');
    expect(page).toContain('<div class="slot" lang="en" dir="ltr">');
    const same = await pageAt('/articles/one', [{ slug: 'one' }], { ...site, ...described });
    expect(same).toContain('<div class="person">');
    expect(same).toContain('<div class="slot">');
  });

  it('without a section or neighbors has no empty parts', async () => {
    const page = await pageAt('/articles/one', [{ slug: 'one' }]);
    expect(page).not.toMatch(/class="(?:more|neighbors|crumbs)"/);
  });
});

it('the menus of the search and the corrections have what all pages have, without a link to itself', async () => {
  const corrections = [{ date: '2026-03-19T00:00:00Z', note: 'A wrong name.' }];
  const articles = ten.map((one, i) => (i === 0 ? { ...one, corrections } : one));
  for (const path of ['/search', '/corrections']) {
    const page = await pageAt(path, articles, { ...site, search: true });
    const [menu = '', sections = ''] = page.match(/<nav .*?<\/nav>/gs) ?? [];
    expect(menu).toContain('archive"');
    expect(menu.includes('<a aria-current="page">Search</a>')).toBe(path === '/search');
    expect(sections).toContain('sections/world-news"');
  }
});

it.each([
  [404, '/nothing/here', '../'],
  [410, '/articles/old', '../'],
  [503, '/tags/broken', '../'],
])('an error page, %i, has the menu of all pages', async (status, path, root) => {
  const edition = publish(site, ten.map(article), now, { gone: new Set(['articles/old']) });
  const page = async (address: PageAddress, at: Instant) => {
    if (address.slice?.slug === 'broken') throw new Unavailable('broken');
    return edition.page(address, at);
  };
  const { request } = createApp({ edition: () => ({ ...edition, page }) }, { now: () => Date.parse(now) });
  const response = await request(path);
  expect(response.status).toBe(status);
  const text = await response.text();
  expect(text).toContain(`<p class="name"><a href="${root}">${site.title}</a></p>`);
  expect(text).toContain(`<li><a href="${root}sections/world-news">World news</a></li>`);
  expect(text).toContain(`<a href="${root}archive">Archive</a>`);
  // Programs get a line.
  expect((await (await request('/nothing.xml')).text()).split('\n')).toHaveLength(2);
});

it("shows the podcast's artwork and description on its page", async () => {
  const podcast = {
    categories: [],
    author: 'Ana',
    guid: 'a',
    description: 'Talks.',
    image: 'https://pictures.example/a.png',
  };
  const recorded = {
    hasRecording: true as const,
    enclosures: [{ url: 'https://daily.example/a.mp3', type: 'audio/mpeg', duration: 2530 }],
    episode: { season: 2, number: 5 },
    section: 'talks',
    image: { url: 'https://pictures.example/cover.jpg', width: 900, height: 900 },
  };
  const page = await pageAt('/podcast/episodes', [recorded], { ...site, podcast });
  // There, all articles are of the podcast, so each states its number instead of its section.
  expect(storiesIn(page)[0]?.text).toMatch(/^Season 2 · Episode 5 .* 42:10$/);
  expect(storiesIn(await pageAt('/', [recorded], { ...site, podcast }))[0]?.text).toMatch(
    /^Talks · Season 2 · Episode 5 .* 42:10$/,
  );
  expect(page.slice(0, page.indexOf('<article'))).toContain('overcast://x-callback-url/add?url=');
  const text = await pageAt('/articles/one', [{ ...recorded, slug: 'one' }], { ...site, podcast });
  expect(text).toContain(
    '<section class="player" aria-label="Player">\n<figure><img src="https://pictures.example/cover.jpg"',
  );
  expect(text.match(/cover\.jpg" alt/g)).toHaveLength(1);
  expect(page).toMatch(/<img class="square" src="https:\/\/pictures\.example\/a\.png" alt="" width="3" height="3"/);
  expect(page).toContain('<p class="description">Talks.</p>');
});

it('reserves the space of a video as its file states it, else that of its picture', async () => {
  const film = { url: 'https://daily.example/a.mp4', type: 'video/mp4' };
  const poster = { url: 'https://pictures.example/a.jpg', width: 900, height: 600 };
  const playerOf = async (facts: Partial<Article>): Promise<string | undefined> =>
    /<video[^>]*>/.exec(await pageAt('/articles/one', [{ slug: 'one', ...facts }]))?.[0];
  const wide = [{ ...film, width: 1920, height: 1080 }];
  expect(await playerOf({ enclosures: wide })).toContain(' width="1920" height="1080"');
  expect(await playerOf({ enclosures: wide, image: poster })).toContain(' width="1920" height="1080"');
  expect(await playerOf({ enclosures: [film], image: poster })).toContain(' width="900" height="600"');
  expect(await playerOf({ enclosures: [film] })).not.toContain('width');
});

it('states the language of the title of a named feed, but not of a mere name', async () => {
  const query = { language: ['ar'] };
  const titled = { name: 'arabic', title: 'أخبار', language: 'ar', query };
  const feeds = [titled, { name: 'other', language: 'ar', query }];
  const articles = [{ slug: 'one', language: 'ar' }];
  const pageOf = (path: string): Promise<string> => pageAt(path, articles, { ...site, feeds });
  expect(await pageOf('/feeds/arabic')).toContain('<h1 lang="ar" dir="rtl">أخبار</h1>');
  expect(await pageOf('/feeds/other')).toContain('<h1>other</h1>');
  expect(await pageOf('/subscribe')).toContain('<a lang="ar" dir="rtl" href="./feeds/arabic">أخبار</a>');
});
