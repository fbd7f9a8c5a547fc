/** Articles in Markdown, beside their pages, in a list of them and in RSS. */
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createApp } from '../../src/http/app.ts';
import { prefersMarkdown } from '../../src/http/markdown-twin.ts';
import { parsePublicationFile } from '../../src/publication/file/publication-file.ts';
import { publish } from '../../src/publication/memory.ts';
import { article, site } from '../publication/articles.ts';
import { parseXml } from '../validators/xml.ts';

const now = '2026-06-01T00:00:00Z';

function appOf(markdown: string, more: Parameters<typeof article>[0] = {}) {
  const { site: read, problems } = parsePublicationFile(
    { path: 'publication.yaml', text: `url: ${site.url}\ntitle: The *Daily*\nmarkdown: ${markdown}\n` },
    { title: '', url: site.url },
  );
  expect(problems).toEqual([]);
  const edition = publish(
    read,
    [article(more.content === undefined ? { markdown: 'Text *here*.', ...more } : more)],
    now,
  );
  const app = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
  return (path: string, Accept = '*/*', more = {}) => app.request(path, { headers: { Accept, ...more } });
}

it('has an article in Markdown beside its page', async () => {
  const get = appOf('true', { title: 'A [b]', tags: ['x'] });
  const twin = await get('/articles/one.md');
  expect(twin.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8');
  expect(twin.headers.get('Vary')).toBe('Accept-Encoding');
  const [, head = '', body] = (await twin.text()).split('---\n');
  expect(parse(head)).toMatchObject({ title: 'A [b]', url: 'https://daily.example/articles/one', tags: ['x'] });
  expect(body).toBe('\n# A \\[b\\]\n\nText *here*.\n');
  const page = await get('/articles/one');
  expect(await page.text()).toContain('<link rel="alternate" type="text/markdown" href="../articles/one.md">');
  expect((await get('/articles/two.md')).status).toBe(404);
});

it('answers with it at the address of the page if that is asked for', async () => {
  const get = appOf('true');
  const page = await get('/articles/one');
  expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('Vary')).toBe('Accept-Encoding, Accept');
  expect(page.headers.get('Cache-Control')).toMatch(/^public/);
  const twin = await get('/articles/one', 'text/markdown, text/html;q=0.9, */*;q=0.1');
  expect(twin.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8');
  expect(twin.headers.get('Content-Location')).toBe('https://daily.example/articles/one.md');
  expect(twin.headers.get('Vary')).toBe('Accept-Encoding, Accept');
  expect(twin.headers.get('Cache-Control')).toMatch(/^private/);
  expect(await twin.text()).toBe(await (await get('/articles/one.md')).text());
  const etag = { 'If-None-Match': twin.headers.get('ETag') ?? '' };
  expect((await get('/articles/one', 'text/markdown', etag)).status).toBe(304);
  expect((await get('/articles/one', 'text/html', etag)).status).toBe(200);
  for (const path of ['/', '/rss.xml', '/archive'])
    expect((await get(path, 'text/markdown')).headers.get('Vary') ?? '', path).not.toContain('Accept,');
});

it.each([
  [null, false],
  ['*/*', false],
  ['text/*', false],
  ['text/html,application/xhtml+xml,*/*;q=0.8', false],
  ['text/markdown', true],
  ['TEXT/Markdown; charset=utf-8, text/html', true],
  ['text/markdown;q=0.5, text/html', false],
  ['text/markdown;q=0, */*;q=0', false],
  ['text/markdown;q=0.5, */*;q=0.1', true],
  ['text/markdown;variant=GFM;q=0.4, text/html;q=0.5', false],
])('reads Accept: %s', (accept, isWanted) => expect(prefersMarkdown(accept)).toBe(isWanted));

it('is made of the safe HTML if there is no Markdown', async () => {
  const get = appOf('true', { content: 'a*b*\n\n<pre>x\n\ny</pre>' });
  expect(await (await get('/articles/one.md')).text()).toMatch(/\n<div>\na\*b\*\n<pre>x&#10;\ny<\/pre>\n<\/div>\n$/);
});

it('lists the articles for language models, and is in RSS, where that is asked for', async () => {
  const get = appOf('[pages, llms, rss]', { summary: 'What_is.', section: 'news' });
  expect(await (await get('/llms.txt')).text()).toBe(
    '# The \\*Daily\\*\n\n> The \\*Daily\\*\n\n## News\n\n- [Title of one](https://daily.example/articles/one.md): What\\_is.\n\n## Optional\n\n- [RSS](https://daily.example/rss.xml)\n- [Sitemap](https://daily.example/sitemap.xml)\n',
  );
  const rss = await (await get('/rss.xml')).text();
  expect(() => parseXml(rss)).not.toThrow();
  expect(rss).toContain('<source:markdown>Text *here*.</source:markdown>');
  expect(await (await appOf('[rss]', { extent: 'summary' })('/rss.xml')).text()).not.toContain('source:');
});

it('does not exist by default', async () => {
  const get = appOf('false');
  for (const path of ['/articles/one.md', '/llms.txt']) expect((await get(path)).status, path).toBe(404);
  const page = await get('/articles/one', 'text/markdown');
  expect(page.headers.get('Vary')).toBe('Accept-Encoding');
  expect(await page.text()).not.toContain('markdown');
  expect(await (await get('/rss.xml')).text()).not.toContain('source:');
});
