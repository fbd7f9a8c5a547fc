import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HashSum } from '../../../src/node/ledger/hash-sum.ts';
import { fnv1a } from '../../../src/publication/slices/slice.ts';

const hashOf = (text: string): bigint => (BigInt(fnv1a(text)) << 32n) | BigInt(fnv1a(`+${text}`));

it('is the sum of the hashes, in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.string()), (kept, removed) => {
      const sum = new HashSum();
      for (const text of [...removed, ...kept]) sum.add(text);
      for (const text of removed) sum.remove(text);
      const expected = kept.reduce((total, text) => BigInt.asUintN(64, total + hashOf(text)), 0n);
      expect(sum.toString()).toBe(expected.toString(16));
    }),
  );
});

it('may lose texts before it has them', () => {
  const sum = new HashSum();
  sum.remove('one');
  sum.add('one');
  expect(sum.toString()).toBe('0');
});
