import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

/** Reads dates in another process, whose machine would be in another zone, and writes down what they are. */
const script = `
import { localDateTime, readDate } from ${JSON.stringify(new URL('../../src/article/seed/date.ts', import.meta.url).href)};
const texts = [
  'February 25, 2025',
  '2025-02-25T10:30',
  'Tuesday, February 25, 2025 at 11:30 p.m. ET',
  '2025-W09-2',
  '2020-W53-5',
  '25.02.2025 00:15',
  // Days and times that clocks skip in one of the zones below.
  '2025-03-30 02:30',
  '2025-03-09 02:30',
  '2025-09-28 02:30',
  '2018-11-04',
  '2011-12-30',
];
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'America/Sao_Paulo'];
const readings = zones.map((zone) => [
  localDateTime(Date.UTC(2018, 10, 4, 2, 30), zone),
  ...texts.map((text) => readDate(text, zone).instant),
]);
console.log(JSON.stringify({ readings, machine: new Date(2025, 0, 1).getTimezoneOffset() }));
`;

function readingsIn(zone: string): { readings: string[][]; machine: number } {
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });
  return JSON.parse(printed);
}

describe('dates do not depend on the machine’s zone', () => {
  const inUtc = readingsIn('UTC');

  test('are read correctly on a machine in UTC', () => {
    expect(inUtc.readings.map((readings) => readings.slice(0, 3))).toEqual([
      ['2018-11-04T02:30:00Z', '2025-02-25T00:00:00Z', '2025-02-25T10:30:00Z'],
      ['2018-11-04T03:30:00+01:00', '2025-02-24T23:00:00Z', '2025-02-25T09:30:00Z'],
      ['2018-11-03T22:30:00-04:00', '2025-02-25T05:00:00Z', '2025-02-25T15:30:00Z'],
      ['2018-11-04T15:30:00+13:00', '2025-02-24T11:00:00Z', '2025-02-24T21:30:00Z'],
      ['2018-11-03T23:30:00-03:00', '2025-02-25T03:00:00Z', '2025-02-25T13:30:00Z'],
    ]);
  });

  test.each([
    { zone: 'Pacific/Auckland', minutes: -780 },
    { zone: 'America/Los_Angeles', minutes: 480 },
    { zone: 'America/Sao_Paulo', minutes: 180 },
    { zone: 'Pacific/Apia', minutes: -780 },
    { zone: 'Europe/Berlin', minutes: -60 },
  ])('TZ=$zone', ({ zone, minutes }) => {
    expect(readingsIn(zone)).toEqual({ ...inUtc, machine: minutes });
  });
});
