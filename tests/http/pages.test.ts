import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { createApp } from '../../src/http/app.ts';
import { isForPeople } from '../../src/http/error-pages.ts';
import { articleBody } from '../../src/http/views/article/article-body.ts';
import { packageFilesFolder } from '../../src/node/folder/files/package-files.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { wordsFor } from '../../src/publication/words/words.ts';
import { article, site } from '../publication/articles.ts';
import { type Node, parseXml } from '../validators/tree.ts';

const now = Date.UTC(2026, 5, 1);

/** The app of a publication of these articles. */
function appOf(articles: readonly ReturnType<typeof article>[], said: Partial<Site> = {}) {
  const edition = publish({ ...site, ...said }, articles, '2026-06-01T00:00:00Z');
  return createApp({ edition: () => edition }, { now: () => now });
}

async function pageAt(path: string, articles: readonly Partial<Article>[], said: Partial<Site> = {}) {
  return (await appOf(articles.map(article), said).request(path)).text();
}

function descendants(node: Node): readonly Node[] {
  return node.children.flatMap((child) => [child, ...descendants(child)]);
}

/** The attributes of each element of that name in a page's source. */
function elements(page: string, name: string): Record<string, string>[] {
  return [...page.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'g'))].map(([, written = '']) =>
    Object.fromEntries([...written.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])),
  );
}

function linksIn(page: string, rel: string): (string | undefined)[] {
  return elements(page, 'link')
    .filter((link) => link.rel === rel)
    .map(({ href }) => href);
}

function properties(page: string): Record<string, string | undefined> {
  const written = elements(page, 'meta').filter(({ property }) => property !== undefined);
  return Object.fromEntries(written.map(({ property, content }) => [property, content]));
}

describe('an HTML page', () => {
  const many = Array.from({ length: 7 }, (_, i) => ({
    slug: `a${i}`,
    tags: ['Sea'],
    published: `2026-03-0${i + 1}T08:00:00Z`,
  }));

  it.each([
    ['/', ['./rss.xml', './atom.xml', './feed.json']],
    ['/articles/a1', ['../rss.xml', '../atom.xml', '../feed.json']],
    ['/subscribe', ['./rss.xml', './atom.xml', './feed.json']],
    ['/archive/1', ['../rss.xml', '../atom.xml', '../feed.json']],
    ['/no/such/page', ['../../rss.xml', '../../atom.xml', '../../feed.json']],
    [
      '/tags/sea',
      ['rss.xml', 'atom.xml', 'feed.json']
        .flatMap((file) => `../${file}`)
        .concat(['rss.xml', 'atom.xml', 'feed.json'].map((file) => `../tags/sea/${file}`)),
    ],
  ])('at %s names the feeds, the main ones first, XML before JSON, no two alike', async (path, hrefs) => {
    const page = await pageAt(path, many, { items: 3 });
    expect(linksIn(page, 'alternate')).toEqual(hrefs);
    const titles = elements(page, 'link').flatMap(({ rel, title }) => (rel === 'alternate' ? [title] : []));
    expect(new Set(titles).size).toBe(hrefs.length);
  });

  it.each([
    ['/', 'https://daily.example/'],
    ['/articles/a1', 'https://daily.example/articles/a1'],
    ['/archive/1', 'https://daily.example/archive/1'],
    ['/tags/sea', 'https://daily.example/tags/sea'],
    ['/subscribe', 'https://daily.example/subscribe'],
  ])('at %s is known as %s', async (path, canonical) => {
    const page = await pageAt(path, many, { items: 3 });
    expect(linksIn(page, 'canonical')).toEqual([canonical]);
    expect(properties(page)['og:url']).toBe(canonical);
  });

  it('has no canonical address and is not indexed if it is an error', async () => {
    const page = await pageAt('/nope', many);
    expect(linksIn(page, 'canonical')).toEqual([]);
    expect(page).toContain('<meta name="robots" content="noindex">');
  });

  it.each([
    ['/', ['./archive/2'], []],
    // The third archive page is not full yet.
    ['/archive/2', ['../archive/1'], ['../']],
    ['/archive/1', [], ['../archive/2']],
    ['/tags/sea/archive/2', ['../../../tags/sea/archive/1'], ['../../../tags/sea']],
    ['/tags/sea/archive/1', [], ['../../../tags/sea/archive/2']],
  ])('at %s has its neighbors in the archive', async (path, prev, next) => {
    const page = await pageAt(path, many, { items: 3 });
    expect([linksIn(page, 'prev'), linksIn(page, 'next')]).toEqual([prev, next]);
  });

  it('of 50 headlines is at most 15 kB with its stylesheet, compressed', async () => {
    const words = 'harbour ferry council quay timetable bridge lantern market weather pilot railing crew'.split(' ');
    // All different, like real ones.
    const text = (seed: number, count: number) =>
      Array.from({ length: count }, (_, i) => `${words[(seed * 7 + i * i * 5) % 12]}${(seed * 31 + i) % 97}`).join(' ');
    const articles = Array.from({ length: 50 }, (_, i) => ({
      slug: text(i, 8).replaceAll(' ', '-'),
      title: text(i, 11),
      summary: text(i + 50, 28),
      published: new Date(Date.UTC(2026, 0, i + 1)).toISOString().replace('.000', ''),
    }));
    const page = await pageAt('/', articles);
    expect(elements(page, 'article')).toHaveLength(50);
    const style = readFileSync(join(packageFilesFolder, 'style.css'));
    expect(gzipSync(page).length + gzipSync(style).length).toBeLessThanOrEqual(15_000);
  });

  it('loads nothing from another host', async () => {
    for (const path of ['/', '/articles/a1', '/subscribe', '/nope']) {
      const page = await pageAt(path, many, { favicon: 'https://daily.example/f.png' });
      const loaded = ['img', 'script', 'link', 'audio'].flatMap((name) => elements(page, name));
      const addresses = loaded.filter(({ rel }) => rel !== 'canonical').flatMap(({ src, href }) => src ?? href ?? []);
      expect(addresses.filter((address) => /^(?:https?:)?\/\//.test(address))).toEqual([]);
    }
  });

  it.each([
    ['en', 'America/New_York', 'February 28, 2026'],
    ['de-AT', 'Europe/Vienna', '1. März 2026'],
    ['ar', 'Asia/Riyadh', '1 مارس 2026'],
    ['sw', 'Africa/Nairobi', '2026-03-01'],
  ])('in %s dates an article in %s: %s', async (language, timezone, written) => {
    const page = await pageAt('/', [{ published: '2026-03-01T02:00:00Z' }], { language, timezone });
    expect(page).toContain(`<time class="dt-published" datetime="2026-03-01T02:00:00Z">${written}</time>`);
  });

  it.each([
    ['de-AT', '<a class="skip" href="#content">Zum Inhalt springen</a>'],
    ['ar', '<a class="skip" href="#content">انتقل إلى المحتوى</a>'],
    ['ja', '<a class="skip" href="#content">本文へ移動</a>'],
  ])('in %s speaks it: %s', async (language, skip) => {
    for (const path of ['/', '/articles/a1', '/tags/sea', '/archive/1', '/subscribe', '/nope']) {
      const page = await pageAt(path, many, { language, items: 3 });
      expect(page).toContain(skip);
      expect(page).not.toContain('lang="en"');
    }
    const words = Object.values(wordsFor(language).words);
    const subscribe = await pageAt('/subscribe', many, { language });
    const headings = [...subscribe.matchAll(/<h[12]>([^<{]+)<\/h/g)].map(([, heading]) => heading);
    expect(headings.length).toBeGreaterThan(2);
    for (const heading of headings) expect(words).toContain(heading);
  });

  it('marks the language of its own words around an article in another language', async () => {
    const told = { language: 'ar', authors: [{ name: 'Ann' }] };
    expect(await pageAt('/articles/one', [told], { language: 'de' })).toContain('<span lang="de" dir="ltr">Von</span>');
    expect(await pageAt('/articles/one', [told], { language: 'ar' })).toContain('<span>بقلم</span>');
    expect(await pageAt('/articles/one', [told], { language: 'sw' })).toContain('<span lang="en" dir="ltr">By</span>');
  });

  it('marks its own words as English if there are none in its language', async () => {
    const page = await pageAt('/', many, { language: 'fa' });
    expect(page).toContain('<html lang="fa" dir="rtl">');
    for (const own of [
      '<a class="skip" href="#content"',
      '<nav aria-label="Site"',
      '<aside aria-labelledby="subscribe"',
    ])
      expect(page).toContain(`${own} lang="en" dir="ltr">`);
    expect(await pageAt('/', many)).not.toContain('lang="en" dir');
  });

  it.each(['/', '/articles/a1', '/tags/sea', '/archive/1', '/subscribe', '/nope'])(
    "at %s allows only the site's own script, on a static host too",
    async (path) => {
      const answer = await appOf(many.map(article), { items: 3 }).request(path);
      const page = await answer.text();
      const scripts = elements(page, 'script').filter(({ type }) => type !== 'application/ld+json');
      expect(scripts).toEqual([{ src: expect.stringMatching(/^(?:\.\.?\/)+copy\.js$/) }]);
      const policy = answer.headers.get('Content-Security-Policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
      const [said] = page.match(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/)?.slice(1) ?? [];
      expect(`${said?.replaceAll('&#39;', "'")}; frame-ancestors 'none'`).toBe(policy);
      expect(page.indexOf('http-equiv')).toBeLessThan(page.indexOf('<link'));
      // Other sites learn the site's address and not which page led to them.
      expect(answer.headers.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin');
      expect(page).toContain('<meta name="referrer" content="strict-origin-when-cross-origin">');
    },
  );

  it('is alone in having a Referrer-Policy', async () => {
    for (const path of ['/rss.xml', '/feeds.opml', '/sitemap.xml', '/nope.xml'])
      expect((await appOf(many.map(article)).request(path)).headers.has('Referrer-Policy')).toBe(false);
  });

  it('has no character that HTML forbids', async () => {
    expect(await pageAt('/', [{ title: 'a\u0001b\ud800c\uffff' }])).toContain('>abc<');
  });
});

describe("an article's page", () => {
  const told: Partial<Article> = {
    title: 'A "B" </script><script>alert(1)</script> & c',
    summary: 'In short.',
    permalink: 'https://publisher.example/told?a=1&b=2',
    updated: '2026-03-04T00:00:00Z',
    authors: [{ name: 'Ann', url: 'https://ann.example/' }, { name: 'Bo' }],
    tags: ['Sea', 'R&D'],
    section: 'world',
    language: 'de',
    image: { url: 'https://pictures.example/a.jpg', width: 800, height: 600, alt: 'A ship' },
  };

  it('has its original URL as canonical, and describes its content', async () => {
    const page = await pageAt('/articles/one', [told]);
    expect(linksIn(page, 'canonical')).toEqual(['https://publisher.example/told?a=1&amp;b=2']);
    expect(properties(page)).toEqual({
      'og:site_name': 'The Daily',
      'og:type': 'article',
      'og:title': 'A &quot;B&quot; &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; c',
      'og:description': 'In short.',
      'og:url': 'https://publisher.example/told?a=1&amp;b=2',
      'og:image': 'https://pictures.example/a.jpg',
      'og:image:width': '800',
      'og:image:height': '600',
      'og:image:alt': 'A ship',
      'article:published_time': '2026-03-01T08:00:00Z',
      'article:modified_time': '2026-03-04T00:00:00Z',
      'article:author': 'https://ann.example/',
      'article:section': 'world',
      'article:tag': 'R&amp;D',
    });
  });

  it("describes itself to search engines in JSON that can't end the script early", async () => {
    const page = await pageAt('/articles/one', [told]);
    const [data, way, ...others] = page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs);
    expect(others).toEqual([]);
    expect(page.match(/<script\b(?! src=)/g)).toHaveLength(2);
    const step = (position: number, name: string, item: string) => ({ '@type': 'ListItem', position, name, item });
    expect(JSON.parse(way?.[1] ?? '')).toEqual({
      '@context': 'https://schema.org',
      '@type': 'BreadcrumbList',
      itemListElement: [
        step(1, 'The Daily', 'https://daily.example/'),
        step(2, 'World', 'https://daily.example/sections/world'),
        step(3, String(told.title), 'https://daily.example/articles/one'),
      ],
    });
    expect(JSON.parse(data?.[1] ?? '')).toEqual({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: told.title,
      description: 'In short.',
      url: told.permalink,
      mainEntityOfPage: told.permalink,
      datePublished: '2026-03-01T08:00:00Z',
      dateModified: '2026-03-04T00:00:00Z',
      inLanguage: 'de',
      author: [
        { '@type': 'Person', name: 'Ann', url: 'https://ann.example/' },
        { '@type': 'Person', name: 'Bo' },
      ],
      publisher: { '@type': 'Organization', name: 'The Daily', url: 'https://daily.example/' },
      image: 'https://pictures.example/a.jpg',
      articleSection: 'world',
      keywords: ['Sea', 'R&D'],
    });
  });

  it("shows the article's picture unless the content has it", async () => {
    const src = '<img src="https://pictures.example/a.jpg"';
    expect((await pageAt('/articles/one', [told])).split(src)).toHaveLength(2);
    const shown = { ...told, content: `<p>${src} alt="" /></p>` };
    expect((await pageAt('/articles/one', [shown])).split(src)).toHaveLength(2);
  });

  it.each([
    ['<h1>a</h1><h4>b</h4><h2>c</h2>', '<h2>a</h2><h3>b</h3><h3>c</h3>'],
    ['<h5 id="x">a</h5><h6>b</h6><h5>c</h5><h1>d</h1>', '<h2 id="x">a</h2><h3>b</h3><h2>c</h2><h2>d</h2>'],
    ['<hr /><p>&lt;h1&gt;</p>', '<hr /><p>&lt;h1&gt;</p>'],
    [
      '<h1>1</h1><h2>2</h2><h3>3</h3><h4>4</h4><h5>5</h5><h6>6</h6>',
      '<h2>1</h2><h3>2</h3><h4>3</h4><h5>4</h5><h6>5</h6><h6>6</h6>',
    ],
    ['<a href="https://daily.example/a?b&amp;c#one--x">x</a>', '<a href="#one--x">x</a>'],
    ['<a href="https://daily.example/rss.xml">x</a>', '<a href="../rss.xml">x</a>'],
    ['<img src="https://daily.example/media/a.png" />', '<img src="../media/a.png" />'],
    ['<a href="https://daily.example.evil.example/">x</a>', '<a href="https://daily.example.evil.example/">x</a>'],
    [
      '<code>&lt;a href="https://daily.example/"&gt; &lt;img src="https://daily.example/a?b&amp;c#d"&gt;</code>',
      '<code>&lt;a href="https://daily.example/"&gt; &lt;img src="https://daily.example/a?b&amp;c#d"&gt;</code>',
    ],
    [
      '<img src="https://daily.example/media/a.png" alt="https://daily.example/" title="https://daily.example/a" />',
      '<img src="../media/a.png" alt="https://daily.example/" title="https://daily.example/a" />',
    ],
    [
      '<img alt="href=&quot;https://daily.example/&quot;" src="x" />',
      '<img alt="href=&quot;https://daily.example/&quot;" src="x" />',
    ],
    [
      '<a href="https://daily.example/rss.xml" title="https://daily.example/">x</a>',
      '<a href="../rss.xml" title="https://daily.example/">x</a>',
    ],
    [
      '<source srcset="https://daily.example/media/a,b.png 1x, https://else.example/b.png 2x, https://daily.example/media/c.png 3x" />',
      '<source srcset="../media/a,b.png 1x, https://else.example/b.png 2x, ../media/c.png 3x" />',
    ],
    [
      '<video src="https://daily.example/media/a.mp4" poster="https://daily.example/media/a.png"></video>',
      '<video src="../media/a.mp4" poster="../media/a.png"></video><span class="printed">https://daily.example/media/a.mp4</span>',
    ],
    [
      '<video controls><source src="https://x.example/b.mp4" /></video>',
      '<video controls><source src="https://x.example/b.mp4" /></video><span class="printed">https://x.example/b.mp4</span>',
    ],
    [
      '<a href="https://daily.example/a?b&amp;c#fnref-one-1:2" class="footnote-backref">↩︎</a>',
      '<a href="#fnref-one-1:2" class="footnote-backref" aria-label="Back to reference 1.2" title="Back to reference 1.2">↩︎</a>',
    ],
    ['<q cite="https://daily.example/x">x</q>', '<q cite="../x">x</q>'],
    ['<table></table>', '<div class="wide" tabindex="0"><table></table></div>'],
    ['<table class="x"></table>', '<div class="wide" tabindex="0"><table class="x"></table></div>'],
    ['<pre class="x">x</pre>', '<pre tabindex="0" class="x">x</pre>'],
    ['<pre><code>x</code></pre>', '<pre tabindex="0"><code>x</code></pre>'],
  ])('shows %s as %s', (content, shown) => {
    const whole = article({ content, permalink: 'https://daily.example/a?b&c' }).article();
    expect(articleBody(whole, site, '../', wordsFor('en').words)).toBe(shown);
  });
});

describe('/subscribe', () => {
  it('subscribes with one click in the common readers', async () => {
    const page = await pageAt('/subscribe', [{}]);
    const feed = 'https%3A%2F%2Fdaily.example%2Frss.xml';
    for (const href of [
      `https://feedly.com/i/subscription/feed%2F${feed}`,
      `https://www.inoreader.com/?add_feed=${feed}`,
      `https://www.newsblur.com/?url=${feed}`,
      `https://theoldreader.com/feeds/subscribe?url=${feed}`,
      `https://feedbin.com/?subscribe=${feed}`,
      'feed://daily.example/rss.xml',
    ])
      expect(elements(page, 'a').map((link) => link.href)).toContain(href);
  });

  it('recommends one feed, and has as few tab stops with many tags as with none until a list is unfolded', async () => {
    const tags = Array.from({ length: 41 }, (_, i) => `t${i}`);
    const page = await pageAt('/subscribe', [{ tags }]);
    expect(elements(page, 'input').map(({ value }) => value)).toEqual(['https://daily.example/rss.xml']);
    const open = page.replace(/<details>[\s\S]*?<\/details>/g, '<summary>');
    expect(open.match(/<(?:a|input|summary|button)\b/g)?.length).toBeLessThan(22);
    // Unfolded, a tag has its page and one feed.
    const folded = page.match(/<details>[\s\S]*?<\/details>/g)?.join('') ?? '';
    expect(elements(folded, 'a').filter(({ href }) => /tags\/t7(?:\/|$)/.test(href ?? ''))).toHaveLength(2);
  });

  it('offers the feeds of tags and authors, those of languages only if there are several, and states what it leaves out', async () => {
    const tags = Array.from({ length: 203 }, (_, i) => `t${i}`);
    const page = await pageAt('/subscribe', [{ tags, authors: [{ name: 'Ann' }] }]);
    const hrefs = elements(page, 'a').map(({ href }) => href);
    expect(hrefs).toEqual(expect.arrayContaining(['./tags/t0/rss.xml', './authors/ann/rss.xml', './feeds.opml']));
    expect(hrefs.filter((href) => /^\.\/tags\/\w+$/.test(href ?? ''))).toHaveLength(200);
    expect(page).toContain('<p>Not shown here, but in the list below: 3</p>');
    expect(page).not.toContain('languages/');
    expect(await pageAt('/subscribe', [{}, { slug: 'two', language: 'de' }])).toContain('./languages/de/rss.xml');
  });
});

describe('an error', () => {
  const gone = { redirects: { '/old': 'gone', '/old.xml': 'gone' } };
  it.each([
    ['404', 'GET', '/nope', {}],
    ['404', 'GET', '/tags/node.js', {}],
    ['410', 'GET', '/old', gone],
    ['405', 'POST', '/', {}],
    ['405', 'POST', '/articles/one', {}],
  ])('%s to %s %s is a page that leads to the feeds', async (status, method, path, said) => {
    const answer = await appOf([article()], said).request(path, { method });
    expect(answer.status).toBe(Number(status));
    expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toContain('rss.xml');
  });

  it.each([
    ['404', 'GET', '/archive/9/rss.xml', {}],
    ['404', 'GET', '/tags/none/feed.json', {}],
    ['404', 'GET', '/wp-content/feed/', {}],
    ['404', 'GET', '/theme.css', {}],
    ['410', 'GET', '/old.xml', gone],
    ['405', 'POST', '/atom.xml', {}],
    ['405', 'POST', '/feed', {}],
  ])('%s to %s %s is a line of plain text', async (status, method, path, said) => {
    const answer = await appOf([article()], said).request(path, { method });
    expect(answer.status).toBe(Number(status));
    expect(answer.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
    expect((await answer.text()).length).toBeLessThan(100);
  });

  it.each([
    ['a page if only the article is broken', '/articles/broken', 'article', 'text/html'],
    ["plain text at a feed's address", '/rss.xml', 'page', 'text/plain'],
    ['plain text if the publication itself is broken', '/', 'publication', 'text/plain'],
  ])('500 is %s', async (_, path, broken, type) => {
    const { head } = article({ slug: 'broken' });
    const throwing = () => {
      throw new Error('no');
    };
    const sound = publish(site, [{ head, article: throwing }], '2026-06-01T00:00:00Z');
    const edition = { ...sound, [broken]: throwing };
    const answer = await createApp({ edition: broken === 'publication' ? throwing : () => edition }).request(path);
    expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([500, 'no-store']);
    expect(answer.headers.get('Content-Type')).toMatch(type);
  });

  it('at a deep path has short links to the root', async () => {
    const page = await pageAt(`/${'a/'.repeat(3000)}`, [{}], { url: 'https://daily.example/news/' });
    expect(page.length).toBeLessThan(10_000);
    expect(page).toContain('href="/news/rss.xml"');
  });

  it.each(['/', '/tags/a', '/atom-heart', '/news/'])('at %s is for people', (path) => {
    expect(isForPeople(path)).toBe(true);
  });
});

describe("a publisher's own parts", () => {
  const theme = { style: 'p { color: red }', header: '<p>Above & <b>all</b></p>', footer: '<p>Below</p>' };

  it('stand on every page', async () => {
    for (const path of ['/', '/articles/one', '/subscribe', '/nope']) {
      const page = await pageAt(path, [{}], { theme });
      expect(page).toMatch(/<p>Above & <b>all<\/b><\/p><\/header>/);
      expect(page).toMatch(/<footer>\n<p>Below<\/p>/);
      expect(linksIn(page, 'stylesheet')).toEqual([
        expect.stringMatching(/style\.css$/),
        expect.stringMatching(/theme\.css$/),
      ]);
    }
  });

  it('have a stylesheet with validators like feeds', async () => {
    const app = appOf([], { theme });
    const answer = await app.request('/theme.css');
    expect([answer.status, await answer.text()]).toEqual([200, theme.style]);
    const etag = answer.headers.get('ETag') ?? '';
    expect((await app.request('/theme.css', { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });
});

describe('a feed that is opened in a browser', () => {
  it('has the colors and typefaces of the pages', () => {
    const [pages, feeds] = ['style.css', 'feed.css'].map((file) => {
      const css = readFileSync(join(packageFilesFolder, file), 'utf8');
      const light = css.slice(0, css.indexOf('@media print')).matchAll(/^ +(--[a-z]+): ([^;]+);/gm);
      return [...light].map(([, name, value]) => `${name}: ${value?.replace(/\s+/g, ' ')}`).sort();
    });
    expect(feeds).toHaveLength(13);
    expect(feeds).toEqual(pages);
  });

  it.each(['/rss.xml', '/atom.xml'])("links the publisher's stylesheet after its own at %s", async (path) => {
    const theme = { style: ':root { --paper: #fff }' };
    const text = await (await appOf([article()], { theme }).request(path)).text();
    expect([...text.matchAll(/<\?xml-stylesheet .*href="([^"]+)"\?>/g)].map(([, href]) => href)).toEqual([
      '/feed.css',
      '/theme.css',
    ]);
  });

  it.each([
    ['/rss.xml', 'de-AT;q=0.9, en', 'Jänner', 'de-at'],
    ['/atom.xml', 'xx, fr', 'janvier', 'fr'],
    ['/rss.xml', '"><script>', '10 January 2026', 'en-GB'],
    ['/atom.xml', undefined, '10 January 2026', 'en-GB'],
  ])(
    '%s has a viewport, headlines to click and dates in the reader’s language (%s)',
    async (path, accepted, day, lang) => {
      const title = 'R&D <b> "2" ]]>';
      const content = '<p>Is <code>&lt;item&gt; &lt;pubDate&gt;</code> ]]&gt; a <b>tag</b>?</p>';
      const published = '2026-01-10T08:00:00Z';
      const told = {
        title,
        content,
        published,
        updated: published,
        permalink: 'https://daily.example/a?b=1&c=%222%22',
      };
      const app = appOf([article({ slug: 'two', published, updated: published }), article(told)], {
        language: 'en-GB',
      });
      const plain = await app.request(path);
      const headers: Record<string, string> = { 'Sec-Fetch-Dest': 'document' };
      if (accepted !== undefined) headers['Accept-Language'] = accepted;
      const shown = await app.request(path, { headers });
      const text = await shown.text();
      expect(shown.headers.get('ETag')).toBe(plain.headers.get('ETag'));
      expect(shown.headers.get('Cache-Control')).toMatch(/^private/);
      expect(text.replace(/(?<=<div [^>]*>)<title>[^<]*<\/title>/, '').replace(/<div [^>]*><h2>.*?<\/div>/g, '')).toBe(
        await plain.text(),
      );
      const links = descendants(parseXml(text)).filter(({ name }) => name === 'a');
      expect(links.slice(-2).map((link) => [link.attributes.href, link.text()])).toEqual([
        ['https://daily.example/articles/two', 'Title of two'],
        [told.permalink, title],
      ]);
      expect(text.match(/<meta [^>]*name="viewport"/g)).toHaveLength(1);
      expect(text).toContain(day);
      expect(text).toContain(` lang="${lang}"`);
    },
  );

  it.each([
    ['https://daily.example/', '/feed.css'],
    ['https://daily.example/a&b/$&/', '/a&amp;b/$&amp;/feed.css'],
  ])('of %s names its stylesheet on whatever host it is', async (url, href) => {
    for (const path of ['/rss.xml', '/atom.xml']) {
      const answer = await appOf([article()], { url }).request(path, {
        headers: { 'Sec-Fetch-Dest': 'document' },
      });
      expect(answer.headers.get('Content-Type')).toBe('application/xml; charset=utf-8');
      expect((await answer.text()).split('\n')[1]).toBe(`<?xml-stylesheet type="text/css" href="${href}"?>`);
    }
  });
});
