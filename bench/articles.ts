import type { Article, ArticleSource } from '../src/article/article.ts';
import { parseSeed } from '../src/article/parse.ts';

const words =
  'the editor read each line twice before it went to press and then once more in print while readers waited for news'.split(
    ' ',
  );

const aDay = 24 * 60;

/** Writes an article of about three kilobytes of HTML. Every run gets the same articles. */
export function articleText(index: number, minutesApart = aDay): string {
  const date = dateOf(index, minutesApart).toISOString();
  return `# Headline ${index} & more\n\n${date}\n\n${paragraphsOf(index).join('\n\n')}\n`;
}

export function dateOf(index: number, minutesApart: number): Date {
  return new Date(Date.UTC(2020, 0, 1, 9) + index * minutesApart * 60_000);
}

export function paragraphsOf(index: number): string[] {
  return Array.from({ length: 9 }, (_, paragraph) => makeParagraph(index * 9 + paragraph));
}

/** Parses `count` articles of {@link articleText}. */
export function makeArticles(count: number, minutesApart = aDay): ArticleSource[] {
  return Array.from({ length: count }, (_, index) => {
    const { source } = parseSeed({ path: `${index}.md`, text: articleText(index, minutesApart) }, parseOptions);
    if (source === undefined) throw new Error(`article ${index} does not parse`);
    return source;
  });
}

/** Converts articles to the items of the package `feed`. */
export function asFeedItems(articles: readonly Article[]) {
  return articles.map(({ title, id, permalink, summary, content, published }) => ({
    title,
    id,
    link: permalink,
    description: summary,
    content,
    date: new Date(published),
  }));
}

const parseOptions = {
  timezone: 'UTC',
  articleUrl: (slug: string) => `https://bench.example/articles/${slug}`,
  mintId: (slug: string) => `tag:bench.example,2020:${slug}`,
};

function makeParagraph(seed: number): string {
  const line = Array.from({ length: 50 }, (_, i) => words[(seed * 7 + i * i) % words.length]);
  line[10] = `[${line[10]}](https://bench.example/${seed})`;
  line[30] = `**${line[30]}**`;
  return `${line.join(' ')}.`;
}
