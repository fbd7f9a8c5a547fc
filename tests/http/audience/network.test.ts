import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf } from '../../../src/http/audience/network.ts';

describe('The network of an address', () => {
  it.each([
    ['198.51.100.7', '198.51.100.0', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.0', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::', '2001:db8:1:2::'],
    ['2001:0DB8:0001:0002::6', '2001:db8:1::', '2001:db8:1:2::'],
    ['2001:db8::5', '2001:db8::', '2001:db8::'],
    ['2001:db8:0:2::5', '2001:db8::', '2001:db8:0:2::'],
    ['fe80::1%eth0', 'fe80::', 'fe80::'],
    ['::1', '::', '::'],
    ['', '', ''],
    ['unknown', 'unknown', 'unknown'],
  ])('%s', (address, network, longer) => {
    expect([networkOf(address, 3, 3), networkOf(address, 4, 4)]).toEqual([network, longer]);
  });

  it('is an address, and its own network', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        for (const [octets, groups] of [
          [3, 3],
          [4, 4],
        ] as const) {
          const network = networkOf(address, octets, groups);
          expect(isIP(network)).not.toBe(0);
          expect(networkOf(network, octets, groups)).toBe(network);
        }
      }),
    );
  });
});
