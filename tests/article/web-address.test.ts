import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalUrl } from '../../src/article/web-address.ts';
import { propertyRuns } from '../effort.ts';

const host = ['a', 'site', '1', '0x1', '-', '.', 'xn--', 'example', 'EX', '_'];
const path = ['a', 'B', '1', '-', '--', '.', '..', '~', '_', '/', '//', '%41', ' ', 'é', '?'];
const joined = (parts: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...parts), { maxLength }).map((all) => all.join(''));

it('reads a simple address as the URL standard does', () => {
  const found = new Set<boolean>();
  fc.assert(
    fc.property(fc.constantFrom('http', 'https'), joined(host, 6), joined(path, 8), (scheme, at, below) => {
      const address = `${scheme}://${at}/${below}`;
      const standard = URL.canParse(address) ? new URL(address).href : undefined;
      found.add(standard === address);
      expect(canonicalUrl(address)).toBe(standard);
    }),
    { numRuns: propertyRuns(10_000, 2000) },
  );
  expect(found.size).toBe(2);
});
