import { readFileSync } from 'node:fs';
import type { Problem } from '../../article/problem.ts';
import { decodeText } from './decode-text.ts';

/** The text of a file, or the problem that prevented reading it. */
export interface ReadText {
  readonly text?: string;
  readonly problem?: Problem;
}

/** Reads a text file. A file that is not text or is unreadable becomes a problem, not an exception. */
export function readText(path: string): ReadText {
  try {
    // Decoding while reading takes half the time of reading bytes first.
    const text = readFileSync(path, 'utf8');
    // U+FFFD may stand for an invalid byte, and NUL for another encoding.
    if (!/[\uFFFD\0]/.test(text)) return { text: text.startsWith('\uFEFF') ? text.slice(1) : text };
    const decoded = decodeText(readFileSync(path));
    if (typeof decoded === 'string') return { text: decoded };
    return { problem: { file: path, severity: 'error', code: 'not-utf8', ...decoded } };
  } catch (error) {
    return { problem: unreadable(path, error) };
  }
}

export function unreadable(file: string, error: unknown): Problem {
  const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'unreadable', message };
}
