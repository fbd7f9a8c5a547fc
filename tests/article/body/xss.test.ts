import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lintTree } from '../../validators/safe-tree.ts';
import { contentOf, payloads, places } from './attacks.ts';

test('there are enough attacks, and no two are one', () => {
  expect(payloads.length).toBeGreaterThanOrEqual(200);
  expect(new Set(payloads).size).toBe(payloads.length);
});

test('what finds attacks finds them', () => {
  expect(payloads.filter((attack) => lintTree(attack).length > 0).length).toBeGreaterThan(200);
});

describe.each(Object.entries(places))('an attack %s', (_, place) => {
  test('leaves nothing that is not known to be harmless', () => {
    const wrong = payloads.map((attack) => ({ attack, found: lintTree(contentOf(place(attack))) }));
    expect(wrong.filter(({ found }) => found.length > 0)).toEqual([]);
  });
});

// As with the W3C's validator: a longer list is asked where it lies.
const more = process.env.XSS_PAYLOADS?.split(':') ?? [];
describe.skipIf(more.length === 0)('with XSS_PAYLOADS, files with one attack per line', () => {
  test.each(more)('%s', { timeout: 300_000 }, (file) => {
    const attacks = readFileSync(file, 'utf8').split('\n');
    const wrong = attacks.flatMap((attack) =>
      Object.entries(places).map(([name, place]) => ({
        name,
        attack,
        found: lintTree(contentOf(place(attack))),
      })),
    );
    expect(wrong.filter(({ found }) => found.length > 0)).toEqual([]);
  });
});
