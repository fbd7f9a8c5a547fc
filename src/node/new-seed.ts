import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDateTime } from '../article/date.ts';
import { oneLine } from '../article/plain-text.ts';
import { slugOf } from '../article/slug.ts';

/**
 * Writes a new seed, dated at `milliseconds` in the publication's zone, and returns its path.
 *
 * Throws when the file exists: an article is never overwritten.
 */
export function writeNewSeed(headline: string, dir: string, milliseconds: number, timezone: string): string {
  const title = oneLine(headline);
  if (title === '') throw new Error('the headline is empty; write it in quotes: dateline new "Headline"');
  const moment = localDateTime(milliseconds, timezone);
  // Cut short, but not within a character.
  const name = slugOf(title)
    .slice(0, 80)
    .replace(/-$|[\uD800-\uDBFF]$/, '');
  const path = join(dir, `${moment.slice(0, 10)}-${name}.md`);
  const text = `# ${escapeMarkdown(title)}\n\n${moment}\n\nThe lede: what happened, in a sentence or two.\n`;
  mkdirSync(dir, { recursive: true });
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new Error(`${path} exists already; choose another headline or edit that file`);
    }
    throw error;
  }
  return path;
}

/** Keeps what the headline says when it is read back as Markdown, in which an address with its scheme is a link. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&~!#]|:(?=\S)/g, '\\$&');
}
