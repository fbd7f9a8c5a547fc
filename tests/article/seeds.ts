import { readFileSync } from 'node:fs';
import type { Article } from '../../src/article/article.ts';
import { type ParsedSeed, type ParseOptions, parseSeed } from '../../src/article/parse.ts';
import { formatProblem } from '../../src/article/problem.ts';

export const PERMALINK = 'https://site.example/articles/seed';

/** Parses a seed at `seeds/seed.txt`, in a publication at site.example in UTC. */
export function parse(text: string, options: Partial<ParseOptions> = {}): ParsedSeed {
  return parseSeed(
    { path: 'seeds/seed.txt', text },
    {
      timezone: 'UTC',
      articleUrl: (slug) => `https://site.example/articles/${slug}`,
      mintId: (slug) => `tag:site.example,2025:${slug}`,
      ...options,
    },
  );
}

/** Parses a seed without errors and renders its body. */
export function articleOf(text: string, options: Partial<ParseOptions> = {}): Article {
  const { source, problems } = parse(text, options);
  if (source === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return source.article();
}

/** Lists the problems of a seed, formatted as on the command line. */
export function problemsOf(text: string, options: Partial<ParseOptions> = {}): string[] {
  return parse(text, options).problems.map(formatProblem);
}

/** Wraps a body in a seed. */
export function seedOf(body: string, headline = 'Headline'): string {
  return `# ${headline}\n\n2025-02-25\n\n${body}\n`;
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
}

/** Returns the visible text of HTML on one line, without tags and references. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/gu, ' ')
    .trim();
}
