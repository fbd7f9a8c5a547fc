/**
 * The verdict of the W3C feed validator. Skipped unless the environment variable FEEDVALIDATOR names a checkout of
 * w3c/feedvalidator (and FEEDVALIDATOR_PYTHON a Python that can run it, if `python3` can't).
 */
import { describe, expect, test } from 'vitest';
import { renderFeed } from '../../src/feed/document.ts';
import { type Format, formats } from '../../src/feed/formats.ts';
import { feedLinks } from '../../src/feed/links.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Page } from '../../src/publication/page.ts';
import { article, site as dailySite } from '../publication/articles.ts';
import { type Finding, feedValidatorHere, validateFeed } from '../validators/feed-validator.ts';
import { markupPages } from './markup-samples.ts';
import {
  articlesOf,
  decode,
  everyKind,
  everyKindAndMedia,
  goldenPages,
  pageOf,
  plainArticle,
  plainSite,
  podcastSite,
} from './pages.ts';

const xmlFormats = formats.filter(({ name }) => name !== 'json');

async function findings(page: Page, format: Format): Promise<Finding[]> {
  const { bytes, contentType } = await renderFeed(page, format);
  return validateFeed(decode(bytes), { url: feedLinks(page, format.file).self, contentType });
}

/** The validator knows only the name of Podcasting 2.0, and says so; that is not a warning. */
function isNews({ level, type }: Finding): boolean {
  return level !== 'info' || type !== 'UnsupportedNamespace';
}

describe.skipIf(!feedValidatorHere).each(xmlFormats)('the W3C validator on $label', (format) => {
  test("accepts the project's own seeds", async () => {
    const { site, sources } = new SeedFolder('seeds', { url: 'https://example.org/' }).read();
    // It reads the clock and rejects future dates.
    const now = new Date().toISOString().replace(/\.\d+/, '');
    const page = (await publish(site, sources, now).page({}, now)) ?? expect.fail('no page');
    expect(page.articles.length).toBeGreaterThan(0);
    expect(await findings(page, format)).toEqual([]);
  });

  test.each(Object.entries({ ...goldenPages, ...markupPages }))('accepts the page "%s"', async (name, page) => {
    const found = (await findings(await page, format)).filter(isNews);
    // It knows no MathML in HTML, which browsers and readers do.
    expect(found.filter(({ message }) => name !== 'formulas' || message !== 'Non-html tag')).toEqual([]);
  });

  test('accepts articles of every kind', async () => {
    const page = await pageOf({ ...plainSite, items: 120 }, articlesOf(120, everyKind));
    expect((await findings(page, format)).filter(isNews)).toEqual([]);
  });

  test.each([{}, { aggregators: true }])('accepts them with pictures and episodes in a podcast: %j', async (more) => {
    const page = await pageOf({ ...podcastSite, ...more, items: 120 }, articlesOf(120, everyKindAndMedia));
    expect((await findings(page, format)).filter(isNews)).toEqual([]);
  });

  test('accepts a named feed, a combination and translations', async () => {
    const feed = { name: 'deutsch', title: 'Auf Deutsch', language: 'de', query: { language: ['de'] } };
    const site = { ...dailySite, feeds: [feed], main: { language: ['en'] } };
    const at = (slug: string) => ({ language: slug, title: slug, url: `https://daily.example/articles/${slug}` });
    const all = ['en', 'de', 'fr'].map((slug, day, slugs) => {
      const published = `2026-03-0${day + 1}T08:00:00Z`;
      const translations = slugs.filter((one) => one !== slug).map((one) => ({ ...at(one), published }));
      return article({ slug, published, tags: ['A', 'B'], translations, ...(slug === 'en' ? {} : { language: slug }) });
    });
    const edition = publish(site, all, '2026-03-10T12:00:00Z');
    const terms = [
      { kind: 'tag', slug: 'a' },
      { kind: 'language', slug: 'fr', not: true },
    ] as const;
    for (const page of [
      await edition.page({}, '2026-03-10T12:00:00Z'),
      await edition.page({ slice: { kind: 'feed', slug: 'deutsch' } }, '2026-03-10T12:00:00Z'),
      await edition.combined?.(terms, '2026-03-10T12:00:00Z'),
    ]) {
      if (page === undefined || !('articles' in page)) throw new Error('no page');
      expect(page.articles.length).toBeGreaterThan(0);
      expect((await findings(page, format)).filter(isNews)).toEqual([]);
    }
  });

  test('rejects a title that contains a closing tag', async () => {
    const page = await pageOf(plainSite, [{ ...plainArticle, title: 'Why </b> stands after <b>' }]);
    const found = await findings(page, format);
    expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(/^title should not contain HTML/)]);
  });
});
