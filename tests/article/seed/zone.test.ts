import { describe, expect, test } from 'vitest';
import { isTimezone, zoneOf } from '../../../src/article/seed/zone.ts';

describe('isTimezone', () => {
  test.each([
    { input: 'UTC', out: true },
    { input: 'Europe/Berlin', out: true },
    { input: 'America/Argentina/Buenos_Aires', out: true },
    { input: 'Etc/GMT+5', out: true },
    { input: 'Europe/Atlantis', out: false },
    { input: 'Berlin', out: false },
    { input: '+01:00', out: false },
    { input: '', out: false },
  ])('$input → $out, asked twice', ({ input, out }) => {
    expect([isTimezone(input), isTimezone(input)]).toEqual([out, out]);
  });
});

describe('zoneOf', () => {
  test.each([
    { input: 'Z', out: 0 },
    { input: 'gmt', out: 0 },
    { input: '+5', out: 5 },
    { input: '-0330', out: -3.5 },
    { input: '−03:30', out: -3.5 },
    { input: 'UTC+14', out: 14 },
    { input: 'EDT', out: -4 },
    { input: 'ET', out: 'America/New_York' },
    { input: 'Asia/Tokyo', out: 'Asia/Tokyo' },
    { input: '+01:59', out: 1 + 59 / 60 },
    { input: '+15', out: undefined },
    { input: '+01:60', out: undefined },
    { input: 'IST', out: undefined },
    { input: 'constructor', out: undefined },
    { input: 'Asia/Atlantis', out: undefined },
    { input: 'EST5EDT', out: undefined },
  ])('$input → $out', ({ input, out }) => {
    expect(zoneOf(input)).toBe(out);
  });
});
