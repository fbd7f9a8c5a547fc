/** The commands that README.md and docs/ show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../node/command.ts';

export interface WrittenCommand {
  /** The page and the line, for messages. */
  readonly place: string;
  /** The words of one command, without comment. */
  readonly words: readonly string[];
  /** The whole line, which may join several. */
  readonly line: string;
  /** What it needs that a test doesn't have, from its comment: `# needs an account`. */
  readonly needs?: string;
  /** What the page shows as its output. */
  readonly output?: string;
}

/** Lists the pages for users. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(join(checkout, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name}`)
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/decisions/') && !path.startsWith('docs/api/'))
    .sort(),
];

/** Returns the lines of commands in the blocks of a page, one list for each block. */
export function blocksOf(page: string): readonly (readonly WrittenCommand[])[] {
  const text = readFileSync(join(checkout, page), 'utf8');
  return [...text.matchAll(/^```(sh|console)\n([\s\S]*?)^```/gm)].map(({ index, 1: kind, 2: block = '' }) => {
    const start = text.slice(0, index).split('\n').length + 1;
    return kind === 'console' ? inConsole(page, start, block) : inShell(page, start, block);
  });
}

function inShell(page: string, start: number, block: string): readonly WrittenCommand[] {
  // A comment of its own is for the whole block.
  const [, all] = /^# Each line needs ([^.\n]+)\.$/m.exec(block) ?? [];
  return joined(block.split('\n')).flatMap(({ line, at }) => written(`${page}:${start + at}`, line, all));
}

function inConsole(page: string, start: number, block: string): readonly WrittenCommand[] {
  const parts = block.split(/^\$ /m).slice(1);
  return parts.flatMap((part) => {
    const [line = '', ...rest] = part.split('\n');
    const output = rest.join('\n').trim();
    return written(`${page}:${start}`, line, undefined).map((one) => (output === '' ? one : { ...one, output }));
  });
}

/** Joins lines that end in a backslash. */
function joined(lines: readonly string[]): readonly { readonly line: string; readonly at: number }[] {
  const whole: { line: string; at: number }[] = [];
  let isOpen = false;
  lines.forEach((line, at) => {
    const last = whole.at(-1);
    if (isOpen && last !== undefined) last.line += line.trim();
    else whole.push({ line, at });
    isOpen = line.endsWith('\\');
    const current = whole.at(-1);
    if (isOpen && current !== undefined) current.line = current.line.replace(/\\$/, ' ');
  });
  return whole;
}

function written(place: string, whole: string, all: string | undefined): readonly WrittenCommand[] {
  const [, line = '', comment = ''] = /^(.*?)\s*(?:(?:^|\s)#\s*(.*))?$/.exec(whole) ?? [];
  if (line === '') return [];
  const needs = all ?? /^needs ([^;]+)/.exec(comment)?.[1];
  return [{ place, line, words: wordsOf(line), ...(needs === undefined ? {} : { needs }) }];
}

/** Splits a command as a shell does, as far as the pages need it. */
export function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

/** Returns the calls of `dateline` in the text of a page, in blocks and between backticks. */
export function callsOf(page: string): readonly { readonly line: number; readonly words: readonly string[] }[] {
  const text = readFileSync(join(checkout, page), 'utf8');
  const calls = text.matchAll(
    /(?:^|[`|] ?|\$ |&& |: )(?:npx (?:--no )?)?dateline ((?!…)[a-z<-][^`\n|]*?)(?=`|\n|&&| #|\||<(?= ))/gm,
  );
  return [...calls].map(({ index, 1: words = '' }) => ({
    line: text.slice(0, index).split('\n').length,
    words: wordsOf(words),
  }));
}
