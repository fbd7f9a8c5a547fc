import { describe, expect, it } from 'vitest';
import { articleView } from '../../src/http/views/article/article-view.ts';
import { listView } from '../../src/http/views/lists/list-view.ts';
import { publish } from '../../src/publication/memory.ts';
import { article, site } from '../publication/articles.ts';

const now = '2026-06-01T00:00:00Z';

/** The start tags of the page and of its article: in the list of headlines, and on the article's own page. */
async function tags(ofSite: string, ofArticle?: string): Promise<string[]> {
  const said = ofArticle === undefined ? {} : { language: ofArticle };
  const edition = publish({ ...site, language: ofSite }, [article(said)], now);
  const list = (await edition.page({}, now)) ?? expect.fail('no page');
  const single = (await edition.article('one', now)) ?? expect.fail('no article');
  const pages = await Promise.all([listView(list), articleView(single)]);
  const found = pages.map(({ source }) =>
    [...String(source).matchAll(/<(?:html|article)\b[^>]*>/g)]
      .map(([tag]) => tag.replace(/ class="[^"]*"/, ''))
      .join(''),
  );
  expect(found[1]).toBe(found[0]);
  return found.slice(1);
}

describe('an HTML page', () => {
  it.each([
    ['en', undefined, '<html lang="en"><article>'],
    ['en', 'en', '<html lang="en"><article>'],
    ['en', 'de', '<html lang="en"><article lang="de">'],
    ['en', 'ar', '<html lang="en"><article lang="ar" dir="rtl">'],
    ['he', undefined, '<html lang="he" dir="rtl"><article>'],
    ['he', 'ar', '<html lang="he" dir="rtl"><article lang="ar">'],
    ['he', 'en', '<html lang="he" dir="rtl"><article lang="en" dir="ltr">'],
  ])('in %s with an article in %s says so: %s', async (ofSite, ofArticle, written) => {
    expect(await tags(ofSite, ofArticle)).toEqual([written]);
  });
});
