// PGlite is Postgres in this process; "pg" has the same query(text, values).
import { PGlite } from '@electric-sql/pglite';
import { createFeeds } from 'dateline-feeds';
import { listener } from 'dateline-feeds/node';
import Fastify from 'fastify';

const database = new PGlite(process.env.DATABASE ?? 'posts');
await database.exec(`
  create table if not exists posts (id int primary key, slug text unique, title text, html text, tag text, published timestamptz);
  create index if not exists posts_by_date on posts (published);
`);

const feeds = createFeeds({
  site: { title: 'News', url: 'https://example.org/news/', id: 'tag:example.org,2026:' },
  items: async ({ before, limit, slice, slug = null }) => {
    const tag = slice?.kind === 'tag' ? slice.slug : null;
    const { rows } = await database.query(
      `select * from posts
       where published < $1 and ($2::text is null or tag = $2) and ($3::text is null or slug = $3)
       order by published desc limit $4`,
      [before, tag, slug, limit],
    );
    return rows.map((row) => ({
      id: `https://example.org/posts/${row.id}`,
      url: `https://example.org/posts/${row.slug}`,
      slug: row.slug,
      title: row.title,
      content: row.html,
      tags: row.tag === null ? [] : [row.tag],
      published: row.published,
    }));
  },
});

const app = Fastify();
for (const path of ['/news', '/news/*'])
  app.all(path, (request, reply) => {
    reply.hijack();
    return listener(feeds)(request.raw, reply.raw);
  });
app.get('/', async () => 'The rest of the site.');
await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
console.log(`port ${app.server.address().port}`);
