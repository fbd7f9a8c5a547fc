import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/article/edit.ts';
import { findShortcodes } from '../../../src/article/shortcodes/shortcodes.ts';

/** The Markdown of a body after all edits. */
function shown(body: string, options = {}): string {
  return applyEdits(
    body,
    0,
    findShortcodes(body, 0, 'a.md', () => {}, options),
  );
}

describe('a comment of kramdown is not published', () => {
  test.each([
    ['a {::comment}b{:/comment} c', 'a  c'],
    ['a\n\n{::comment}\nb *c*\n\nd\n{:/}\n\ne', 'a\n\n\n\ne'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
    expect(shown(body, { commentsOnly: true })).toBe(out);
  });

  test('but one that is never closed hides nothing', () => {
    expect(shown('a {::comment} b')).toBe('a  b');
    expect(shown('`{::comment}` b {:/comment}')).toBe('`{::comment}` b ');
  });
});
