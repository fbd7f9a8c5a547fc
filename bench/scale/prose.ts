import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Prose of people: the paragraphs of the installed packages' Markdown. Generated sentences would compress several times
 * as well as articles do.
 */
const paragraphs: readonly string[] = readParagraphs(fileURLToPath(new URL('../..', import.meta.url)));

/** Returns about three kilobytes of prose, for each index others. */
export function proseOf(index: number): readonly string[] {
  const chosen: string[] = [];
  let length = 0;
  for (let i = index * 13; length < 2700; i++) {
    const paragraph = paragraphs[i % paragraphs.length] ?? '';
    chosen.push(paragraph);
    length += paragraph.length;
  }
  return chosen;
}

function readParagraphs(checkout: string): string[] {
  const files = globSync('node_modules/{*,@*/*}/**/*.md', { cwd: checkout }).sort();
  const texts = files.map((file) => readFileSync(`${checkout}/${file}`, 'utf8'));
  const blocks = texts.flatMap((text) => text.split(/\n\s*\n/)).map((block) => block.replace(/\s+/g, ' ').trim());
  // Without tables, code and lists of links.
  const prose = blocks.filter((block) => /^[A-Z]/.test(block) && /^[^<>&|{}[\]`*_#]{120,}$/.test(block));
  return [...new Set(prose)];
}
