import fc from 'fast-check';
import { parseOpml } from 'feedsmith';
import { describe, expect, it, test } from 'vitest';
import { oneLine } from '../../src/article/plain-text.ts';
import { renderOpml } from '../../src/feed/opml.ts';
import { site } from '../publication/articles.ts';
import { feedValidatorHere, validateFeed } from '../validators/feed-validator.ts';
import { childrenOf, parseXml, textOf } from '../validators/tree.ts';
import { hostileText } from './hostile-text.ts';
import { decode } from './pages.ts';

describe('feeds.opml', () => {
  it('lists the feed in each format as readers import it (OPML 2.0)', async () => {
    const { bytes, contentType } = await renderOpml({ site });
    expect(contentType).toBe('text/x-opml; charset=utf-8');
    const { head, body } = parseOpml(decode(bytes));
    expect(head?.title).toBe(site.title);
    expect(body?.outlines).toEqual(
      ['RSS', 'Atom', 'JSON Feed'].map((label, i) => ({
        type: 'rss',
        text: `${site.title} (${label})`,
        title: `${site.title} (${label})`,
        xmlUrl: new URL(['rss.xml', 'atom.xml', 'feed.json'][i] ?? '', site.url).href,
        htmlUrl: site.url,
      })),
    );
  });

  it('is well-formed and names the publication, whatever its title', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (title) => {
        const { bytes } = await renderOpml({ site: { ...site, title } });
        const [head] = childrenOf(parseXml(decode(bytes)), 'head');
        expect(textOf(head ?? expect.fail('no head'), 'title')?.trim()).toBe(oneLine(title));
      }),
    );
  });

  test.skipIf(!feedValidatorHere)('has nothing that the W3C validator minds', async () => {
    const { bytes, contentType } = await renderOpml({ site });
    expect(await validateFeed(decode(bytes), { url: `${site.url}feeds.opml`, contentType })).toEqual([]);
  });
});
