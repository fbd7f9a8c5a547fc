/** Any text passes through every format unchanged, except for what XML 1.0 §2.2 forbids. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { type Format, formats } from '../../src/feed/formats.ts';
import { otherEnclosures } from '../../src/feed/media.ts';
import type { Page } from '../../src/publication/page.ts';
import { hostileLength, propertyRuns } from '../effort.ts';
import { descendants, parseXml } from '../validators/tree.ts';
import { assertWellFormed } from '../validators/well-formed.ts';
import { hostilePage, hostileText, tokens } from './hostile-text.ts';
import { pageOf, plainArticle, plainSite, seedText } from './pages.ts';
import { legal, legalDeep, read, readingOf } from './readings.ts';

const runs = { numRuns: propertyRuns(400) };

describe.each(formats)('a $label document of hostile text', ({ name }) => {
  test('is well-formed and states what the page states', () =>
    fc.assert(
      fc.asyncProperty(hostilePage, async (page) => {
        const text = await seedText(page, name);
        if (name !== 'json') assertWellFormed(text);
        expect(read(name, text)).toEqual(readingOf(legalDeep(page), name));
      }),
      runs,
    ));

  test('loses no other text', () =>
    fc.assert(
      fc.asyncProperty(hostilePage, async (page) => {
        const found = strings(name, await seedText(page, name));
        expect(otherTexts(legalDeep(page), name).filter((text) => !found.has(text))).toEqual([]);
      }),
      runs,
    ));

  test('has no character that XML forbids, in JSON not even as a reference', () =>
    fc.assert(
      fc.asyncProperty(hostilePage, async (page) => {
        const text = await seedText(page, name);
        const all = [text, ...strings(name, text)];
        expect(all.filter((one) => legal(one) !== one)).toEqual([]);
      }),
      runs,
    ));

  test('accepts a long text of each kind', async () => {
    for (const token of tokens) {
      const text = token.repeat(Math.ceil(hostileLength / token.length / tokens.length));
      await expectExact(name, text);
    }
    const mixed = tokens.join('');
    await expectExact(name, mixed.repeat(Math.ceil(hostileLength / mixed.length)));
  });
});

test('xmllint agrees that they are well-formed', async () => {
  const pages = fc.sample(hostilePage, 25);
  const documents = await Promise.all(
    pages.flatMap((page) => (['rss', 'atom'] as const).map((name) => seedText(page, name))),
  );
  // In one run: starting xmllint takes longer than what it does for all of them.
  const xml = documents.map((contents, index) => ({ fileName: `${index}.xml`, contents }));
  const maxMemoryPages = 512 * memoryPages.MiB;
  const { valid, rawOutput } = await validateXML({ xml, normalization: 'c14n', maxMemoryPages });
  const [, first] = /^(\d+)\.xml:/m.exec(rawOutput) ?? [];
  expect(valid, `${rawOutput}\n${JSON.stringify(documents[Number(first)])}`).toBe(true);
});

describe('the generator of hostile text', () => {
  test.each([
    ['half a surrogate pair', /\p{Surrogate}/u],
    ['control characters', /\p{Cc}/u],
    ['noncharacters', /[\uFFFE\uFFFF]/],
    ['the end of a CDATA section twice', /\]\]>.*\]\]>/s],
    ['a reference', /&lt;/],
    ['characters beyond the basic plane', /[\u{10000}-\u{10FFFF}]/u],
    ['any letter', /[\u3000-\u9fff]/],
  ])('makes %s', (_, pattern) => {
    expect(fc.sample(hostileText, { numRuns: 20_000, seed: 1 }).some((text) => pattern.test(text))).toBe(true);
  });

  test('shrinks to the character that matters', () => {
    const property = fc.property(hostileText, (text) => !text.includes('\u0003'));
    const { counterexample } = fc.check(property, { numRuns: 20_000, seed: 1 });
    expect(counterexample).toEqual(['\u0003']);
  });
});

async function expectExact(name: Format['name'], text: string): Promise<void> {
  const page = await pageOf(plainSite, [{ ...plainArticle, title: text, summary: text, content: text, tags: [text] }]);
  const document = await seedText(page, name);
  const [item] = read(name, document).items;
  const [expected] = readingOf(legalDeep(page), name).items;
  // Not toEqual, which would print megabytes.
  for (const field of ['title', 'summary', 'content'] as const) {
    expect(item?.[field] === expected?.[field], `${field} of ${JSON.stringify(text.slice(0, 20))}`).toBe(true);
  }
  expect(item?.tags[0] === legal(text)).toBe(true);
}

/** Every text of a document: of its elements and attributes, or of its JSON strings. */
function strings(name: Format['name'], document: string): ReadonlySet<string> {
  const found = new Set<string>();
  if (name === 'json') {
    JSON.parse(document, (_, value: unknown) => {
      if (typeof value === 'string') found.add(value);
    });
    return found;
  }
  for (const node of descendants(parseXml(document))) {
    if (node.children.length === 0) found.add(node.text());
    for (const value of Object.values(node.attributes)) found.add(value);
  }
  return found;
}

/** What a format states in addition to the others. */
function otherTexts({ site, articles, address }: Page, name: Format['name']): string[] {
  const { icon, favicon, copyright, feedId } = site;
  const hub = address.archive === undefined ? site.hub : undefined;
  const people = [...site.authors, ...articles.flatMap(({ authors }) => authors)];
  const enclosures = articles.flatMap(({ enclosures }) => enclosures);
  const pictures = articles.flatMap(({ image }) => image ?? []);
  const texts = pictures.flatMap(({ alt, caption }) => [alt, caption]);
  const episodes = articles.flatMap(({ episode }) => episode ?? []);
  const everywhere = [hub, icon, ...pictures.map(({ url }) => url)];
  const more = {
    rss: [
      copyright,
      site.podcast?.author,
      site.podcast?.image,
      site.podcast?.owner?.name,
      ...texts,
      ...articles.flatMap((article) => otherEnclosures(article).flatMap(({ url, title }) => [url, title])),
      ...episodes.flatMap(({ participants = [] }) => participants.flatMap((person) => Object.values(person))),
      ...episodes.flatMap(({ transcripts = [] }) => transcripts.map(({ url }) => url)),
    ],
    json: [favicon, ...people.map(({ url }) => url), ...enclosures.flatMap(({ url, title }) => [url, title])],
    atom: [
      favicon,
      copyright,
      feedId,
      ...texts,
      ...people.flatMap(({ url, email }) => [url, email]),
      ...enclosures.flatMap(({ url, title }) => [url, title]),
    ],
  };
  return [...everywhere, ...more[name]].filter((text) => text !== undefined);
}
