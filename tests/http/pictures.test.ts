import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { galleries } from '../../src/http/views/article/galleries.ts';
import { pagePictures } from '../../src/http/views/article/page-pictures.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { article, site } from '../publication/articles.ts';

const img = (name: string, more = '') => `<img src="https://daily.example/media/${name}" alt=""${more} />`;
const sized = ' width="1600" height="900"';

/** The pictures of a page, each with the attributes that say when it is loaded. */
function loading(content: string): (string | undefined)[] {
  return [...pagePictures(content, site).matchAll(/<img [^>]*?( fetchpriority="high"| loading="lazy")/g)].map(
    ([, when]) => when?.trim(),
  );
}

describe('pictures of a page', () => {
  it('load the first at once, and the others when they come into view', () => {
    expect(loading(`<p>Lede.</p><p>${img('a.png')}</p><p>x</p><p>${img('b.png')}</p>`)).toEqual([
      'fetchpriority="high"',
      'loading="lazy"',
    ]);
    expect(loading(`<p>${'long '.repeat(400)}</p><p>${img('a.png')}</p>`)).toEqual(['loading="lazy"']);
  });

  it('are lazy below a picture of the article', async () => {
    const image = { url: 'https://pictures.example/a.jpg', alt: 'A "ship"', caption: 'By <Ann>' };
    const edition = publish(site, [article({ image, content: `<p>${img('b.png')}</p>` })], '2026-06-01T00:00:00Z');
    const page = await (await createApp({ edition: () => edition }).request('/articles/one')).text();
    expect(page).toContain(
      '<figure><img src="https://pictures.example/a.jpg" alt="A &quot;ship&quot;" fetchpriority="high" decoding="async" />' +
        '<figcaption>By &lt;Ann></figcaption></figure>',
    );
    expect(page).toContain('<img src="../media/b.png" alt="" loading="lazy" decoding="async" />');
  });

  it('state how wide they are shown if the author gave several widths', () => {
    const set = (more: string) => pagePictures(img('a.png', ` srcset="https://daily.example/b.png ${more}"`), site);
    expect(set('800w')).toContain(' sizes="(max-width: 640px) 100vw, (max-width: 1240px) 80vw, 918px"');
    expect(set('2x')).not.toContain('sizes=');
    expect(set('800w" sizes="50vw')).not.toContain('918px');
  });

  it.each([
    ['paragraphs', `<p>${img('a.png')}</p>\n<p>${img('b.png')}</p>\n`],
    ['one paragraph', `<p>${img('a.png')}<br />\n<a href="https://x.example/">${img('b.png')}</a></p>`],
    [
      'figures',
      `<figure>${img('a.png')}<figcaption>A <em>b</em></figcaption></figure>\n<figure>\n${img('b.png')}\n</figure>`,
    ],
  ])('that follow each other become a gallery: %s', (_, run) => {
    expect(galleries(`<p>x</p>${run}<p>y</p>`)).toBe(
      `<p>x</p><div class="gallery">${run.replaceAll('<br />', '')}</div><p>y</p>`,
    );
  });

  it.each([
    ['one picture', `<p>${img('a.png')}</p>`],
    ['text between them', `<p>${img('a.png')}</p><p>x</p><p>${img('b.png')}</p>`],
    ['text beside them', `<p>${img('a.png')} x ${img('b.png')}</p>`],
    ['a picture in a list', `<ul><li>${img('a.png')}</li><li>${img('b.png')}</li></ul>`],
  ])('stay as they are: %s', (_, content) => {
    expect(galleries(content)).toBe(content);
  });

  it('become galleries without a change of anything else', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<figure>',
      '</figure>',
      img('a.png'),
      'x',
      '\n',
      '<a href="x">',
      '</a>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const content = pieces.join('');
        expect(galleries(content).replaceAll(/<div class="gallery">|<\/div>/g, '')).toBe(content);
      }),
      { numRuns: 300 },
    );
  });

  it('take time in proportion to the content', () => {
    for (const hostile of ['<figure><img x/>', '<p><img x/>', '<figure><img x/><figcaption>', '<p><a b><img c/></a>'])
      expect(galleries(hostile.repeat(100_000)).length).toBeGreaterThan(1_000_000);
  });
});

describe('smaller pictures by Cloudflare', () => {
  const cloudflare: Site = { ...site, url: 'https://daily.example/news/', pictures: 'cloudflare' };
  const own = '<img src="https://daily.example/news/media/a%20b.jpg" alt=""';

  it('are named for files beside articles whose width is known', () => {
    const of = (width: number) => pagePictures(`${own} width="${width}" height="9" />`, cloudflare);
    const at = (width: number) =>
      `https://daily.example/cdn-cgi/image/width=${width},fit=scale-down,format=auto/news/media/a%20b.jpg`;
    expect(of(3000)).toContain(` srcset="${at(480)} 480w, ${at(800)} 800w, ${at(1360)} 1360w" sizes="`);
    expect(of(600)).toContain(` srcset="${at(480)} 480w, ${at(800)} 600w"`);
  });

  it.each([
    ['without a width', `${own} />`],
    ['a drawing', `<img src="https://daily.example/news/media/a.svg" width="900" height="9" />`],
    ['an animation', `<img src="https://daily.example/news/media/a.gif" width="900" height="9" />`],
    ['from elsewhere', '<img src="https://else.example/media/a.jpg" width="900" height="9" />'],
  ])('are not named for a picture %s', (_, element) => {
    expect(pagePictures(element, cloudflare)).not.toContain('srcset');
  });

  it('lead to the whole picture on a server without Cloudflare in front, and nowhere else', async () => {
    const edition = publish({ ...cloudflare, url: site.url }, [], '2026-06-01T00:00:00Z');
    const app = createApp({ edition: () => edition });
    const to = async (path: string) => (await app.request(path)).headers.get('Location');
    expect(await to('/cdn-cgi/image/width=480,fit=scale-down/media/a%20b.jpg')).toBe('/media/a%20b.jpg');
    for (const path of ['/cdn-cgi/image/w//evil.example/x', '/cdn-cgi/image/w/\\evil.example', '/cdn-cgi/image/w'])
      expect(await to(path)).toBeNull();
    const plain = createApp({ edition: () => publish(site, [], '2026-06-01T00:00:00Z') });
    expect((await plain.request('/cdn-cgi/image/w/media/a.jpg')).status).toBe(404);
  });
});

it('lists name smaller pictures in one form that every browser knows', async () => {
  const image = { url: 'https://daily.example/media/a.jpg', width: 700, height: 400 };
  const edition = publish({ ...site, pictures: 'sharp' }, [article({ image })], '2026-06-01T00:00:00Z');
  const home = await (await createApp({ edition: () => edition }).request('/')).text();
  expect(home).toContain(
    '<img src="./media/a.jpg" alt="" width="3" height="2" srcset="./resized/480/media/a.jpg.webp 480w, ./resized/800/media/a.jpg.webp 700w" sizes="(max-width: 640px) 100vw, (max-width: 896px) 50vw, 640px" fetchpriority="high"',
  );
});

it('lists name the sizes that the author made, unless the site makes them', async () => {
  const image = { url: 'https://daily.example/media/a.jpg', width: 2400, height: 1600 };
  const set = (more: string) =>
    `srcset="https://daily.example/media/s.jpg?a&amp;b 480w, https://x.example/l.jpg ${more}"`;
  const homeOf = async (more: string, said: Partial<Site> = {}) => {
    const content = `<p>${img('b.jpg', ' srcset="https://daily.example/b 1w"')}</p><p>${img('a.jpg', ` ${set(more)}`)}</p>`;
    const edition = publish({ ...site, ...said }, [article({ image, content })], '2026-06-01T00:00:00Z');
    return (await createApp({ edition: () => edition }).request('/')).text();
  };
  const home = await homeOf('2400w');
  expect(home).toContain(
    ' srcset="./media/s.jpg?a&amp;b 480w, https://x.example/l.jpg 2400w" sizes="(max-width: 640px) 100vw,',
  );
  expect(await homeOf('2x')).not.toContain('srcset');
  expect(await homeOf('2400w', { pictures: 'sharp' })).toContain('srcset="./resized/480/media/a.jpg.webp 480w,');
});

it('feeds keep the plain element', async () => {
  const content = `<p>${img('a.png', sized)}</p>\n<p>${img('b.png', sized)}</p>`;
  const edition = publish({ ...site, pictures: 'cloudflare' }, [article({ content })], '2026-06-01T00:00:00Z');
  const feed = await (await createApp({ edition: () => edition }).request('/feed.json')).json();
  expect(feed).toMatchObject({ items: [{ content_html: content }] });
});
