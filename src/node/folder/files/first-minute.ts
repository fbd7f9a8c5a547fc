import { readSync } from 'node:fs';
import { readInside } from '../../disk/inside.ts';

/** Reads a part of a file. */
type Read = (at: number, length: number) => Buffer;

/**
 * Returns the bytes of an MP3 or MP4 file in `dir` with which a minute can be played: its header with the cover, and a
 * minute at its own bitrate (IAB Podcast Measurement §5.5.3). `undefined` for other formats and damaged files.
 */
export function readFirstMinute(dir: string, file: string, length: number): number | undefined {
  try {
    return readInside(dir, file, (descriptor) => {
      const read: Read = (at, size) => {
        const part = Buffer.alloc(size);
        return part.subarray(0, readSync(descriptor, part, 0, size, at));
      };
      const isMp4 = read(4, 4).toString('latin1') === 'ftyp';
      const { header, seconds } = (isMp4 ? readMp4(read, length) : readMp3(read, length)) ?? {};
      if (header === undefined || seconds === undefined || !(seconds > 0) || header > length) return undefined;
      return Math.ceil(header + (length - header) * Math.min(1, 60 / seconds));
    });
  } catch {
    return undefined;
  }
}

/** The bytes before the sound, and the playing time. */
interface Measured {
  readonly header: number;
  readonly seconds: number;
}

/** The first frame must begin within so many bytes after the tag. */
const searchLength = 8192;

/** Measures an MP3: the ID3v2 tag, then the bitrate of the first frame, or the number of frames that it states. */
function readMp3(read: Read, length: number): Measured | undefined {
  const header = id3Length(read(0, 10));
  const sound = read(header, searchLength);
  for (let at = 0; at + 4 <= sound.length; at++) {
    const frame = frameAt(sound, at);
    // Bytes that look like a frame by chance have no other frame behind them.
    if (frame === undefined || frameAt(sound, at + frame.length) === undefined) continue;
    const frames = statedFrames(sound.subarray(at, at + frame.length));
    const seconds = frames === undefined ? ((length - header) * 8) / frame.bitrate : frames * frame.seconds;
    return { header, seconds };
  }
  return undefined;
}

/** Returns the length of an ID3v2 tag (id3v2.4.0 §3.1): seven bits in each byte of its size. */
function id3Length(start: Buffer): number {
  if (start.toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = start.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0);
  const hasFooter = ((start[5] ?? 0) & 16) !== 0;
  return 10 + size + (hasFooter ? 10 : 0);
}

/** Kilobits per second of Layer III, by the index in a frame's header. */
const bitrates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
/** The same for the lower sampling rates of MPEG-2. */
const lowBitrates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const samplingRates = [44_100, 48_000, 32_000];

/** Reads the header of a frame of Layer III (ISO/IEC 11172-3 §2.4.1.3). */
function frameAt(sound: Buffer, at: number) {
  const [sync = 0, kind = 0, rates = 0] = sound.subarray(at, at + 3);
  const version = (kind >> 3) & 3;
  if (sync !== 0xff || (kind & 0xe6) !== 0xe2 || version === 1) return undefined;
  const isFull = version === 3;
  const bitrate = ((isFull ? bitrates : lowBitrates)[rates >> 4] ?? 0) * 1000;
  const rate = (samplingRates[(rates >> 2) & 3] ?? 0) / (isFull ? 1 : version === 2 ? 2 : 4);
  if (bitrate === 0 || rate === 0) return undefined;
  const samples = isFull ? 1152 : 576;
  const length = Math.floor((samples / 8) * (bitrate / rate)) + ((rates >> 1) & 1);
  return { bitrate, length, seconds: samples / rate };
}

/** Returns the number of frames that a first frame without sound states, if the bitrate varies. */
function statedFrames(frame: Buffer): number | undefined {
  const text = frame.toString('latin1');
  const xing = Math.max(text.indexOf('Xing'), text.indexOf('Info'));
  if (xing !== -1) return ((frame[xing + 7] ?? 0) & 1) === 1 ? frame.readUInt32BE(xing + 8) : undefined;
  const vbri = text.indexOf('VBRI');
  return vbri === -1 ? undefined : frame.readUInt32BE(vbri + 14);
}

/** Measures an MP4 (ISO/IEC 14496-12): everything but the media counts as its header, wherever it is. */
function readMp4(read: Read, length: number): Measured | undefined {
  let media = 0;
  let seconds = 0;
  for (const { type, start, end } of boxes(read, 0, length)) {
    if (type === 'mdat') media += end - start;
    if (type !== 'moov') continue;
    for (const inner of boxes(read, start, end))
      if (inner.type === 'mvhd') seconds = playingTime(read(inner.start, 32));
  }
  return media === 0 ? undefined : { header: length - media, seconds };
}

/** Lists the boxes of a part of a file, each with its type and where its content is. */
function* boxes(read: Read, from: number, to: number) {
  for (let at = from, count = 0; at + 8 <= to && count < mostBoxes; count++) {
    const head = read(at, 16);
    const short = head.readUInt32BE(0);
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short;
    const end = at + size;
    if (size < 8 || end > to) return;
    yield { type: head.toString('latin1', 4, 8), start: at + (short === 1 ? 16 : 8), end };
    at = end;
  }
}

/** The most boxes of a recording; a damaged file could have millions. */
const mostBoxes = 1000;

/** Reads the playing time in seconds from the content of a `mvhd`, whose version 1 has longer dates. */
function playingTime(content: Buffer): number {
  return content[0] === 1
    ? Number(content.readBigUInt64BE(24)) / content.readUInt32BE(20)
    : content.readUInt32BE(16) / content.readUInt32BE(12);
}
