import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, localDateTime, readDate } from '../../../src/article/seed/date.ts';
import { propertyRuns } from '../../effort.ts';

/** Reads a date to its instant, to `bad: …`, or to `undefined`. */
function read(text: string, timezone = 'UTC'): string | undefined {
  const reading = readDate(text, timezone);
  return reading?.kind === 'bad' ? `bad: ${reading.reason}` : reading?.instant;
}

describe('a day without a time is read in every form', () => {
  test.each([
    'February 25, 2025',
    'february 25 2025',
    'FEBRUARY 25, 2025',
    'February 25th, 2025',
    'February the 25th, 2025',
    'February 25,2025',
    'February 25, 2025.',
    '  February\u00a025,\t2025 ',
    'Feb 25, 2025',
    'Feb. 25, 2025',
    'Feb-25-2025',
    '25 February 2025',
    '25 February, 2025',
    '25. February 2025',
    '25th February 2025',
    '25th of February, 2025',
    'the 25th of February 2025',
    '25 Feb 2025',
    '25 Feb. 2025',
    '25-Feb-2025',
    '25/Feb/2025',
    '2025 February 25',
    '2025, Feb. 25',
    '2025-Feb-25',
    '2025-02-25',
    '20250225',
    '2025-W09-2',
    '2025W092',
    '2025-w09-2',
    '2025-056',
    '2025056',
    '2025/02/25',
    '2025/2/25',
    '2025.02.25',
    '25.02.2025',
    '25.2.2025',
    '25. 2. 2025',
    '25/02/2025',
    '02/25/2025',
    '2/25/2025',
    '25-02-2025',
  ])('%s', (input) => {
    expect(read(input)).toBe('2025-02-25T00:00:00Z');
  });
});

describe('every month has a name and abbreviations', () => {
  test.each([
    { names: ['January', 'Jan', 'Jan.'], out: '2025-01-05T00:00:00Z' },
    { names: ['February', 'Feb', 'Feb.'], out: '2025-02-05T00:00:00Z' },
    { names: ['March', 'Mar', 'Mar.'], out: '2025-03-05T00:00:00Z' },
    { names: ['April', 'Apr', 'Apr.'], out: '2025-04-05T00:00:00Z' },
    { names: ['May'], out: '2025-05-05T00:00:00Z' },
    { names: ['June', 'Jun', 'Jun.'], out: '2025-06-05T00:00:00Z' },
    { names: ['July', 'Jul', 'Jul.'], out: '2025-07-05T00:00:00Z' },
    { names: ['August', 'Aug', 'Aug.'], out: '2025-08-05T00:00:00Z' },
    { names: ['September', 'Sept', 'Sept.', 'Sep', 'Sep.'], out: '2025-09-05T00:00:00Z' },
    { names: ['October', 'Oct', 'Oct.'], out: '2025-10-05T00:00:00Z' },
    { names: ['November', 'Nov', 'Nov.'], out: '2025-11-05T00:00:00Z' },
    { names: ['December', 'Dec', 'Dec.'], out: '2025-12-05T00:00:00Z' },
  ])('$names', ({ names, out }) => {
    const readings = names.flatMap((name) => [read(`${name} 5, 2025`), read(`5 ${name} 2025`)]);
    expect(new Set(readings)).toEqual(new Set([out]));
  });

  test.each(['1st', '2nd', '3rd', '4th', '11th', '21st', '22nd', '23rd', '31st'])('ordinal %s', (ordinal) => {
    const day = String(Number.parseInt(ordinal, 10)).padStart(2, '0');
    expect(read(`${ordinal} of March 2025`)).toBe(`2025-03-${day}T00:00:00Z`);
  });
});

describe('a time of day is read with 24 and with 12 hours', () => {
  test.each([
    { input: 'February 25, 2025 09:05', out: '2025-02-25T09:05:00Z' },
    { input: 'February 25, 2025, 9:05', out: '2025-02-25T09:05:00Z' },
    { input: 'February 25, 2025 at 9:05', out: '2025-02-25T09:05:00Z' },
    { input: 'February 25, 2025, at 21:05:09', out: '2025-02-25T21:05:09Z' },
    { input: 'February 25, 2025 | 9:05', out: '2025-02-25T09:05:00Z' },
    { input: 'February 25, 2025 – 9:05 a.m.', out: '2025-02-25T09:05:00Z' },
    { input: '25.02.2025 09.05', out: '2025-02-25T09:05:00Z' },
    { input: '2/25/2025, 9:05:09 PM', out: '2025-02-25T21:05:09Z' },
    { input: 'Feb. 25, 2025, 9 a.m.', out: '2025-02-25T09:00:00Z' },
    { input: 'Feb. 25, 2025 9am', out: '2025-02-25T09:00:00Z' },
    { input: 'Feb. 25, 2025 9:05 p.m.', out: '2025-02-25T21:05:00Z' },
    { input: 'Feb. 25, 2025 at 9:05PM', out: '2025-02-25T21:05:00Z' },
    { input: 'Feb. 25, 2025 12 a.m.', out: '2025-02-25T00:00:00Z' },
    { input: 'Feb. 25, 2025 12:30 a.m.', out: '2025-02-25T00:30:00Z' },
    { input: 'Feb. 25, 2025 12 p.m.', out: '2025-02-25T12:00:00Z' },
    { input: 'Feb. 25, 2025 12:30 p.m.', out: '2025-02-25T12:30:00Z' },
    { input: 'Feb. 25, 2025 at noon', out: '2025-02-25T12:00:00Z' },
    { input: 'Feb. 25, 2025 at 12 noon', out: '2025-02-25T12:00:00Z' },
    { input: 'Feb. 25, 2025, midnight', out: '2025-02-25T00:00:00Z' },
    { input: '9:05, February 25, 2025', out: '2025-02-25T09:05:00Z' },
    { input: '9:05 a.m. on February 25, 2025', out: '2025-02-25T09:05:00Z' },
    { input: '9:05 AM EST, 25 Feb 2025', out: '2025-02-25T14:05:00Z' },
    { input: '2025-02-25 24:00', out: '2025-02-26T00:00:00Z' },
    { input: '2025-02-25T23:59:60Z', out: '2025-02-26T00:00:00Z' },
    { input: '2025-02-25 24:01', out: 'bad: there is no such time of day' },
    { input: '2025-02-25 25:00', out: 'bad: there is no such time of day' },
    { input: '2025-02-25 09:60', out: 'bad: there is no such time of day' },
    { input: '2025-02-25 09:05:61', out: 'bad: there is no such time of day' },
    { input: 'Feb. 25, 2025 13 p.m.', out: 'bad: there is no such time of day' },
  ])('$input → $out', ({ input, out }) => {
    expect(read(input)).toBe(out);
  });
});

describe('a month or weekday after a time is not a zone', () => {
  test.each(['Jan', 'Feb', 'March', 'Apr', 'April', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'])(
    '9:05 %s 5, 2025',
    (month) => {
      expect(read(`9:05 ${month} 5, 2025`)).toBe(read(`${month} 5, 2025 9:05 UTC`));
    },
  );

  test.each(['Mon 3', 'Tue 4', 'Tues. 4', 'Wed 5', 'Thu 6', 'Thurs. 6', 'Fri 7', 'Sat 8', 'Sun 9'])(
    '9:05 %s Feb 2025',
    (day) => {
      expect(readDate(`9:05 ${day} Feb 2025`, 'UTC')).toEqual({
        kind: 'date',
        instant: `2025-02-0${day.at(-1)}T09:05:00Z`,
      });
    },
  );
});

describe('ISO 8601 and its relatives are read whole', () => {
  test.each([
    { input: '2025-02-25T09:05Z', out: '2025-02-25T09:05:00Z' },
    { input: '2025-02-25T09:05:07Z', out: '2025-02-25T09:05:07Z' },
    { input: '2025-02-25t09:05:07z', out: '2025-02-25T09:05:07Z' },
    { input: '2025-02-25T09:05:07.999Z', out: '2025-02-25T09:05:07Z' },
    { input: '2025-02-25T09:05:07,5Z', out: '2025-02-25T09:05:07Z' },
    { input: '2025-02-25T09:05:07.123456789+00:00', out: '2025-02-25T09:05:07Z' },
    { input: '2025-02-25T09Z', out: '2025-02-25T09:00:00Z' },
    { input: '2025-02-25T09:05:07', out: '2025-02-25T09:05:07Z' },
    { input: '2025-02-25T24:00:00Z', out: '2025-02-26T00:00:00Z' },
    { input: '20250225T090507Z', out: '2025-02-25T09:05:07Z' },
    { input: '20250225T0905+0100', out: '2025-02-25T08:05:00Z' },
    { input: '2025-W09-2T09:05Z', out: '2025-02-25T09:05:00Z' },
    { input: '2025W092T090507Z', out: '2025-02-25T09:05:07Z' },
    { input: '2025-056T09:05Z', out: '2025-02-25T09:05:00Z' },
    { input: '2025-02-25 09:05:07', out: '2025-02-25T09:05:07Z' },
    { input: '2025-02-25 09:05:07Z', out: '2025-02-25T09:05:07Z' },
    { input: '2025-02-25 09:05:07 -0500', out: '2025-02-25T14:05:07Z' },
    { input: '2025-02-25T09:05:07+01', out: '2025-02-25T08:05:07Z' },
    { input: '2025-02-25T09:05:07+0545', out: '2025-02-25T03:20:07Z' },
    { input: '2025-02-25T09:05:07-03:30', out: '2025-02-25T12:35:07Z' },
    { input: '2025-02-25T09:05:07−05:00', out: '2025-02-25T14:05:07Z' },
    { input: '2025-02-25T09:05:07[Europe/Berlin]', out: '2025-02-25T08:05:07Z' },
    { input: '2025-02-25T09:05:07+01:00[Europe/Berlin]', out: '2025-02-25T08:05:07Z' },
    { input: 'Tue, 25 Feb 2025 09:05:07 +0100', out: '2025-02-25T08:05:07Z' },
    {
      input: 'Tue Feb 25 2025 09:05:07 GMT+0100 (Central European Standard Time)',
      out: '2025-02-25T08:05:07Z',
    },
    { input: '2020-W53-5', out: '2021-01-01T00:00:00Z' },
    { input: '2024-366', out: '2024-12-31T00:00:00Z' },
    { input: '0001-01-01', out: '0001-01-01T00:00:00Z' },
    { input: '9999-12-31T23:59:59Z', out: '9999-12-31T23:59:59Z' },
  ])('$input → $out', ({ input, out }) => {
    expect(read(input)).toBe(out);
  });
});

describe('zones by name and by offset', () => {
  test.each([
    { zone: 'Z', out: '2025-07-01T10:30:00Z' },
    { zone: 'UTC', out: '2025-07-01T10:30:00Z' },
    { zone: 'GMT', out: '2025-07-01T10:30:00Z' },
    { zone: '(GMT)', out: '2025-07-01T10:30:00Z' },
    { zone: '+00:00', out: '2025-07-01T10:30:00Z' },
    { zone: '-00:00', out: '2025-07-01T10:30:00Z' },
    { zone: '+02:00', out: '2025-07-01T08:30:00Z' },
    { zone: '+0200', out: '2025-07-01T08:30:00Z' },
    { zone: '-0330', out: '2025-07-01T14:00:00Z' },
    { zone: '-00:30', out: '2025-07-01T11:00:00Z' },
    { zone: '+14:00', out: '2025-06-30T20:30:00Z' },
    { zone: 'UTC+2', out: '2025-07-01T08:30:00Z' },
    { zone: 'GMT+5:30', out: '2025-07-01T05:00:00Z' },
    { zone: 'EST', out: '2025-07-01T15:30:00Z' },
    { zone: 'EDT', out: '2025-07-01T14:30:00Z' },
    { zone: 'ET', out: '2025-07-01T14:30:00Z' },
    { zone: '(ET)', out: '2025-07-01T14:30:00Z' },
    { zone: 'et', out: '2025-07-01T14:30:00Z' },
    { zone: 'CT', out: '2025-07-01T15:30:00Z' },
    { zone: 'MT', out: '2025-07-01T16:30:00Z' },
    { zone: 'PT', out: '2025-07-01T17:30:00Z' },
    { zone: 'PST', out: '2025-07-01T18:30:00Z' },
    { zone: 'CEST', out: '2025-07-01T08:30:00Z' },
    { zone: 'MSK', out: '2025-07-01T07:30:00Z' },
    { zone: 'JST', out: '2025-07-01T01:30:00Z' },
    { zone: 'EST (15:30 GMT)', out: '2025-07-01T15:30:00Z' },
    { zone: 'Europe/Berlin', out: '2025-07-01T08:30:00Z' },
    { zone: 'America/New_York', out: '2025-07-01T14:30:00Z' },
    { zone: 'America/Argentina/Buenos_Aires', out: '2025-07-01T13:30:00Z' },
    { zone: 'Asia/Kathmandu', out: '2025-07-01T04:45:00Z' },
    { zone: 'Etc/GMT+5', out: '2025-07-01T15:30:00Z' },
    { zone: 'IST', out: 'bad: the zone "IST" is not known; write an offset such as +01:00' },
    {
      zone: 'Mars/Olympus',
      out: 'bad: the zone "Mars/Olympus" is not known; write an offset such as +01:00',
    },
    { zone: '+15:00', out: 'bad: the zone "+15:00" is not known; write an offset such as +01:00' },
    { zone: '+05:60', out: 'bad: the zone "+05:60" is not known; write an offset such as +01:00' },
  ])('10:30 $zone → $out', ({ zone, out }) => {
    expect([read(`July 1, 2025 10:30 ${zone}`), read(`2025-07-01 10:30 ${zone}`)]).toEqual([out, out]);
  });

  test.each([
    { input: '2025-07-01Z', out: '2025-07-01T00:00:00Z' },
    { input: '2025-07-01+02:00', out: '2025-06-30T22:00:00Z' },
    { input: 'July 1, 2025 (UTC)', out: '2025-07-01T00:00:00Z' },
    { input: '1 July 2025 GMT', out: '2025-07-01T00:00:00Z' },
  ])('of a day without a time: $input → $out', ({ input, out }) => {
    expect(read(input, 'Asia/Tokyo')).toBe(out);
  });

  test('takes precedence over the publication’s', () => {
    expect(read('July 1, 2025 10:30 UTC', 'Asia/Tokyo')).toBe('2025-07-01T10:30:00Z');
  });
});

describe('a date without a zone is read in the publication’s', () => {
  test.each([
    { zone: 'Europe/Moscow', input: 'February 25, 2025', out: '2025-02-24T21:00:00Z' },
    { zone: 'America/New_York', input: 'February 25, 2025', out: '2025-02-25T05:00:00Z' },
    { zone: 'America/New_York', input: '2025-W09-2', out: '2025-02-25T05:00:00Z' },
    { zone: 'Europe/Berlin', input: 'July 1, 2025 10:30', out: '2025-07-01T08:30:00Z' },
    { zone: 'Asia/Kolkata', input: '2025-07-01T10:30', out: '2025-07-01T05:00:00Z' },
    { zone: 'Pacific/Kiritimati', input: 'January 1, 2025', out: '2024-12-31T10:00:00Z' },
    { zone: 'Pacific/Auckland', input: 'January 1, 2025', out: '2024-12-31T11:00:00Z' },
    { zone: 'Europe/Berlin', input: '0001-01-02', out: '0001-01-01T23:06:32Z' },
    { zone: 'Europe/Berlin', input: '0001-01-01', out: 'bad: the year must be between 1 and 9999' },
    { zone: 'America/New_York', input: '9999-12-31 23:00', out: 'bad: the year must be between 1 and 9999' },
  ])('$input in $zone → $out', ({ zone, input, out }) => {
    expect(read(input, zone)).toBe(out);
  });
});

describe('when clocks change', () => {
  test.each([
    {
      it: 'last moment before',
      zone: 'Europe/Berlin',
      input: '2025-03-30 01:59',
      out: '2025-03-30T00:59:00Z',
    },
    { it: 'skipped time', zone: 'Europe/Berlin', input: '2025-03-30 02:30', out: '2025-03-30T01:30:00Z' },
    { it: 'first time after', zone: 'Europe/Berlin', input: '2025-03-30 03:00', out: '2025-03-30T01:00:00Z' },
    { it: 'time shown twice', zone: 'Europe/Berlin', input: '2025-10-26 02:30', out: '2025-10-26T00:30:00Z' },
    {
      it: 'first time shown once',
      zone: 'Europe/Berlin',
      input: '2025-10-26 03:00',
      out: '2025-10-26T02:00:00Z',
    },
    { it: 'skipped time', zone: 'America/New_York', input: '2025-03-09 02:30', out: '2025-03-09T07:30:00Z' },
    {
      it: 'time shown twice',
      zone: 'America/New_York',
      input: '2025-11-02 01:30',
      out: '2025-11-02T05:30:00Z',
    },
    {
      it: 'time shown twice',
      zone: 'Australia/Lord_Howe',
      input: '2025-04-06 01:45',
      out: '2025-04-05T14:45:00Z',
    },
    { it: 'day of the change', zone: 'Europe/Berlin', input: 'March 30, 2025', out: '2025-03-29T23:00:00Z' },
    { it: 'day after it', zone: 'Europe/Berlin', input: 'March 31, 2025', out: '2025-03-30T22:00:00Z' },
    { it: 'skipped midnight', zone: 'America/Sao_Paulo', input: '2018-11-04', out: '2018-11-04T03:00:00Z' },
    { it: 'skipped midnight', zone: 'Africa/Cairo', input: '2025-04-25', out: '2025-04-24T22:00:00Z' },
    { it: 'midnight shown twice', zone: 'America/Havana', input: '2025-11-02', out: '2025-11-02T04:00:00Z' },
    { it: 'skipped day', zone: 'Pacific/Apia', input: '2011-12-30', out: '2011-12-30T10:00:00Z' },
  ])('$it: $input in $zone → $out', ({ zone, input, out }) => {
    expect(read(input, zone)).toBe(out);
  });
});

describe('a weekday may precede or follow the date', () => {
  test.each([
    'Tuesday, February 25, 2025',
    'Tue, 25 Feb 2025',
    'Tues. Feb. 25, 2025',
    'TUESDAY 25 February 2025',
    'Tuesday, 25th of February 2025',
    '25 February 2025, Tuesday',
    'February 25, 2025 (Tuesday)',
    '2025-02-25 Tue',
    'Tuesday 2025-02-25',
  ])('%s', (input) => {
    expect(readDate(input, 'UTC')).toEqual({ kind: 'date', instant: '2025-02-25T00:00:00Z' });
  });

  test.each(
    'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ').flatMap((name, index) => [
      { name, day: 2 + index },
      { name: name.slice(0, 3), day: 2 + index },
    ]),
  )('$name is right for February $day, 2025, and wrong for the day after', ({ name, day }) => {
    const readings = [readDate(`${name} ${day} Feb 2025`, 'UTC'), readDate(`${name} ${day - 1} Feb 2025`, 'UTC')];
    expect(readings.map((reading) => reading?.kind === 'date' && reading.wrongWeekday)).toEqual([undefined, name]);
  });

  test('is judged by the day as written, not by the day in UTC', () => {
    expect(readDate('Tuesday, February 25, 2025 00:30', 'Asia/Tokyo')).toEqual({
      kind: 'date',
      instant: '2025-02-24T15:30:00Z',
    });
  });
});

describe('a day that the calendar lacks is bad', () => {
  test.each([
    'February 30, 2025',
    'February 29, 2025',
    '29 Feb 1900',
    'April 31, 2025',
    'May 0, 2025',
    '32 January 2025',
    '2025-02-30',
    '2025-02-29T10:00:00Z',
    '2025-13-01',
    '2025-00-01',
    '2025-366',
    '2025-000',
    '2025-W53-1',
    '2025-W00-1',
    '31.04.2025',
    '13/32/2025',
  ])('%s', (input) => {
    expect(read(input)).toBe('bad: there is no such day');
  });

  test.each(['February 29, 2024', '2000-02-29'])('%s exists', (input) => {
    expect(readDate(input, 'UTC')?.kind).toBe('date');
  });
});

describe('a numeric date is accepted only if it has one meaning', () => {
  test.each([
    { input: '03/04/2025', out: ['2025-04-03', '2025-03-04'] },
    { input: '03/12/2025', out: ['2025-12-03', '2025-03-12'] },
    { input: '3-4-2025', out: ['2025-04-03', '2025-03-04'] },
    { input: '12/11/2025 10:30', out: ['2025-11-12', '2025-12-11'] },
  ])('$input is ambiguous', ({ input, out: [dayFirst, monthFirst] }) => {
    expect(readDate(input, 'UTC')).toEqual({
      kind: 'bad',
      ambiguous: true,
      reason: `the day or the month can come first; write ${dayFirst} or ${monthFirst}`,
    });
  });

  test.each([
    { input: '03/03/2025', out: '2025-03-03T00:00:00Z' },
    { input: '13/04/2025', out: '2025-04-13T00:00:00Z' },
    { input: '04/13/2025', out: '2025-04-13T00:00:00Z' },
    { input: '03.04.2025', out: '2025-04-03T00:00:00Z' },
  ])('$input → $out', ({ input, out }) => {
    expect(read(input)).toBe(out);
  });
});

describe('other text is not a date', () => {
  test.each([
    '',
    ' ',
    'soon',
    'Today',
    'May',
    'March',
    'May 2025',
    'February 25',
    '25',
    '2025',
    '2025-02',
    'Tuesday',
    '10:30',
    '10:30 a.m.',
    'noon',
    'On February 25, 2025 the council met.',
    'The council met on February 25, 2025',
    'February 25, 2025 was a Tuesday',
    'February 25–26, 2025',
    'Feb 25, 25',
    '03/04/25',
    'Section 3.1.2025a',
    '3.1.2025a',
    'v1.2.2025',
    '192.168.2025',
    '555-123-4567',
    '+1 555 123 4567',
    '+49 30 1234567',
    '5551212',
    '55512120',
    '12345678',
    '20251234',
    '2025999',
    '5551234567',
    '202502-25',
    '2025-0225',
    '2025-02-25-05',
    'Mayor 25, 2025',
    'Marching 5, 2025',
    'February 25, 2025 soon',
    'http://publisher.example/2025/02/25',
    `${'February 25, 2025'.padStart(101)}`,
  ])('%j', (input) => {
    expect(readDate(input, 'UTC')).toBeUndefined();
  });
});

test('a moment as programs write it is read as it is with an offset of nothing', () => {
  const upTo = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
  const fraction = fc.constantFrom('', '.5', '.999999999');
  const year = fc.constantFrom('0000', '0001', '1969', '2023', '2024', '9999');
  fc.assert(
    fc.property(
      ...([year, upTo(13), upTo(32), upTo(25), upTo(61), upTo(61), fraction] as const),
      (y, m, d, hour, minute, second, f) => {
        const moment = `${y}-${m}-${d}T${hour}:${minute}:${second}${f}`;
        expect(read(`${moment}Z`)).toBe(read(`${moment}+00:00`));
      },
    ),
    { numRuns: propertyRuns(5000) },
  );
});

describe('instantOf', () => {
  test.each([
    { input: 0, out: '1970-01-01T00:00:00Z' },
    { input: 1999, out: '1970-01-01T00:00:01Z' },
    { input: -62_135_596_800_000, out: '0001-01-01T00:00:00Z' },
    { input: -62_135_596_800_001, out: undefined },
    { input: 253_402_300_799_999, out: '9999-12-31T23:59:59Z' },
    { input: 253_402_300_800_000, out: undefined },
    { input: Number.NaN, out: undefined },
  ])('$input → $out', ({ input, out }) => {
    expect(instantOf(input)).toBe(out);
  });
});

describe('localDateTime writes what readDate reads back', () => {
  test.each([
    { zone: 'UTC', out: '2025-07-01T08:30:00Z' },
    { zone: 'Europe/Berlin', out: '2025-07-01T10:30:00+02:00' },
    { zone: 'America/St_Johns', out: '2025-07-01T06:00:00-02:30' },
    { zone: 'Asia/Kathmandu', out: '2025-07-01T14:15:00+05:45' },
  ])('$zone → $out', ({ zone, out }) => {
    const written = localDateTime(Date.UTC(2025, 6, 1, 8, 30, 0, 123), zone);
    expect([written, read(written, 'Asia/Tokyo')]).toEqual([out, '2025-07-01T08:30:00Z']);
  });
});

test('a day is read as the calendar has it', () => {
  const upTo = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
  fc.assert(
    fc.property(
      fc.constantFrom('0000', '0001', '0099', '1900', '2000', '2023', '2024', '9999'),
      upTo(13),
      upTo(32),
      (year, month, day) => {
        const written = `${year}-${month}-${day}`;
        const moment = new Date(0);
        moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
        const isDay = Number(year) > 0 && moment.toISOString().startsWith(written);
        const reading = readDate(written, 'UTC');
        expect(reading?.kind === 'date' ? reading.instant : undefined).toBe(isDay ? `${written}T00:00:00Z` : undefined);
      },
    ),
    { numRuns: propertyRuns(5000) },
  );
});
