import { describe, expect, it } from 'vitest';
import { chooseCoding } from '../../../src/http/response/accept-encoding.ts';

describe('Accept-Encoding', () => {
  it.each([
    { accept: null, coding: undefined },
    { accept: '', coding: undefined },
    { accept: 'gzip', coding: 'gzip' },
    { accept: 'br', coding: 'br' },
    { accept: 'gzip, deflate, br', coding: 'br' },
    { accept: 'gzip, deflate, br, zstd', coding: 'br' },
    { accept: 'gzip;q=1.0, br;q=0.5', coding: 'gzip' },
    { accept: 'gzip;q=0.5, br;q=0.5', coding: 'br' },
    { accept: 'gzip;q=0', coding: undefined },
    { accept: 'br;q=0, gzip', coding: 'gzip' },
    { accept: 'GZIP', coding: 'gzip' },
    { accept: 'x-gzip', coding: 'gzip' },
    { accept: '*', coding: 'br' },
    { accept: '*;q=0', coding: undefined },
    { accept: 'br;q=0, *', coding: 'gzip' },
    { accept: 'gzip, *;q=0', coding: 'gzip' },
    { accept: 'identity', coding: undefined },
    { accept: 'identity;q=0', coding: undefined },
    { accept: 'identity;q=0, *', coding: 'br' },
    { accept: 'identity;q=1, gzip;q=0.5', coding: undefined },
    { accept: 'identity, gzip', coding: 'gzip' },
    { accept: 'identity;q=0.5, gzip;q=1', coding: 'gzip' },
    { accept: 'deflate', coding: undefined },
    { accept: 'gzip ; q=0.8 , br ; q=0.2', coding: 'gzip' },
    { accept: 'gzip;q=0.001', coding: 'gzip' },
    { accept: 'gzip;q=2, br;q=x', coding: undefined },
    { accept: ', ,gzip,', coding: 'gzip' },
    { accept: 'gzip\u0000', coding: undefined },
    { accept: `${'a,'.repeat(10_000)}gzip`, coding: undefined },
  ])('$accept is answered with $coding', ({ accept, coding }) => {
    expect(chooseCoding(accept)).toBe(coding);
  });
});
