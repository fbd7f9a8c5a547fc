import fc from 'fast-check';
import { parseOpml } from 'feedsmith';
import { describe, expect, it, test } from 'vitest';
import { oneLine } from '../../src/article/plain-text.ts';
import { renderOpml } from '../../src/feed/opml.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Site } from '../../src/publication/site.ts';
import { article, site } from '../publication/articles.ts';
import { feedValidatorHere, validateFeed } from '../validators/feed-validator.ts';
import { childrenOf, parseXml, seedText } from '../validators/tree.ts';
import { hostileText } from './hostile-text.ts';
import { decode } from './pages.ts';

const now = '2026-03-10T12:00:00Z';
const sources = [
  article({ slug: 'a', tags: ['Rail & road', 'News'], authors: [{ name: 'Ada' }], section: 'Sport' }),
  article({ slug: 'b', tags: ['news'], language: 'de', authors: [{ name: 'Zoë' }] }),
  article({ slug: 'c', tags: ['later'], published: '2026-03-11T00:00:00Z', authors: [{ name: 'Ada' }] }),
];
const render = (said: Partial<Site> = {}, at = now) =>
  renderOpml(publish({ ...site, ...said }, sources, at), {}, at);

describe('feeds.opml', () => {
  it('lists the feeds of the publication and of each slice, in each format (OPML 2.0)', async () => {
    const { bytes, contentType } = await render();
    expect(contentType).toBe('text/x-opml; charset=utf-8');
    const { head, body } = parseOpml(decode(bytes));
    expect(head?.title).toBe(site.title);
    const feeds = (title: string, path: string) =>
      ['RSS', 'Atom', 'JSON Feed'].map((label, i) => ({
        type: 'rss',
        text: `${title} (${label})`,
        title: `${title} (${label})`,
        xmlUrl: `${site.url}${path}${path && '/'}${['rss.xml', 'atom.xml', 'feed.json'][i]}`,
        htmlUrl: site.url + path,
      }));
    const group = (label: string, path: string) => ({
      text: label,
      outlines: feeds(`${site.title}: ${label}`, path),
    });
    expect(body?.outlines).toEqual([
      ...feeds(site.title, ''),
      group('News', 'tags/news'),
      group('Rail & road', 'tags/rail-road'),
      group('Ada', 'authors/ada'),
      group('Zoë', 'authors/zo%C3%AB'),
      group('de', 'languages/de'),
      group('en', 'languages/en'),
      group('Sport', 'sections/sport'),
    ]);
  });

  it('has a slice from the date of its first article, and states when the next one comes', async () => {
    const due = '2026-03-11T00:00:00Z';
    expect(await render()).toMatchObject({ until: due });
    const later = await render({}, due);
    expect(decode(later.bytes)).toContain('tags/later/rss.xml');
    expect(later).not.toHaveProperty('until');
  });

  it("is well-formed and has the publication's name, whatever its title", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (title) => {
        const { bytes } = await render({ title });
        const [head] = childrenOf(parseXml(decode(bytes)), 'head');
        expect(seedText(head ?? expect.fail('no head'), 'title')?.trim()).toBe(oneLine(title));
      }),
    );
  });

  test.skipIf(!feedValidatorHere)('passes the W3C validator', async () => {
    const { bytes, contentType } = await render();
    expect(await validateFeed(decode(bytes), { url: `${site.url}feeds.opml`, contentType })).toEqual([]);
  });
});
