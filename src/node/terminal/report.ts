import { styleText } from 'node:util';
import { formatProblem, type Problem, printable } from '../../article/problem.ts';

/** The formats in which `check` writes problems. */
export const reportFormats = ['text', 'json', 'github'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** Problems with one code that a list for people shows for each file. */
const mostAlike = 20;

/**
 * Formats problems as text, as JSON or as annotations on GitHub. Text is coloured if `stream` is a terminal with
 * colours and the environment doesn't forbid them (`NO_COLOR`). Only JSON has all of very many problems of one kind in
 * one file.
 */
export function report(problems: readonly Problem[], format: ReportFormat, stream?: NodeJS.WriteStream): string {
  if (format === 'json') return `${JSON.stringify(problems, null, 2)}\n`;
  const plain = stream === undefined ? formatProblem : (problem: Problem) => coloured(problem, stream);
  const line = format === 'github' ? annotation : plain;
  return withoutRepetition(problems)
    .map((problem) => `${line(problem)}\n`)
    .join('');
}

/** Replaces all but the first of many problems with the same file and code by one with their number. */
function withoutRepetition(problems: readonly Problem[]): readonly Problem[] {
  const kindOf = ({ file, code }: Problem): string => `${code} ${file}`;
  const kinds = Map.groupBy(problems, kindOf);
  const shown = new Map<string, number>();
  return problems.flatMap((problem) => {
    const kind = kindOf(problem);
    const rest = (kinds.get(kind)?.length ?? 0) - mostAlike;
    const number = (shown.get(kind) ?? 0) + 1;
    shown.set(kind, number);
    if (number <= mostAlike || rest === 1) return [problem];
    const message = `and ${rest} more like this in the file; "dateline check --format json" lists them all`;
    return number === mostAlike + 1 ? [{ ...problem, message }] : [];
  });
}

/** Formats like {@link formatProblem}, with the position and the code dimmed and the severity coloured. */
function coloured({ file, line, column, severity, message, code }: Problem, stream: NodeJS.WriteStream): string {
  // One format at a time: with a list of formats, Node.js 22.13 ignores `stream`.
  const style = (format: 'bold' | 'dim' | 'red' | 'yellow', text: string): string =>
    styleText(format, text, { stream });
  const kind = style('bold', style(severity === 'error' ? 'red' : 'yellow', `${severity}:`));
  return `${style('dim', `${printable(file)}:${line}:${column}:`)} ${kind} ${printable(message)} ${style('dim', `(${code})`)}`;
}

/** "3 articles, 1 error, 0 warnings" */
export function tally(articles: number, problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return [count(articles, 'article'), count(errors, 'error'), count(problems.length - errors, 'warning')].join(', ');
}

/** "1 article", "2 articles" */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function annotation({ file, line, column, severity, message, code }: Problem): string {
  return `::${severity} file=${property(file)},line=${line},col=${column},title=${property(code)}::${escapeData(message)}`;
}

/** GitHub's workflow commands end at a line break and use `%` for escapes. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
