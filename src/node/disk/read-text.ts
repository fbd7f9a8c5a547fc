import { readFileSync, statSync } from 'node:fs';
import type { Problem } from '../../article/problem.ts';
import { decodeText } from './decode-text.ts';

/** A text file as it was read: its text, or what is wrong with it. */
export interface ReadText {
  readonly text?: string;
  readonly problem?: Problem;
}

/** Reads a text file; a file that is none, or cannot be read, is a problem. */
export function readText(path: string): ReadText {
  try {
    // In one step, which takes half as long as to read and decode it.
    const text = textOf(readFileSync(path, 'utf8'));
    if (text !== undefined) return { text };
    const decoded = decodeText(readFileSync(path));
    if (typeof decoded === 'string') return { text: decoded };
    return { problem: { file: path, severity: 'error', code: 'not-utf8', ...decoded } };
  } catch (error) {
    return { problem: unreadable(path, error) };
  }
}

/**
 * Gives a text that was decoded as UTF-8 without a byte order mark; `undefined` where that shows U+FFFD, which stands for what is
 * no UTF-8, or NUL, so that {@link decodeText} has to be asked.
 */
function textOf(decoded: string): string | undefined {
  if (decoded.includes('\uFFFD') || decoded.includes('\0')) return undefined;
  return decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded;
}

export function unreadable(file: string, error: unknown): Problem {
  const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'unreadable', message };
}

/**
 * When a file or folder last changed, in milliseconds since 1970, as the end of that second, since it may change again
 * in the same one; 0 when that cannot be told. A date to come is none: the clock of another machine was ahead.
 */
export function changeOf(path: string, now: number): number {
  try {
    return endOfSecond(statSync(path).mtimeMs, now);
  } catch {
    return 0;
  }
}

/** The end of the second of a file's date, or of `now` where that lies before it. */
export function endOfSecond(mtimeMs: number, now: number): number {
  return Math.ceil(Math.min(mtimeMs, now) / 1000) * 1000;
}
