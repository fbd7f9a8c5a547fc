import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mayHaveShortcodes, suspects } from '../../../src/article/shortcodes/suspects.ts';
import { propertyRuns } from '../../effort.ts';

const pieces = [
  ...'[](){}<>|%^=:@/&#*`~!-.',
  ...['a', 'toc', 'TOC', '_', ' ', '  ', '    ', '\t', '\n', '"', 'title=', ' markdown=', '&#7;', '&#x1F;', 'static'],
  ...['](a b)', ':note[', ':Note{', '::', '{{< x >}}', '[[page]]', '*[HTML]: x', '```', '~~~', 'é', '😀'],
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));

it('tests for marks first, and finds the same as the whole expression', () => {
  const found = new Set<boolean>();
  fc.assert(
    fc.property(text, fc.nat(3), (one, from) => {
      const isSuspect = suspects.test(one.slice(from));
      found.add(isSuspect);
      expect(mayHaveShortcodes(one, from)).toBe(isSuspect);
    }),
    { numRuns: propertyRuns(3000) },
  );
  expect(found.size).toBe(2);
});
