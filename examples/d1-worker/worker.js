import { createFeeds } from 'dateline-feeds';

let feeds;

export default {
  fetch(request, { DB }) {
    // The bindings are the same for every request.
    feeds ??= feedsOf(DB);
    return feeds.fetch(request);
  },
};

function feedsOf(database) {
  return createFeeds({
    site: { title: 'News', url: 'https://example.org/news/', id: 'tag:example.org,2026:' },
    items: async ({ before, limit, slice, slug = null }) => {
      const tag = slice?.kind === 'tag' ? slice.slug : null;
      const { results } = await database
        .prepare(
          `select * from posts
           where published < ?1 and (?2 is null or tag = ?2) and (?3 is null or slug = ?3)
           order by published desc limit ?4`,
        )
        .bind(before.toISOString(), tag, slug, limit)
        .all();
      return results.map((row) => ({
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
}
