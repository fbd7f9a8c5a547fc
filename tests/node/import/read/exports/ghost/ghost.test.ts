import { describe, expect, it } from 'vitest';
import { lexicalHtml } from '../../../../../../src/node/import/read/exports/ghost/ghost-lexical.ts';
import { mobiledocHtml } from '../../../../../../src/node/import/read/exports/ghost/ghost-mobiledoc.ts';
import { readDocument } from '../../../../../../src/node/import/read/read-document.ts';

const file = new URL('file:///ghost.json');
const site = new URL('https://old.example/');
const post = (id: string, more: object) => ({
  id,
  uuid: `00000000-0000-4000-8000-${id.padStart(12, '0')}`,
  title: `Post ${id}`,
  slug: `post-${id}`,
  html: `<p>Text ${id}</p>`,
  type: 'post',
  status: 'published',
  visibility: 'public',
  created_at: '2024-01-01T00:00:00.000Z',
  updated_at: '2024-01-03T00:00:00.000Z',
  published_at: '2024-01-02T00:00:00.000Z',
  ...more,
});
const tables = (posts: readonly object[]) => ({
  posts,
  tags: [
    { id: 't1', name: 'Boats &amp; ships', slug: 'boats' },
    { id: 't2', name: '#secret', slug: 'hash-secret', visibility: 'internal' },
    { id: 't3', name: 'Tea', slug: 'tea' },
  ],
  users: [
    { id: 'u1', name: 'Ann', email: 'ann@private.example' },
    { id: 'u2', name: 'Bo', email: 'bo@private.example' },
  ],
  posts_tags: [
    { post_id: 'a', tag_id: 't3', sort_order: 1 },
    { post_id: 'a', tag_id: 't1', sort_order: 0 },
    { post_id: 'a', tag_id: 't2', sort_order: 2 },
  ],
  posts_authors: [
    { post_id: 'a', author_id: 'u2', sort_order: 1 },
    { post_id: 'a', author_id: 'u1', sort_order: 0 },
  ],
  posts_meta: [{ post_id: 'a', feature_image_alt: 'A pier', feature_image_caption: 'By <b>Bo</b>' }],
  settings: [
    { key: 'title', value: 'My Ghost' },
    { key: 'description', value: 'All' },
    { key: 'lang', value: 'de' },
  ],
});
const read = (posts: readonly object[], options: { readonly url?: URL; readonly pages?: boolean } = { url: site }) =>
  readDocument(JSON.stringify({ db: [{ meta: {}, data: tables(posts) }] }), file, options);
const messages = (feed: ReturnType<typeof read>) =>
  (feed.notes ?? []).map(({ item, message }) => (item === undefined ? message : `${item}: ${message}`));

describe('a Ghost export', () => {
  it('gives posts with everything that belongs to them', () => {
    const feed = read([
      post('a', {
        custom_excerpt: 'In short',
        feature_image: '__GHOST_URL__/content/images/p.jpg',
        html: '<!--kg-card-begin: html--><p><a href="__GHOST_URL__/b/">B</a></p><!--kg-card-end: html-->',
      }),
    ]);
    expect(feed).toMatchObject({ title: 'My Ghost', description: 'All', language: 'de' });
    expect(feed.items).toEqual([
      {
        id: 'a',
        url: 'https://old.example/post-a/',
        title: 'Post a',
        published: '2024-01-02T00:00:00Z',
        updated: '2024-01-03T00:00:00Z',
        authors: [{ name: 'Ann' }, { name: 'Bo' }],
        tags: ['Boats & ships', 'Tea'],
        content: { kind: 'html', text: '<p><a href="https://old.example/b/">B</a></p>' },
        summary: 'In short',
        image: { url: 'https://old.example/content/images/p.jpg', alt: 'A pier', caption: 'By Bo' },
        language: undefined,
        files: [],
        isDraft: undefined,
        base: 'https://old.example/post-a/',
      },
    ]);
    expect(feed.notes).toEqual([]);
  });

  it('without the address of its site never shows the placeholder', () => {
    const feed = read(
      [
        post('a', {
          html: '<p><img src="__GHOST_URL__/p.jpg" alt="Pier"> <a href="__GHOST_URL__/b/">B</a></p>',
        }),
      ],
      {},
    );
    expect(feed.items[0]).toMatchObject({ id: 'a', url: undefined, content: { text: '<p>Pier B</a></p>' } });
    expect(messages(feed)).toEqual([
      expect.stringContaining('leaves out the address of its site'),
      expect.stringContaining('--url https://'),
    ]);
  });

  it('keeps back what not everybody could read', () => {
    const feed = read([
      post('1', { status: 'draft', published_at: null }),
      post('2', { visibility: 'members' }),
      post('3', { visibility: 'paid' }),
      post('4', { visibility: 'tiers' }),
      post('5', { status: 'sent' }),
      post('6', { status: 'mystery' }),
      post('7', { status: 'scheduled', published_at: '2099-01-01T00:00:00.000Z' }),
      post('8', { status: 'scheduled', published_at: null }),
      post('9', { type: 'page' }),
      post('10', { page: 1, type: undefined }),
    ]);
    expect(feed.items.map(({ title, isDraft, url }) => [title, isDraft, url !== undefined])).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((n) => [`Post ${n}`, true, false]),
      ['Post 7', undefined, true],
      ['Post 8', true, false],
    ]);
    expect(messages(feed)).toEqual([
      'Post 2: Ghost shows it to members only, so it becomes a draft',
      'Post 3: Ghost shows it to paid only, so it becomes a draft',
      'Post 4: Ghost shows it to tiers only, so it becomes a draft',
      'Post 5: Ghost sent it only by mail, so it becomes a draft',
      'Post 6: Ghost calls it mystery, so it becomes a draft',
      'Post 8: its date is unknown, so it becomes a draft',
      'not imported: 2 pages; --pages includes pages',
    ]);
    expect(read([post('9', { type: 'page' })], { pages: true, url: site }).items).toHaveLength(1);
    expect(() => read([post('9', { type: 'page' })])).toThrow(/^is a Ghost export without posts; it has 1 page;/);
  });

  it('keeps the address that a post names as its original', () => {
    const [item] = read([post('a', { canonical_url: 'https://first.example/a' })]).items;
    expect(item?.url).toBe('https://first.example/a');
  });

  it('is read in its oldest form', () => {
    const old = post('5', {
      author_id: 1,
      html: null,
      markdown: 'A *b*',
      image: '/p.jpg',
      published_at: 1388805572000,
    });
    const data = { ...tables([old]), users: [{ id: 1, name: 'Ann' }], posts_authors: undefined };
    const [item] = readDocument(JSON.stringify({ meta: {}, data }), file, { url: site }).items;
    expect(item).toMatchObject({
      id: '00000000-0000-4000-8000-000000000005',
      published: '2014-01-04T03:19:32Z',
      authors: [{ name: 'Ann' }],
      content: { text: '<p>A <em>b</em></p>\n' },
    });
  });
});

const text = (value: string, format = 0) => ({ type: 'extended-text', text: value, format });
const lexical = (...children: readonly object[]) => ({ root: { type: 'root', children } });
const none = () => undefined;

describe('a post without HTML', () => {
  it('is rendered from Lexical', () => {
    const document = lexical(
      { type: 'paragraph', children: [text('A & '), text('b', 3), { type: 'linebreak' }, text('c', 16)] },
      { type: 'extended-heading', tag: 'h3', children: [text('H')] },
      {
        type: 'list',
        listType: 'number',
        start: 3,
        children: [{ type: 'listitem', children: [text('one')] }],
      },
      { type: 'paragraph', children: [{ type: 'link', url: '/x?a=1&b="', children: [text('x')] }] },
      { type: 'mystery', children: [text('kept')] },
    );
    expect(lexicalHtml(document, none)).toBe(
      '<p>A &amp; <em><strong>b</strong></em><br><code>c</code></p><h3>H</h3><ol start="3"><li>one</li></ol><p><a href="/x?a=1&amp;b=&quot;">x</a></p>kept',
    );
  });

  it('is rendered from Mobiledoc', () => {
    const document = {
      version: '0.3.1',
      cards: [['hr', {}]],
      atoms: [['soft-return', '', {}]],
      markups: [['strong'], ['a', ['href', '/x']], ['script']],
      sections: [
        [
          1,
          'p',
          [
            [0, [], 0, 'A '],
            [0, [0, 1], 1, 'b'],
            [0, [], 1, 'c'],
            [1, [], 0, 0],
            [0, [2], 1, '<d>'],
          ],
        ],
        [3, 'ul', [[[0, [], 0, 'one']]]],
        [10, 0],
        [2, '/p.jpg'],
      ],
    };
    expect(mobiledocHtml(document, (kind) => (kind === 'hr' ? '<hr>' : undefined))).toBe(
      '<p>A <strong><a href="/x">b</a>c</strong><br><span>&lt;d&gt;</span></p>\n<ul><li>one</li></ul>\n<hr>\n<img src="/p.jpg" alt="">',
    );
  });

  it('has its cards, and unknown ones are named', () => {
    const card = (type: string, more: object) => ({ type, ...more });
    const document = lexical(
      card('image', { src: '__GHOST_URL__/p.jpg', alt: 'P', caption: '<p>C</p>', href: '/big' }),
      card('codeblock', { code: '<a>', language: 'html' }),
      card('html', { html: '<u>h</u>' }),
      card('markdown', { markdown: '**m**' }),
      card('bookmark', { url: 'https://b.example/', metadata: { title: 'B' } }),
      card('callout', { calloutText: 'Mind', calloutEmoji: '!' }),
      card('toggle', { heading: 'More', content: '<p>t</p>' }),
      card('email', { html: '<p>only by mail</p>' }),
      card('mystery', {}),
    );
    const feed = read([post('a', { html: null, lexical: JSON.stringify(document) })]);
    expect(feed.items[0]?.content.text).toBe(
      '<figure><a href="/big"><img src="https://old.example/p.jpg" alt="P"></a><figcaption>C</figcaption></figure><figure><pre><code class="language-html">&lt;a&gt;</code></pre></figure><u>h</u><p><strong>m</strong></p>\n<p><a href="https://b.example/">B</a></p><blockquote><p>! Mind</p></blockquote><details><summary>More</summary><p>t</p></details>',
    );
    expect(messages(feed)).toEqual(['Post a: parts of unknown kinds were left out: mystery']);
  });

  it.each([{}, { root: 1 }, { sections: [[1], [10, 9], [3, 'ol', [1]], 'x', [1, 'p', [[0, [7], 3, null]]]] }])(
    'and with a broken source is empty: %j',
    (document) => {
      expect(lexicalHtml(document, none)).toBe('');
      expect(mobiledocHtml(document, none)).not.toMatch(/undefined|null/);
    },
  );
});
