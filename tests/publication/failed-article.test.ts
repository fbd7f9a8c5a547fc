import { expect, test } from 'vitest';
import { publish } from '../../src/publication/memory.ts';
import { article, site } from './articles.ts';

test('an article that cannot be rendered costs only itself and is reported once', async () => {
  const failing = {
    ...article({ slug: 'bad', published: '2026-03-02T08:00:00Z' }),
    article: () => {
      throw new Error('bad.md:1:1: error: too long');
    },
  };
  const failures: string[] = [];
  const sources = [article({ slug: 'one' }), failing, article({ slug: 'two', published: '2026-03-03T08:00:00Z' })];
  const now = '2026-04-01T00:00:00Z';
  const edition = publish(site, sources, now, { onFailure: (message) => failures.push(message) });
  for (const _ of [1, 2])
    expect((await edition.page({}, now))?.articles.map(({ slug }) => slug)).toEqual(['two', 'one']);
  expect(await edition.article('bad', now)).toBeUndefined();
  expect(failures).toEqual(['bad.md:1:1: error: too long']);
});
