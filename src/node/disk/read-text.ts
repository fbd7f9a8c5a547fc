import { readFileSync } from 'node:fs';
import type { Problem } from '../../article/problem.ts';
import { decodeText } from './decode-text.ts';
import { type InsideTexts, OutsideError, readInside } from './inside.ts';

/** The text of a file, or the problem that prevented reading it. */
export interface ReadText {
  readonly text?: string;
  readonly problem?: Problem;
  /** Why the file could not be read. */
  readonly error?: unknown;
}

/**
 * Reads a text file that is inside `dir`. A file that is not text, is unreadable or lies outside becomes a problem, not
 * an exception. With `texts`, many files cost less.
 */
export function readText(path: string, dir: string, texts?: InsideTexts): ReadText {
  try {
    // Decoding while reading takes half the time of reading bytes first.
    const text = texts?.read(path) ?? readInside(dir, path, (descriptor) => readFileSync(descriptor, 'utf8'));
    // U+FFFD may stand for an invalid byte, and NUL for another encoding.
    if (!/[\uFFFD\0]/.test(text)) return { text: text.startsWith('\uFEFF') ? text.slice(1) : text };
    const decoded = decodeText(readInside(dir, path, (descriptor) => readFileSync(descriptor)));
    if (typeof decoded === 'string') return { text: decoded };
    return { problem: { file: path, severity: 'error', code: 'not-utf8', ...decoded } };
  } catch (error) {
    return { problem: unreadable(path, error), error };
  }
}

export function unreadable(file: string, error: unknown): Problem {
  const cause = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  const message = error instanceof OutsideError ? error.message : `cannot be read: ${cause ?? messageOf(error)}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'unreadable', message };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file, or it is a symbolic link to one that is gone; write the file, or remove the link',
  ELOOP: 'symbolic links lead in a circle; remove one of them',
  EISDIR: 'it is a folder; give the path of a file',
  EACCES: 'this user may not read it; correct its permissions',
  EIO: 'the disk reports an error; check the disk',
  EMFILE: 'this process has too many open files; raise the limit ("ulimit -n")',
  ENFILE: 'this machine has too many open files; raise the limit ("sysctl fs.file-max")',
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
