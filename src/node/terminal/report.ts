import { styleText } from 'node:util';
import { formatProblem, type Problem, printable } from '../../article/problem.ts';

/** The formats in which `check` writes problems. */
export const reportFormats = ['text', 'json', 'github'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** Problems with one code that a list for people shows for each file. */
const mostAlike = 20;
/** Warnings with one code that text shows. */
const mostOfKind = 5;

interface ReportOptions {
  /** Where text is written; it decides about colors. */
  readonly stream?: NodeJS.WriteStream;
  /** Whether text has every problem. */
  readonly all?: boolean | undefined;
}

/**
 * Formats problems as text, as JSON or as annotations on GitHub. Text begins with the errors; warnings follow by kind,
 * the first five of each and their number, unless `all` are asked for. It is colored if `stream` is a terminal with
 * colors and the environment doesn't forbid them (`NO_COLOR`). Without `all`, only JSON has every one of very many
 * problems of one kind in one file.
 */
export function report(
  problems: readonly Problem[],
  format: ReportFormat,
  { stream, all = false }: ReportOptions = {},
): string {
  if (format === 'json') return `${JSON.stringify(problems, null, 2)}\n`;
  const line =
    format === 'github' ? annotation : stream ? (problem: Problem) => formatInColor(problem, stream) : formatProblem;
  const lines = all
    ? problems.map(line)
    : format === 'github'
      ? withoutRepetition(problems).map(line)
      : grouped(problems, line);
  return lines.map((one) => `${one}\n`).join('');
}

/** Lists the errors, then the first warnings of each kind and how many there are. */
function grouped(problems: readonly Problem[], line: (problem: Problem) => string): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const kinds = Map.groupBy(
    problems.filter(({ severity }) => severity !== 'error'),
    ({ code }) => code,
  );
  const warnings = [...kinds].flatMap(([code, all]) => {
    const first = all.slice(0, mostOfKind).map(line);
    // A single line is as short as the number that would replace it.
    if (all.length <= mostOfKind + 1) return all.map(line);
    return [...first, `${code}: ${first.length} of ${all.length} warnings; "dateline check --all" lists the others`];
  });
  return [...withoutRepetition(errors).map(line), ...warnings];
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
    const message = `and ${rest} more like this in the file; "dateline check --all" lists them all`;
    return number === mostAlike + 1 ? [{ ...problem, message }] : [];
  });
}

/** Formats like {@link formatProblem}, with the position and the code dimmed and the severity colored. */
export function formatInColor(
  { file, line, column, severity, message, code }: Problem,
  stream: NodeJS.WriteStream,
): string {
  const dim = (text: string): string => styleText('dim', text, { stream });
  const place = dim(`${printable(file)}:${line}:${column}:`);
  return `${place} ${severityInColor(severity, stream)} ${printable(message)} ${dim(`(${code})`)}`;
}

/** "error:" in red or "warning:" in yellow. */
export function severityInColor(severity: Problem['severity'], stream: NodeJS.WriteStream): string {
  // One format at a time: with a list of formats, Node.js 22.13 ignores `stream`.
  const colored = styleText(severity === 'error' ? 'red' : 'yellow', `${severity}:`, { stream });
  return styleText('bold', colored, { stream });
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
