import { readFileSync } from 'node:fs';
import type { ProblemCode } from '../article/problem.ts';

/** Gives what the page of problems says of one: it means, an example, the reason, how to mend it. */
export function explain(code: ProblemCode): string {
  const page = readFileSync(join(packageFolder, 'docs/problems.md'), 'utf8');
  return `${sectionOf(page, code).trim()}\n`;
}

/** The part of a page below a heading of the second level that is a code; the examples in it have headings, too. */
export function sectionOf(page: string, code: string): string {
  const start = page.indexOf(`\n## \`${code}\`\n`);
  if (start === -1) return '';
  const end = page.indexOf('\n## `', start + 1);
  return page.slice(start, end === -1 ? undefined : end);
}
