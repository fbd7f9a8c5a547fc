import type { Article, ArticleSource } from '../../src/article/article.ts';
import { parseSeed } from '../../src/article/parse.ts';
import { parseOptions } from '../site.ts';
import { proseOf } from './prose.ts';

/** An archive: its articles, and how many of each label they share. */
export interface Shape {
  readonly articles: number;
  readonly items: number;
  readonly sections: number;
  readonly authors: number;
  readonly tags: number;
  readonly tagsPerArticle: number;
}

/** A newsroom: the labels grow with the square root of the archive. */
export function newsroom(articles: number): Shape {
  const growth = Math.sqrt(articles / 100_000);
  return {
    articles,
    items: 50,
    sections: 5,
    authors: Math.max(5, Math.round(50 * growth)),
    tags: Math.max(20, Math.round(300 * growth)),
    tagsPerArticle: 3,
  };
}

/** The moment of all measurements: after every article. */
export const now = '2040-01-01T00:00:00Z';

/** Makes an article, its text only when it is asked for. It is not parsed, since what is stored is measured here. */
export function makeSource(index: number, shape: Shape): ArticleSource {
  const number = String(index).padStart(8, '0');
  const published = `${new Date(Date.UTC(2000, 0, 1) + index * 60_000).toISOString().slice(0, 19)}Z`;
  const head = {
    ...template,
    id: parseOptions.mintId(number),
    slug: number,
    permalink: parseOptions.articleUrl(number),
    title: `Headline ${index} of some length`,
    published,
    updated: published,
    tags: Array.from({ length: shape.tagsPerArticle }, (_, i) => `Tag ${spread(index * 3 + i) % shape.tags}`),
    authors: [{ name: `Author ${spread(index) % shape.authors}` }],
    section: `section-${spread(index + 7) % shape.sections}`,
  };
  const article = (): Article => {
    const prose = proseOf(index);
    return {
      ...head,
      enclosures: [],
      summary: prose[0] ?? '',
      content: prose.map((text) => `<p>${text}</p>`).join('\n'),
    };
  };
  return { head, article };
}

/** The bytes of a seed with this article. */
export function sourceBytes({ head }: ArticleSource, index: number): number {
  return Buffer.byteLength(seedOf(head.title, head.published, head.tags, proseOf(index)));
}

function seedOf(title: string, date: string, tags: readonly string[], prose: readonly string[]): string {
  return `---\ntags: [${tags.join(', ')}]\nauthor: Author 1\n---\n# ${title}\n\n${date}\n\n${prose.join('\n\n')}\n`;
}

/** The fields that all articles share. */
const template = parseSeed({ path: 'a.md', text: seedOf('A', now, ['Tag'], ['It happened.']) }, parseOptions).source
  ?.head as ArticleSource['head'];

/** Spreads numbers evenly and alike in every run. */
function spread(number: number): number {
  return Math.imul(number + 1, 0x9e3779b1) >>> 8;
}
