import type { Article, ArticleSource } from '../src/article/article.ts';
import { parseSeed } from '../src/article/parse.ts';

const words =
  'the editor read each line twice before it went to press and then once more in print while readers waited for news'.split(
    ' ',
  );

/** Writes an article of about three kilobytes of HTML, so many minutes after the one before, the same at every run. */
export function articleText(index: number, minutes = aDay): string {
  const day = new Date(Date.UTC(2020, 0, 1, 9) + index * minutes * 60_000).toISOString();
  const paragraphs = Array.from({ length: 9 }, (_, paragraph) => makeParagraph(index * 9 + paragraph));
  return `# Headline ${index} & more\n\n${day}\n\n${paragraphs.join('\n\n')}\n`;
}

const aDay = 24 * 60;

/** Makes `count` articles as {@link articleText} writes them. */
export function makeArticles(count: number, minutes = aDay): ArticleSource[] {
  return Array.from({ length: count }, (_, index) => {
    const { source } = parseSeed({ path: `${index}.md`, text: articleText(index, minutes) }, parseOptions);
    if (source === undefined) throw new Error(`article ${index} does not parse`);
    return source;
  });
}

/** The same articles as the fields that `feed` takes. */
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
