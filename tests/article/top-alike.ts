import { expect } from 'vitest';
import { frontMatterEnd } from '../../src/article/front-matter/find-front-matter.ts';
import type { ParseOptions } from '../../src/article/parse.ts';
import { parseText } from '../../src/article/parse-text.ts';
import { parseTop } from '../../src/article/parse-top.ts';
import { hasLabels } from '../../src/article/seed/seed-labels.ts';
import { isClean } from '../../src/article/seed/seed-text.ts';
import { mayHaveShortcodes } from '../../src/article/shortcodes/may-have-shortcodes.ts';

/** Holds what beginnings of a text, of so many bytes, tell to what the whole does; tells how many tell anything. */
export function topsAlike(
  text: string,
  path: string,
  sizes: readonly number[],
  options: ParseOptions,
): number {
  if (!isClean(text) || hasLabels(text, frontMatterEnd(text))) return 0;
  const hasShortcodes = mayHaveShortcodes(text);
  const { source, elsewhere, isIdWritten, problems } = parseText(path, text, options);
  let told = 0;
  for (const size of sizes) {
    const top = Buffer.from(text).subarray(0, size).toString();
    const parsed = parseTop(path, top, { hasShortcodes }, options);
    if (parsed === undefined) continue;
    told += 1;
    expect({ ...parsed, elsewhere: parsed.elsewhere, problems: [] }).toEqual({
      head: source?.head,
      elsewhere: elsewhere?.head,
      isIdWritten,
      problems,
    });
    expect(Object.keys(parsed.head)).toEqual(Object.keys(source?.head ?? {}));
  }
  return told;
}
