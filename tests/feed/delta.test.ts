import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { renderFeed } from '../../src/feed/document.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { lintRss } from '../validators/rss.ts';
import { lintAtom } from '../validators/xml.ts';
import { deltaFor } from './delta-for.ts';
import { articlesOf, decode, formatOf, pageOf, plainSite, seedText } from './pages.ts';

const lint = { rss: lintRss, atom: lintAtom };
const item = { rss: /<item>.*?<\/item>/gs, atom: /<entry.*?<\/entry>/gs };
const updated = { rss: /<lastBuildDate>.*?</, atom: /<updated>.*?</ };
const idOf = (entry: string): string => /<(?:guid|id)[^>]*>(.*?)</.exec(entry)?.[1] ?? '';
const unknownTag = 'W/"AAAAAAAAAAAAAAAA.AAAABBBB"';

describe.each(['rss', 'atom'] as const)('a delta in %s', (name) => {
  const format = formatOf(name);

  /** Returns the entries that a reader with `before` is sent of `after`; `undefined` for the whole feed. */
  async function delta(before: readonly Article[], after: readonly Article[], site: Site = plainSite) {
    const { etag } = await renderFeed(await pageOf(plainSite, before), format);
    return entries(await deltaFor(await pageOf(site, after), format, etag));
  }
  function entries(part: Awaited<ReturnType<typeof deltaFor>>): string[] | undefined {
    return part === undefined ? undefined : (decode(part.bytes).match(item[name]) ?? []);
  }
  const [first, second, third, ...more] = articlesOf(3);
  if (first === undefined || second === undefined || third === undefined || more.length > 0) throw new Error();

  it('has the changed article as in the whole feed', async () => {
    const after = [first, { ...second, content: '<p>Aground.</p>\n' }, third];
    const part = await delta([first, second, third], after);
    expect(part?.map(idOf)).toEqual([second.id]);
    expect(await seedText(await pageOf(plainSite, after), name)).toContain(part?.[0]);
  });

  it('distinguishes articles that differ only in their address', async () => {
    const twin = { ...first, id: `${first.id}-twin`, slug: `${first.slug}-twin` };
    expect((await delta([first], [first, twin]))?.map(idOf)).toEqual([twin.id]);
  });

  it.each([
    [undefined, '1'],
    ['1', '2'],
    ['1', undefined],
  ])('has an article that has another id in this format alone: %j, then %j', async (before, after) => {
    const bare = (plainId: string | undefined) => ({ ...second, ...(plainId ? { plainId } : {}) });
    const part = await delta([first, bare(before)], [first, bare(after)]);
    expect(part?.map(idOf)).toEqual(name === 'rss' ? [after ?? second.id] : []);
  });

  it('has no entries, but the date of the whole feed, after an article was only withdrawn', async () => {
    const { etag } = await renderFeed(await pageOf(plainSite, [first, second, third]), format);
    const page = await pageOf(plainSite, [first, third]);
    const part = await deltaFor(page, format, etag);
    const text = decode(part?.bytes ?? new Uint8Array());
    expect(text.match(item[name])).toBeNull();
    expect(text.match(updated[name])?.[0]).toBe((await seedText(page, name)).match(updated[name])?.[0]);
    expect(text.match(updated[name])).not.toBeNull();
    expect(await lint[name](text)).toEqual([]);
  });

  it('has every article that inherits a changed fact of the publication', async () => {
    const signed = { ...second, authors: [{ name: 'Bo' }] };
    const site = { ...plainSite, authors: [{ name: 'Ann' }] };
    expect((await delta([first, signed], [first, signed], site))?.map(idOf)).toEqual([first.id]);
  });

  it('is the same for a tag without its weakness, and none for a list of tags', async () => {
    const { etag } = await renderFeed(await pageOf(plainSite, [first, second]), format);
    const page = await pageOf(plainSite, [first, second, third]);
    for (const tag of [etag, etag.replace('W/', ''), ` ${etag} `])
      expect(entries(await deltaFor(page, format, tag))?.map(idOf)).toEqual([third.id]);
    for (const list of [`"one", ${etag}`, `${unknownTag},${etag}`, `${etag}, ${unknownTag}`])
      expect(await deltaFor(page, format, list)).toBeUndefined();
  });

  it.each(['', '*', '"', 'W/', '"."', '"AAAAAAAAAAAAAAAA."', '"AAAAAAAAAAAAAAAA.AAA"', unknownTag])(
    'is none for the tag %s',
    async (tag) => {
      expect(await deltaFor(await pageOf(plainSite, [first]), format, tag)).toBeUndefined();
    },
  );

  it('does not exist for an empty page, nor for one too long for a tag', async () => {
    expect(await delta([first], [])).toBeUndefined();
    const long = { ...plainSite, items: 100 };
    const tagOf = async (count: number) => (await renderFeed(await pageOf(long, articlesOf(count)), format)).etag;
    // CommaFeed stores 255 characters and fails at more.
    expect(await tagOf(58)).toMatch(/^W\/"[\w-]{16}\.[\w-]{232}"$/);
    expect((await tagOf(58)).length).toBeLessThanOrEqual(255);
    for (const count of [59, 100]) expect(await tagOf(count)).toMatch(/^W\/"[\w-]{16}"$/);
    expect((await renderFeed(await pageOf(plainSite, []), format)).etag).toMatch(/^W\/"[\w-]{16}"$/);
  });

  it('is exactly what a reader lacks, after any edit', async () => {
    const versions = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 8, maxLength: 8 });
    const edition = (versions: readonly number[]): Article[] =>
      articlesOf(8).flatMap((article, i) => {
        const version = versions[i] ?? -1;
        return version < 0 ? [] : [{ ...article, title: `Article ${i}, version ${version}` }];
      });
    const site = { ...plainSite, items: 5 };
    await fc.assert(
      fc.asyncProperty(versions, versions, async (before, after) => {
        const old = await renderFeed(await pageOf(site, edition(before)), format);
        const page = await pageOf(site, edition(after));
        const held: readonly string[] = decode(old.bytes).match(item[name]) ?? [];
        const shown = (await seedText(page, name)).match(item[name]) ?? [];
        const lacked = shown.filter((entry) => !held.includes(entry));
        const part = await deltaFor(page, format, old.etag);
        // A reader without any entry of the page gets the whole feed.
        expect(entries(part)).toEqual(lacked.length === shown.length ? undefined : lacked);
        const has = new Map([...held, ...(entries(part) ?? shown)].map((entry) => [idOf(entry), entry]));
        expect(page.articles.map(({ id }) => has.get(id))).toEqual(shown);
      }),
      // Fingerprints of 24 bits may collide; these don't.
      { numRuns: 100, seed: 1 },
    );
  });
});
