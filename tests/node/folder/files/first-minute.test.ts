import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFirstMinute } from '../../../../src/node/folder/files/first-minute.ts';
import { mp3, mp4 } from '../../recordings.ts';
import { makeFolder } from '../../temporary-folder.ts';

function minuteOf(content: Buffer): number | undefined {
  const dir = makeFolder({ recording: content });
  return readFirstMinute(dir, join(dir, 'recording'), content.length);
}

describe('The first minute of a recording', () => {
  it.each<[string, Buffer, number]>([
    ['of 128 kbit/s', mp3({ kbps: 128, seconds: 90 }), 960_000],
    ['of 64 kbit/s', mp3({ kbps: 64, seconds: 90 }), 480_000],
    ['of 320 kbit/s', mp3({ kbps: 320, seconds: 90 }), 2_400_000],
    ['after a tag with a cover', mp3({ kbps: 64, seconds: 90, tag: 300_000 }), 780_000],
    [
      'of a varying bitrate',
      Buffer.concat([mp3({ kbps: 64, seconds: 120, states: true }), Buffer.alloc(960_000)]),
      960_000,
    ],
    ['of half a minute', mp3({ kbps: 64, seconds: 30, tag: 1000 }), 241_000],
    ['of an MP4', mp4(120, 2_000_000), 1_000_000 + 12 + 8 + 48 + 120 + 8],
    ['of an MP4 with its header at the end', mp4(120, 2_000_000, { isLast: true }), 1_000_000 + 12 + 8 + 48 + 120 + 8],
    ['of a long MP4', mp4(600, 6_000_000, { version: 1 }), 600_000 + 12 + 8 + 48 + 120 + 8],
  ])('%s', (_, content, minute) => {
    expect(minuteOf(content)).toBe(minute);
  });

  it('is unknown in another format, a damaged file, and one that is missing', () => {
    expect(minuteOf(Buffer.from('OggS and nothing else'))).toBe(undefined);
    expect(minuteOf(Buffer.alloc(100_000, 0xff))).toBe(undefined);
    expect(minuteOf(mp4(0, 1000))).toBe(undefined);
    expect(readFirstMinute('/nowhere', '/nowhere/a.mp3', 5)).toBe(undefined);
  });

  it('is never longer than the file, whatever it contains', () => {
    const whole = [mp3({ kbps: 64, seconds: 5, tag: 200 }), mp4(70, 3000)];
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(400), fc.nat(255), fc.nat(20_000), (file, at, byte, length) => {
        const content = Buffer.from(file.subarray(0, length));
        if (at < content.length) content[at] = byte;
        const minute = minuteOf(content) ?? 0;
        expect(minute >= 0 && minute <= content.length).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
