/**
 * What the W3C feed validator says. Skipped unless the environment variable FEEDVALIDATOR names a checkout of
 * w3c/feedvalidator (and FEEDVALIDATOR_PYTHON a Python that can run it, if `python3` can't).
 */
import { describe, expect, test } from 'vitest';
import { renderFeed } from '../../src/feed/document.ts';
import { type Format, formats } from '../../src/feed/formats.ts';
import { feedLinks } from '../../src/feed/links.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Page } from '../../src/publication/page.ts';
import { type Finding, feedValidatorHere, validateFeed } from '../validators/feed-validator.ts';
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

/** Of Podcasting 2.0 the validator knows the name and says that it knows no more, which is no warning. */
function isNews({ level, type }: Finding): boolean {
  return level !== 'info' || type !== 'UnsupportedNamespace';
}

describe.skipIf(!feedValidatorHere).each(xmlFormats)('the W3C validator on $label', (format) => {
  test("has nothing to say of the project's own seeds", async () => {
    const { site, sources } = new SeedFolder('seeds', { url: 'https://example.org/' }).read();
    // It knows the time and minds dates to come.
    const now = new Date().toISOString().replace(/\.\d+/, '');
    const page = (await publish(site, sources, now).page({}, now)) ?? expect.fail('no page');
    expect(page.articles.length).toBeGreaterThan(0);
    expect(await findings(page, format)).toEqual([]);
  });

  test.each(Object.entries(goldenPages))('has nothing to say of the page "%s"', async (_, page) => {
    expect((await findings(await page, format)).filter(isNews)).toEqual([]);
  });

  test('has nothing to say of articles of every kind', async () => {
    expect(
      await findings(await pageOf({ ...plainSite, items: 120 }, articlesOf(120, everyKind)), format),
    ).toEqual([]);
  });

  test('has nothing to say of them with pictures, episodes and languages in a podcast', async () => {
    const page = await pageOf({ ...podcastSite, items: 120 }, articlesOf(120, everyKindAndMedia));
    expect((await findings(page, format)).filter(isNews)).toEqual([]);
  });

  test('minds a title that speaks of a closing tag', async () => {
    const page = await pageOf(plainSite, [{ ...plainArticle, title: 'Why </b> stands after <b>' }]);
    const found = await findings(page, format);
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^title should not contain HTML/),
    ]);
  });
});
