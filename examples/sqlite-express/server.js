import { DatabaseSync } from 'node:sqlite';
import { createFeeds } from 'dateline-feeds';
import { listener } from 'dateline-feeds/node';
import express from 'express';

const database = new DatabaseSync(process.env.DATABASE ?? 'posts.db');
database.exec(`
  create table if not exists posts (id integer primary key, slug text unique, title text, html text, tag text, published text);
  create index if not exists posts_by_date on posts (published);
`);
const select = database.prepare(`
  select * from posts
  where published < :before and (:tag is null or tag = :tag) and (:slug is null or slug = :slug)
  order by published desc limit :limit
`);

const feeds = createFeeds({
  site: { title: 'News', url: 'https://example.org/news/', id: 'tag:example.org,2026:' },
  items: ({ before, limit, slice, slug = null }) => {
    const tag = slice?.kind === 'tag' ? slice.slug : null;
    return select.all({ before: before.toISOString(), tag, slug, limit }).map((row) => ({
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

const app = express();
app.use('/news', listener(feeds));
app.get('/', (_, response) => response.send('The rest of the site.'));
const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => console.log(`port ${server.address().port}`));
