import { styleText } from 'node:util';
import { formatProblem, type Problem, printable } from '../../article/problem.ts';

/** The forms in which `check` writes problems. */
export const reportFormats = ['text', 'json', 'github'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/**
 * Writes problems for people, for programs or as annotations on GitHub; for people in colours where `stream` is a
 * terminal that shows them and the environment doesn't forbid it (`NO_COLOR`).
 */
export function report(
  problems: readonly Problem[],
  format: ReportFormat,
  stream?: NodeJS.WriteStream,
): string {
  if (format === 'json') return `${JSON.stringify(problems, null, 2)}\n`;
  const plain = stream === undefined ? formatProblem : (problem: Problem) => coloured(problem, stream);
  const line = format === 'github' ? annotation : plain;
  return problems.map((problem) => `${line(problem)}\n`).join('');
}

/** The same as {@link formatProblem}, with the place and the code faint and the severity in its colour. */
function coloured(
  { file, line, column, severity, message, code }: Problem,
  stream: NodeJS.WriteStream,
): string {
  // One format at a time: with a list of them Node.js 22.13 doesn't look at the stream.
  const style = (format: 'bold' | 'dim' | 'red' | 'yellow', text: string): string =>
    styleText(format, text, { stream });
  const kind = style('bold', style(severity === 'error' ? 'red' : 'yellow', `${severity}:`));
  return `${style('dim', `${printable(file)}:${line}:${column}:`)} ${kind} ${printable(message)} ${style('dim', `(${code})`)}`;
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
