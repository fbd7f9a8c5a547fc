import { describe, expect, test } from 'vitest';
import { renderContent } from '../../../../src/article/body/content.ts';
import { readReferences } from '../../../../src/article/body/references.ts';

function render(body: string) {
  return renderContent(body, { permalink: 'https://site.example/articles/a', slug: 'a', title: 'A title' });
}

const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
const drawing = 'data:image/svg+xml,%3Csvg%20viewBox=%220%200%2010%2010%22%3E%3C/svg%3E';
const address = 'https://cdn.example/r.jpg';

describe('a lazy-loaded picture gets its true address', () => {
  test.each([
    { it: 'data-src beside a pixel', html: `<img src="${pixel}" data-src="${address}" alt="b">` },
    { it: 'data-src alone', html: `<img data-src="${address}" alt="b">` },
    { it: 'data-lazy-src', html: `<img src="${drawing}" data-lazy-src="${address}" alt="b">` },
    { it: 'data-original', html: `<img src="/loading.gif" data-original="${address}" alt="b">` },
    { it: 'data-srcset', html: `<img src="/loading.gif" data-srcset="/s.jpg 1x, ${address} 2x" alt="b">` },
    { it: 'data-lazy-srcset', html: `<img src="${pixel}" data-lazy-srcset="${address} 300w" alt="b">` },
    { it: 'srcset beside a pixel', html: `<img src="${pixel}" srcset="${address} 300w" alt="b">` },
    {
      it: 'a twin in noscript',
      html: `<img src="${pixel}" alt="b"><noscript><img src="${address}" alt="b"></noscript>`,
    },
    {
      it: 'a twin in noscript before it',
      html: `<noscript><img src="${address}" alt="b"></noscript><img src="${pixel}" data-src="${address}" alt="b">`,
    },
    {
      it: 'a twin of another size',
      html: `<p><img src="${pixel}" data-src="${address}" alt="b"><noscript><img src="/big.jpg" alt="b"></noscript></p>`,
    },
    {
      it: 'a larger form in noscript',
      html: '<img src="https://cdn.example/60/r.jpg?q=20" alt="b"><noscript><img src="https://cdn.example/r.jpg" alt="b"></noscript>',
    },
    {
      it: 'a hidden placeholder',
      html: `<img src="${pixel}" style="display:none" alt="b" data-cfsrc="${address}"><noscript><img src="${address}" alt="b"></noscript>`,
    },
    {
      it: 'a hidden placeholder without an address',
      html: `<img src="/loading.gif" style="display:none" alt="b"><noscript><img src="${address}" alt="b"></noscript>`,
    },
    { it: 'a style that fades in', html: `<img style="opacity:0" data-src="${address}" alt="b">` },
    { it: 'a rare attribute', html: `<img src="/blank.gif" data-flickity-lazyload="${address}" alt="b">` },
    {
      it: 'srcset beside a name that says placeholder',
      html: `<img src="/lazy_placeholder.gif" srcset="${address} 2x, /s.jpg 1x" alt="b">`,
    },
    { it: 'a source', html: `<picture><source data-srcset="${address}"><img src="${pixel}" alt="b"></picture>` },
    { it: 'AMP', html: `<amp-img src="${address}" width="300" height="200" alt="b"></amp-img>` },
    {
      it: 'Gatsby',
      html: `<div class="w"><img aria-hidden="true" data-placeholder-image src="data:image/jpeg;base64,AA" alt=""><picture><source data-srcset="${address}"><img data-src="${address}" alt="b"></picture><noscript><picture><source srcset="${address}"><img src="${address}" alt="b"></picture></noscript></div>`,
    },
  ])('$it', ({ html }) => {
    for (const body of [html, `Words ${html} words`, `<div>\n${html}\n</div>`]) {
      const { content, image } = render(body);
      expect(content.match(/<img [^>]*>/g)).toHaveLength(1);
      expect(content).toContain(` src="${address}"`);
      expect(content).not.toMatch(/data:|loading\.gif|big\.jpg/);
      expect(image).toMatchObject({ url: address, alt: 'b' });
    }
  });
});

test('a pixel without an address is its alternative text', () => {
  expect(render(`a <img src="${pixel}" alt="b">`).content).toBe('<p>a b</p>');
  expect(render(`![b](${pixel})`).content).toBe('<p>b</p>');
});

test('a player has the address that its script would give it', () => {
  expect(render('<video data-src="/v.mp4" data-poster="/p.jpg"></video>').content).toContain(
    '<video src="https://site.example/v.mp4" poster="https://site.example/p.jpg" controls="controls">',
  );
});

test('a picture in noscript that stands for nothing else stays', () => {
  expect(render('a <noscript><img src="/b.png" alt="b"></noscript>').content).toBe(
    '<p>a <img src="https://site.example/b.png" alt="b" /></p>',
  );
});

test('two different pictures beside each other stay two', () => {
  const { content } = render('<p><img src="/b.png" alt="b"><noscript><img src="/c.png" alt="c"></noscript></p>');
  expect(content.match(/<img /g)).toHaveLength(2);
});

test.each(['<img alt="b">', '<img src="" alt="b">'])('check sees that a picture has no address: %s', (html) => {
  expect(readReferences(html, '').all).toMatchObject([{ kind: 'picture', address: '' }]);
});

test('check sees the true address', () => {
  const { all } = readReferences(`<img src="${pixel}" data-src="b.png" alt="c">`, '');
  expect(all).toMatchObject([{ kind: 'picture', address: 'b.png' }]);
});

describe('a picture whose address is not a picture becomes its alternative text', () => {
  test.each([
    '#',
    '#a',
    '',
    '?b',
    '/about/',
    '../posts/',
    'other.md',
    'other',
    './other',
    'a.html',
    '@/no.png',
    '~/no.png',
  ])('%s', (address) => {
    expect(render(`![alt](<${address}>)`)).toEqual({ content: '<p>alt</p>', summary: 'alt' });
    expect(render(`<p><img src="${address}" alt="alt"></p>`).content).toBe('<p>alt</p>');
  });

  test.each(['https://cdn.example/image/12', '/a.png', 'b', '//cdn.example/c', '/d?e=f'])('but not %s', (address) => {
    const isFile = address === 'b';
    const content = renderContent(`![alt](${address})`, {
      permalink: 'https://site.example/articles/a',
      slug: 'a',
      title: '',
      findFile: (written) =>
        isFile && written === 'b' ? { url: 'https://site.example/media/b', type: 'image/png', length: 1 } : undefined,
    }).content;
    expect(content).toMatch(/^<p><img src="https:/);
  });

  test('an alias leads to the file at the root', () => {
    const file = { url: 'https://site.example/media/img/x.png', type: 'image/png', length: 1 };
    for (const address of ['@/img/x.png', '~/img/x.png', '@site/static/img/x.png', '~@/public/img/x.png'])
      expect(
        renderContent(`![b](${address}) [c](${address})`, {
          permalink: 'https://site.example/articles/a',
          slug: 'a',
          title: '',
          findFile: (written) => (written === '/img/x.png' ? file : undefined),
        }).content,
      ).toBe(`<p><img src="${file.url}" alt="b" /> <a href="${file.url}">c</a></p>`);
  });
});
