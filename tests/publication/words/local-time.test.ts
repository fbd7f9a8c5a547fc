import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../src/article/seed/date.ts';
import { localMonth, localTime } from '../../../src/publication/words/local-time.ts';
import { propertyRuns } from '../../effort.ts';

const [first, last] = [Date.parse('0001-01-02T00:00:00Z'), Date.parse('9999-12-30T00:00:00Z')];
const moments = fc.integer({ min: first / 1000, max: last / 1000 }).map((seconds) => instantOf(seconds * 1000) ?? '');
/** Up to a day around the beginning of a month, where its name depends on the zone. */
const nearMonths = fc
  .tuple(fc.integer({ min: 2, max: 9998 }), fc.integer({ min: 0, max: 11 }), fc.integer({ min: -1440, max: 1440 }))
  .map(([year, month, minutes]) => {
    const start = new Date(0);
    start.setUTCFullYear(year, month, 1);
    return instantOf(start.getTime() + minutes * 60_000) ?? '';
  });
/** The zones that are, or were, farthest from UTC, and one with summer time. */
const zones = ['UTC', 'Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Manila', 'America/Juneau', 'Europe/Berlin'];

describe('local time', () => {
  it('in UTC is that of any other zone with the same clock', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        expect(localTime(moment, 'UTC')).toEqual(localTime(moment, 'Etc/GMT'));
      }),
      { numRuns: propertyRuns(3000) },
    );
  });

  it('has the month that its date has', () => {
    fc.assert(
      fc.property(nearMonths, fc.constantFrom(...zones), (moment, zone) => {
        const { year, month } = localTime(moment, zone);
        expect(localMonth(moment, zone)).toBe(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`);
      }),
      { numRuns: propertyRuns(3000) },
    );
  });
});
