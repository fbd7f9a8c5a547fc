/** The feeds in frameworks that call a handler with a request of the whole address: in the shape that each documents. */
import { describe, expect, it } from 'vitest';
import { createFeeds } from '../../src/index.ts';

const items = [
  { id: '1', url: 'https://example.org/1', title: 'One', published: '2026-01-02T03:04:05Z', content: '<p>Text.' },
];
const feeds = createFeeds({ site: { title: 'News', url: 'https://example.org/news/' }, items });

/** The exports of a route, and how the framework calls them. */
const routes: Readonly<Record<string, (request: Request) => Response | Promise<Response>>> = {
  // app/news/[[...path]]/route.ts
  Next: (request) => {
    const GET = (request: Request, _context?: { readonly params: Promise<object> }) => feeds.fetch(request);
    return GET(request, { params: Promise.resolve({ path: ['rss.xml'] }) });
  },
  // src/routes/news/[...path]/+server.ts, and src/pages/news/[...path].ts
  'SvelteKit and Astro': (request) => {
    const GET = ({ request }: { readonly request: Request }) => feeds.fetch(request);
    return GET({ request });
  },
};

describe.each(Object.entries(routes))('the route of %s', (_, route) => {
  const get = (path: string) => route(new Request(`http://localhost:4321${path}`));

  it.each(['rss.xml', 'atom.xml', 'feed.json', 'style.css', 'feed.css', 'articles/1', ''])(
    'has /news/%s',
    async (path) => {
      expect((await get(`/news/${path}`)).status).toBe(200);
    },
  );

  it('states addresses of the site, and adds a missing slash', async () => {
    expect(await (await get('/news/rss.xml')).text()).toContain('href="https://example.org/news/rss.xml" rel="self"');
    expect((await get('/news')).headers.get('Location')).toBe('./news/');
  });
});
