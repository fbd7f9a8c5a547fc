import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { createApp } from '../../src/http/app.ts';
import { paper } from '../../src/http/views/brand-view.ts';
import { packageFilesFolder } from '../../src/node/folder/files/package-files.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Site, Theme } from '../../src/publication/site/site.ts';
import { fillSlot, placeholders } from '../../src/publication/site/slots.ts';
import { article, site } from '../publication/articles.ts';

async function get(path: string, said: Partial<Site> = {}, told: Partial<Article> = {}) {
  const edition = publish({ ...site, ...said }, [article(told)], '2026-06-01T00:00:00Z');
  return createApp({ edition: () => edition }).request(path);
}

const page = async (...args: Parameters<typeof get>) => (await get(...args)).text();

/** The tags in a page's head that match. */
const tags = (text: string, match: RegExp) =>
  [...text.matchAll(/<(?:link|meta) [^>]*>/g)].flat().filter((tag) => match.test(tag));

describe("a publication's pictures", () => {
  const own = { icon: 'https://daily.example/own/icon.png', favicon: 'https://pictures.example/f.png' };

  it.each([
    ['both', own, 'https://pictures.example/f.png', '../own/icon.png'],
    ['the icon alone', { icon: own.icon }, '../own/icon.png', '../own/icon.png'],
    ['neither', {}, '../icon.svg', '../icon.png'],
  ])('are in the tab and on the home screen: %s', async (_, said, icon, touch) => {
    expect(tags(await page('/articles/one', said), /rel="(?:apple-touch-)?icon"/)).toEqual([
      `<link rel="icon" href="${icon}">`,
      `<link rel="apple-touch-icon" href="${touch}">`,
    ]);
  });

  it('are in the manifest, which the policy of pages allows', async () => {
    const answer = await get('/app.webmanifest', { ...own, language: 'ar', color: { light: '#abc' } });
    expect(answer.headers.get('Content-Type')).toBe('application/manifest+json');
    expect(await answer.json()).toEqual({
      name: 'The Daily',
      description: 'What happened.',
      lang: 'ar',
      dir: 'rtl',
      start_url: './',
      scope: './',
      display: 'minimal-ui',
      theme_color: '#abc',
      background_color: '#abc',
      icons: [{ src: own.icon, sizes: 'any', type: 'image/png' }],
    });
    expect(await page('/articles/one')).toContain('<link rel="manifest" href="../app.webmanifest">');
    expect((await get('/')).headers.get('Content-Security-Policy')).toContain("manifest-src 'self'");
    expect((await get('/app.webmanifest', { pages: false })).status).toBe(404);
  });
});

describe('the color around the pages', () => {
  it.each<[string, Partial<Site>, string[]]>([
    [
      'is that of the paper',
      {},
      [
        `<meta name="theme-color" media="(prefers-color-scheme: light)" content="${paper.light}">`,
        `<meta name="theme-color" media="(prefers-color-scheme: dark)" content="${paper.dark}">`,
      ],
    ],
    ['is what the publisher says', { color: { light: '#123456' } }, ['<meta name="theme-color" content="#123456">']],
    ["is open if the publisher's stylesheet sets the paper", { theme: { style: ':root{}' } }, []],
  ])('%s', async (_, said, wanted) => {
    expect(tags(await page('/', said), /theme-color/)).toEqual(wanted);
  });

  it('is the one of the stylesheet', () => {
    const style = readFileSync(join(packageFilesFolder, 'style.css'), 'utf8');
    expect([...style.matchAll(/--paper: (#[\da-f]{6});/g)].map(([, color]) => color).slice(0, 2)).toEqual([
      paper.light,
      paper.dark,
    ]);
  });
});

describe('link previews and search engines', () => {
  it.each<[string, Partial<Article>, string]>([
    ['large', { image: { url: 'https://p.example/a.jpg' } }, 'summary_large_image'],
    ['small for a small picture', { image: { url: 'https://p.example/a.jpg', width: 200, height: 200 } }, 'summary'],
    ['small without a picture', {}, 'summary'],
  ])('show the picture %s', async (_, told, card) => {
    const text = await page('/articles/one', {}, told);
    expect(tags(text, /twitter:card/)).toEqual([`<meta name="twitter:card" content="${card}">`]);
    expect(tags(text, /name="robots"/)).toEqual(['<meta name="robots" content="max-image-preview:large">']);
  });

  it('index no error', async () => {
    expect(tags(await page('/nope'), /name="robots"/)).toEqual(['<meta name="robots" content="noindex">']);
  });
});

describe('the slots of a theme', () => {
  const told: Partial<Article> = {
    title: `"A" <b> & 'c'`,
    section: 'World',
    authors: [{ name: 'Ann' }, { name: 'Bo' }],
    language: 'de',
  };
  const facts = placeholders.map((name) => `${name}=[{{ ${name} }}]`).join(' ');

  it.each<[keyof Theme, string]>([
    ['head', '</head>'],
    ['header', '</header>'],
    ['articleBottom', '</div>\n'],
  ])('%s knows the article', async (slot, before) => {
    const text = await page('/articles/one', { theme: { [slot]: `<!-- ${facts} -->` } }, told);
    expect(text).toContain(
      '<!-- site=[The Daily] description=[What happened.] language=[de] root=[../]' +
        ' title=[&quot;A&quot; &lt;b&gt; &amp; &#39;c&#39;] address=[https://daily.example/articles/one]' +
        ` authors=[Ann, Bo] published=[2026-03-01] section=[World] -->${before}`,
    );
  });

  it('know other pages by their titles', async () => {
    const theme = { footer: facts, articleTop: '<p>never</p>' };
    const home = await page('/', { theme });
    expect(home).toContain(
      'root=[./] title=[The Daily] address=[https://daily.example/] authors=[] published=[] section=[]',
    );
    expect(home).not.toContain('never');
    expect(await page('/nope', { theme })).toContain('title=[Not found – The Daily] address=[]');
  });

  it('stand where their names say', async () => {
    const theme = { articleTop: '<p>top</p>\n', articleBottom: '<p>bottom</p>\n' };
    expect(await page('/articles/one', { theme })).toMatch(
      /<div class="slot">\n<p>top<\/p>\n<\/div>\n<div class="body e-content">\n<p>A lede\.<\/p>\n<\/div>\n<div class="slot">\n<p>bottom<\/p>\n<\/div>/,
    );
  });

  it('encode a fact for an address, and keep what is no placeholder', () => {
    const fill = (text: string) => fillSlot(text, { title: 'a & b/{{ site }}' }, (fact) => `(${fact})`);
    expect(fill('{{title|url_encode}} {{ title }} {{ constructor }} {{ x }} {{{title}}')).toBe(
      '(a%20%26%20b%2F%7B%7B%20site%20%7D%7D) (a & b/{{ site }}) {{ constructor }} {{ x }} {(a & b/{{ site }})',
    );
  });
});

it('fonts of the site are loaded, and none from elsewhere', async () => {
  expect((await get('/')).headers.get('Content-Security-Policy')).toMatch(/; font-src 'self'; /);
});
