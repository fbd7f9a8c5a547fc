/** One policy, in every place where machines look for it. */
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { parsePublicationFile } from '../../src/publication/file/publication-file.ts';
import { publish } from '../../src/publication/memory.ts';
import { article, site } from '../publication/articles.ts';
import { parseXml } from '../validators/xml.ts';

const now = '2026-06-01T00:00:00Z';
const license = 'https://creativecommons.org/licenses/by/4.0/';

function appOf(machines: string) {
  const { site: read, problems } = parsePublicationFile(
    { path: 'publication.yaml', text: `url: ${site.url}\ntitle: The Daily\nmachines: ${machines}\n` },
    { title: '', url: site.url },
  );
  expect(problems).toEqual([]);
  const edition = publish(read, [article()], now);
  const app = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
  return {
    status: async (path: string) => (await app.request(path)).status,
    text: async (path: string) => (await app.request(path)).text(),
  };
}

it('is the same everywhere', async () => {
  const { text } = appOf(`{ search: true, ai-input: true, ai-train: false, license: "${license}" }`);
  expect(await text('/robots.txt')).toBe(
    'User-agent: *\nContent-Signal: search=yes, ai-input=yes, ai-train=no\nAllow: /\n\nLicense: https://daily.example/license.xml\nSitemap: https://daily.example/sitemap.xml\n',
  );
  const rsl = await text('/license.xml');
  expect(() => parseXml(rsl)).not.toThrow();
  expect(rsl).toContain('<content url="https://daily.example/*">');
  expect(rsl).toContain(
    '<permits type="usage">search ai-input</permits>\n<prohibits type="usage">ai-train</prohibits>',
  );
  expect(rsl).toContain(`<standard>${license}</standard>`);
  expect(JSON.parse(await text('/.well-known/tdmrep.json'))).toEqual([{ location: '/*', 'tdm-reservation': 1 }]);
  const page = await text('/articles/one');
  expect(page).toContain(`<link rel="license" href="${license}">`);
  expect(page).toContain('<link rel="license" type="application/rsl+xml" href="../license.xml">');
  expect(page).toContain('<meta name="tdm-reservation" content="1">');
  expect(page).toContain(`"license":"${license}"`);
  expect(parseAtomFeed(await text('/atom.xml')).links).toContainEqual({ rel: 'license', href: license });
  const rss = await text('/rss.xml');
  expect(rss).toContain(`<creativeCommons:license>${license}</creativeCommons:license>`);
  expect(parseRssFeed(rss).items).toHaveLength(1);
});

it('says nothing of what is not set', async () => {
  const { text, status } = appOf('{ search: true }');
  expect(await text('/robots.txt')).toContain('Content-Signal: search=yes\n');
  expect(await text('/license.xml')).not.toContain('prohibits');
  expect(await status('/.well-known/tdmrep.json')).toBe(404);
  expect(await text('/')).not.toContain('tdm-reservation');
  expect(await text('/rss.xml')).not.toContain('creativeCommons');
});

it('does not exist by default', async () => {
  const { text, status } = appOf('');
  expect(await text('/robots.txt')).toBe('User-agent: *\nAllow: /\n\nSitemap: https://daily.example/sitemap.xml\n');
  expect(await status('/license.xml')).toBe(404);
  expect(await text('/')).not.toContain('license');
});
