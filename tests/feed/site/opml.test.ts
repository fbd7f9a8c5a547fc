import fc from 'fast-check';
import { parseOpml } from 'feedsmith';
import { describe, expect, it, test } from 'vitest';
import { oneLine } from '../../../src/article/plain-text.ts';
import { tagDocument } from '../../../src/feed/document.ts';
import { writeOpml } from '../../../src/feed/site/opml.ts';
import { createApp } from '../../../src/http/app.ts';
import { publish } from '../../../src/publication/memory.ts';
import type { Site } from '../../../src/publication/site/site.ts';
import { article, site } from '../../publication/articles.ts';
import { feedValidatorHere, validateFeed } from '../../validators/feed-validator.ts';
import { childrenOf, parseXml, seedText } from '../../validators/tree.ts';
import { hostileText } from '../hostile-text.ts';
import { decode } from '../pages.ts';

const now = '2026-03-10T12:00:00Z';
const sources = [
  article({ slug: 'a', tags: ['Rail & road', 'News'], authors: [{ name: 'Ada' }], section: 'Sport' }),
  article({ slug: 'b', tags: ['news'], language: 'de', authors: [{ name: 'Zoë' }] }),
  article({ slug: 'c', tags: ['later'], published: '2026-03-11T00:00:00Z', authors: [{ name: 'Ada' }] }),
];
const render = async (said: Partial<Site> = {}, at = now) =>
  tagDocument(await writeOpml(publish({ ...site, ...said }, sources, at), {}, at));

describe('feeds.opml', () => {
  it('lists the feed of the publication and of each slice once, as RSS (OPML 2.0)', async () => {
    const { bytes, contentType } = await render({ description: 'What\nhappens' });
    expect(contentType).toBe('text/x-opml; charset=utf-8');
    const { head, body } = parseOpml(decode(bytes));
    expect(head?.title).toBe(site.title);
    const feed = (label: string, path: string, description: string, language = 'en') => ({
      type: 'rss',
      text: `${site.title}${label}`,
      title: `${site.title}${label}`,
      description,
      language,
      xmlUrl: `${site.url}${path}${path && '/'}rss.xml`,
      htmlUrl: site.url + path,
    });
    expect(body?.outlines).toEqual([
      feed('', '', 'What happens'),
      feed(': News', 'tags/news', 'Articles about News'),
      feed(': Rail & road', 'tags/rail-road', 'Articles about Rail & road'),
      feed(': Ada', 'authors/ada', 'Articles by Ada'),
      feed(': Zoë', 'authors/zo%C3%AB', 'Articles by Zoë'),
      feed(': Deutsch', 'languages/de', 'Artikel in der Sprache Deutsch', 'de'),
      feed(': English', 'languages/en', 'Articles in the language English'),
      feed(': Sport', 'sections/sport', 'Section Sport'),
    ]);
  });

  it('repeats no title as a description', async () => {
    const { bytes } = await render({ description: ` ${site.title}\n` });
    expect(parseOpml(decode(bytes)).body?.outlines?.[0]).not.toHaveProperty('description');
  });

  it('lists only feeds that the app serves, each under its own address', async () => {
    const edition = publish(site, sources, now);
    const app = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
    const { body } = parseOpml(decode((await render()).bytes));
    const addresses = (body?.outlines ?? []).map(({ xmlUrl = '' }) => xmlUrl);
    const selves = await Promise.all(
      addresses.map(async (address) => {
        const response = await app.request(address);
        expect(response.headers.get('Content-Type')).toMatch(/^application\/rss\+xml/);
        return /<\S*link [^>]*href="([^"]*)"[^>]*rel="self"|rel="self"[^>]*href="([^"]*)"/.exec(await response.text());
      }),
    );
    expect(selves.map((found) => found?.[1] ?? found?.[2])).toEqual(addresses);
    expect(new Set(addresses).size).toBe(addresses.length);
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
