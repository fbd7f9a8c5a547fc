import { formatProblem, type Problem } from '../article/problem.ts';

/** The forms in which `check` writes problems. */
export const reportFormats = ['text', 'json', 'github'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** Writes problems for people, for programs or as annotations on GitHub. */
export function report(problems: readonly Problem[], format: ReportFormat): string {
  if (format === 'json') return `${JSON.stringify(problems, null, 2)}\n`;
  const line = format === 'github' ? annotation : formatProblem;
  return problems.map((problem) => `${line(problem)}\n`).join('');
}

/** "3 articles, 1 error, 0 warnings" */
export function tally(articles: number, problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return [
    count(articles, 'article'),
    count(errors, 'error'),
    count(problems.length - errors, 'warning'),
  ].join(', ');
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function annotation({ file, line, column, severity, message, code }: Problem): string {
  return `::${severity} file=${property(file)},line=${line},col=${column},title=${property(code)}::${escapeData(message)}`;
}

/** The workflow commands of GitHub Actions end at a line and take `%` as an escape. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
