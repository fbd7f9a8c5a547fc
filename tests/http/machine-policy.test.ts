/** One policy, in every place where machines look for it. */
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import robotsParser from 'robots-parser';
import { describe, expect, it } from 'vitest';
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
    answer: async (path: string, headers: Record<string, string> = {}) => app.request(path, { headers }),
    text: async (path: string) => (await app.request(path)).text(),
  };
}

it('is the same everywhere', async () => {
  const { text } = appOf(`{ search: true, ai-input: true, ai-train: false, license: "${license}" }`);
  const robots = await text('/robots.txt');
  expect(robots).toBe(
    'User-agent: *\nContent-Signal: search=yes, ai-input=yes, ai-train=no\nAllow: /\n\nLicense: https://daily.example/license.xml\nSitemap: https://daily.example/sitemap.xml\n',
  );
  const rsl = await text('/license.xml');
  expect(() => parseXml(rsl)).not.toThrow();
  expect(rsl).toContain('<content url="https://daily.example/*">');
  expect(rsl).toContain(
    '<permits type="usage">search ai-input</permits>\n<prohibits type="usage">ai-train</prohibits>',
  );
  expect(rsl).toContain(`<standard>${license}</standard>`);
  const terms = 'https://daily.example/tdm-policy.json';
  expect(JSON.parse(await text('/.well-known/tdmrep.json'))).toEqual([
    { location: '/*', 'tdm-reservation': 1, 'tdm-policy': terms },
  ]);
  const page = await text('/articles/one');
  expect(page).toContain(`<link rel="license" href="${license}">`);
  expect(page).toContain('<link rel="license" type="application/rsl+xml" href="../license.xml">');
  expect(page).toContain(`<meta name="tdm-reservation" content="1">\n<meta name="tdm-policy" content="${terms}">`);
  expect(page).toContain(`"license":"${license}"`);
  expect(parseAtomFeed(await text('/atom.xml')).links).toContainEqual({ rel: 'license', href: license });
  const rss = await text('/rss.xml');
  expect(rss).toContain(`<creativeCommons:license>${license}</creativeCommons:license>`);
  expect(parseRssFeed(rss).items).toHaveLength(1);
});

it('is in the header fields of pages and feeds, but not of each poll', async () => {
  const { answer } = appOf(`{ ai-train: false, license: "${license}" }`);
  for (const path of ['/', '/articles/one', '/rss.xml', '/atom.xml', '/feed.json']) {
    const { headers } = await answer(path);
    expect(headers.get('tdm-reservation'), path).toBe('1');
    expect(headers.get('tdm-policy'), path).toBe('https://daily.example/tdm-policy.json');
    const poll = await answer(path, { 'If-None-Match': headers.get('ETag') ?? '' });
    expect([poll.status, poll.headers.get('tdm-reservation')]).toEqual([304, null]);
  }
  expect((await answer('/robots.txt')).headers.get('tdm-reservation')).toBeNull();
  for (const open of ['{ ai-train: true }', '{ search: true }', ''])
    expect((await appOf(open).answer('/rss.xml')).headers.get('tdm-reservation')).toBeNull();
});

describe('the terms of reserved mining', () => {
  const termsOf = async (machines: string) => JSON.parse(await appOf(machines).text('/tdm-policy.json'));

  it('are an offer with the parts that the protocol requires, and nothing else', async () => {
    expect(await termsOf(`{ ai-train: false, license: "${license}", contact: rights@daily.example }`)).toEqual({
      '@context': ['http://www.w3.org/ns/odrl.jsonld', 'http://www.w3.org/ns/tdmrep.jsonld'],
      '@type': 'Offer',
      profile: 'http://www.w3.org/ns/tdmrep',
      uid: 'https://daily.example/tdm-policy.json',
      assigner: {
        uid: 'https://daily.example/',
        'vcard:fn': 'The Daily',
        'vcard:hasEmail': 'mailto:rights@daily.example',
        'vcard:hasURL': license,
      },
      permission: [{ target: 'https://daily.example/', action: 'tdm:mine', duty: [{ action: 'obtainConsent' }] }],
    });
  });

  it('name a page to ask at, else the site', async () => {
    const at = async (machines: string) => (await termsOf(machines)).assigner;
    expect(await at('{ ai-train: false, contact: "https://daily.example/rights" }')).toMatchObject({
      'vcard:hasURL': 'https://daily.example/rights',
    });
    expect(await at('{ ai-input: false }')).toEqual({
      uid: 'https://daily.example/',
      'vcard:fn': 'The Daily',
      'vcard:hasURL': 'https://daily.example/',
    });
  });

  it('are machine-readable by the media type, and absent unless mining is reserved', async () => {
    const { headers } = await appOf('{ ai-train: false }').answer('/tdm-policy.json');
    expect(headers.get('Content-Type')).toBe('application/json');
    for (const open of ['{ ai-train: true }', '{ search: true }', ''])
      expect(await appOf(open).status('/tdm-policy.json')).toBe(404);
  });
});

it('keeps robots.txt readable for parsers that do not know it', async () => {
  const url = 'https://daily.example/robots.txt';
  const { text } = appOf(`{ search: true, ai-train: false, license: "${license}" }`);
  // Its types describe an ES module, which it is not.
  const parse = robotsParser as unknown as typeof robotsParser.default;
  const robots = parse(url, await text('/robots.txt'));
  for (const agent of ['Googlebot', 'GPTBot', '*'])
    expect(robots.isAllowed('https://daily.example/a', agent)).toBe(true);
  expect(robots.getSitemaps()).toEqual(['https://daily.example/sitemap.xml']);
  expect(robots.getCrawlDelay('*')).toBeUndefined();
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
