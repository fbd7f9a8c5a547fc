import { describe, expect, it } from 'vitest';
import type { ArticleHead, Instant } from '../../src/article/article.ts';
import { articlesByOldPath } from '../../src/publication/addresses/old-addresses.ts';
import { emptyLedger, type Ledger, namesIn, publishedBy, recordEdition } from '../../src/publication/ledger.ts';
import { slicesIn } from '../../src/publication/memory.ts';
import { readStoredLedger, storedLedger } from '../../src/publication/stored/stored-ledger.ts';
import storedLedger1 from '../fixtures/ledger-1.json' with { type: 'json' };
import { article, site } from './articles.ts';

const day = (number: number): Instant => `2026-03-${String(number).padStart(2, '0')}T00:00:00Z`;
const record = (before: Ledger, heads: readonly ArticleHead[], now: Instant, hash = 'h'): Ledger =>
  recordEdition(
    before,
    heads.map((head) => ({ head, file: `${head.slug}.md`, hash })),
    {
      slices: slicesIn(
        heads.map((head) => ({ head, article: () => expect.fail() })),
        site,
      ),
      oldPaths: articlesByOldPath(
        heads.map((head) => ({ head })),
        site,
      ),
    },
    site,
    now,
  );
const head = (slug: string, said: Partial<ArticleHead> = {}): ArticleHead =>
  article({ slug, published: day(1), ...said }).head;
const entryOf = (ledger: Ledger, slug: string) => ledger.articles.get(`tag:daily.example,2026:${slug}`);

describe('a ledger', () => {
  it('dates what is older than itself by its articles, and what comes later by when it came', () => {
    const first = record(emptyLedger, [head('a')], day(5));
    expect(entryOf(first, 'a')).toEqual({
      file: 'a.md',
      slug: 'a',
      address: '',
      title: 'Title of a',
      published: day(1),
      shown: day(1),
      hash: 'h',
      changed: day(1),
    });
    const second = record(first, [head('a'), head('b')], day(6));
    expect(entryOf(second, 'a')).toEqual(entryOf(first, 'a'));
    expect(entryOf(second, 'b')).toMatchObject({ published: day(1), shown: day(6), changed: day(6) });
  });

  it('dates a change when it is seen, and nothing else', () => {
    const first = record(emptyLedger, [head('a')], day(5));
    expect(entryOf(record(first, [head('a')], day(6)), 'a')?.changed).toBe(day(1));
    const changed = record(first, [head('a')], day(6), 'other');
    expect(entryOf(changed, 'a')).toMatchObject({ shown: day(1), changed: day(6), hash: 'other' });
    // What was adopted has no hash yet.
    const adopted = record(emptyLedger, [head('a')], day(5), '');
    expect(entryOf(record(adopted, [head('a')], day(6)), 'a')).toMatchObject({ changed: day(1), hash: 'h' });
  });

  it('keeps what is withdrawn, with the day on which it was missed first, until it returns', () => {
    const first = record(emptyLedger, [head('a')], day(5));
    const gone = record(record(first, [], day(6)), [], day(7));
    expect(entryOf(gone, 'a')).toEqual({ ...entryOf(first, 'a'), withdrawn: day(6) });
    expect(entryOf(record(gone, [head('a')], day(8)), 'a')).toEqual({ ...entryOf(first, 'a'), changed: day(8) });
  });

  it('knows slices, old addresses and former pages, and forgets what was never due', () => {
    const old = head('a', { tags: ['News'], permalink: 'https://daily.example/2019/a/' });
    const ahead = head('later', { published: day(20), tags: ['Later'] });
    const first = record(emptyLedger, [old, ahead], day(5));
    expect(entryOf(first, 'later')).toMatchObject({ shown: day(20) });
    const moved = record(first, [{ ...old, slug: 'b' }], day(6));
    expect(publishedBy(moved, day(6))).toEqual({
      slugs: ['b', 'a'],
      slices: ['tags/news', 'languages/en'],
      oldPaths: ['2019/a'],
    });
    expect([...moved.oldPaths]).toEqual([['2019/a', day(1)]]);
    expect(entryOf(moved, 'later')).toBeUndefined();
    // Withdrawn after it was due: a worker has shown it.
    const late = record(first, [old], day(21));
    expect(entryOf(late, 'later')).toMatchObject({ shown: day(20), withdrawn: day(21) });
    expect(late.paths.get('tags/later')).toBe(day(20));
  });

  it('lists names, the published one of a file last', () => {
    const first = record(emptyLedger, [head('a')], day(5));
    const renamed = record(first, [{ ...head('a'), id: 'tag:other' }], day(6));
    expect(namesIn(renamed).map(({ id, file, slug }) => `${id} ${file} ${slug}`)).toEqual([
      'tag:daily.example,2026:a a.md a',
      'tag:other a.md a',
    ]);
  });
});

describe('a stored ledger', () => {
  const many = Array.from({ length: 3000 }, (_, i) =>
    head(`${i}`, i % 3 === 0 ? {} : { permalink: `https://other.example/${i}`, expires: day(20) }),
  );
  const whole = record(record(emptyLedger, many, day(5)), many.slice(500), day(6));

  it('reads back as it was, from one part or from few', () => {
    for (const ledger of [emptyLedger, record(emptyLedger, many.slice(0, 50), day(5)), whole]) {
      const parts = storedLedger(ledger);
      expect(parts).toHaveLength(ledger.articles.size > 2000 ? 4 : 1);
      const read = readStoredLedger(JSON.parse(JSON.stringify(parts)));
      expect(read).toEqual({ ...ledger, articles: new Map([...ledger.articles].map(([id, one]) => [id, { ...one }])) });
    }
  });

  it('changes one part for one article, and none for the same articles', () => {
    const texts = (ledger: Ledger) => storedLedger(ledger).map((part) => JSON.stringify(part));
    const before = texts(whole);
    const after = texts(record(whole, [...many.slice(500), head('new')], day(7)));
    expect(after.filter((text, i) => text !== before[i])).toHaveLength(1);
    const again = readStoredLedger(before.map((text) => JSON.parse(text)));
    expect(texts(record(again, many.slice(500), day(7)))).toEqual(before);
  });

  it('of form 1 is read', () => {
    expect(readStoredLedger([storedLedger1])).toEqual({
      articles: new Map([
        [
          'tag:daily.example,2026:a',
          {
            file: 'a.md',
            slug: 'a',
            address: '',
            title: 'A',
            published: day(1),
            shown: day(1),
            hash: 'q83vEjRW',
            changed: day(2),
          },
        ],
        [
          'tag:daily.example,2026:b',
          {
            file: 'b.md',
            slug: 'b',
            address: 'https://other.example/b',
            title: 'B',
            published: day(1),
            shown: day(2),
            hash: '',
            changed: day(2),
            expires: day(20),
            withdrawn: day(3),
          },
        ],
      ]),
      paths: new Map([['tags/news', day(1)]]),
      oldPaths: new Map([['2019/a', day(1)]]),
    });
  });

  it('of a later form, or damaged, is refused', () => {
    expect(() => readStoredLedger([{ ...storedLedger1, form: 2 }])).toThrow(
      'a later version of Dateline wrote the ledger (form 2); update Dateline to read it',
    );
    for (const part of [undefined, null, {}, 'x'])
      expect(() => readStoredLedger([part])).toThrow('is missing or damaged');
  });
});
