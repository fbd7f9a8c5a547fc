const bitrates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

export interface Mp3 {
  readonly kbps: number;
  readonly seconds: number;
  /** Bytes of the ID3v2 tag; none by default. */
  readonly tag?: number;
  /** Whether the first frame states their number, as where the bitrate varies. */
  readonly states?: boolean;
}

/** Makes an MP3 of 48 kHz without sound. */
export function mp3({ kbps, seconds, tag = 0, states = false }: Mp3): Buffer {
  const frame = Buffer.alloc(kbps * 3);
  frame.set([0xff, 0xfb, (bitrates.indexOf(kbps) << 4) | 4, 0]);
  const frames = Math.round(seconds / 0.024);
  const first = Buffer.from(frame);
  if (states) {
    // One of the lowest bitrate, as encoders write it.
    first.write('Xing', 36);
    first.writeUInt32BE(1, 40);
    first.writeUInt32BE(frames, 44);
  }
  return Buffer.concat([id3(tag), first, ...Array<Buffer>(frames - 1).fill(frame)]);
}

function id3(length: number): Buffer {
  if (length === 0) return Buffer.alloc(0);
  const tag = Buffer.alloc(length);
  tag.write('ID3');
  tag[3] = 4;
  for (let i = 0; i < 4; i++) tag[9 - i] = ((length - 10) >> (7 * i)) & 127;
  return tag;
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const inner = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(inner.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, inner]);
}

/** Makes an MP4 whose header is before or after its media. */
export function mp4(seconds: number, media: number, { isLast = false, version = 0 } = {}): Buffer {
  const times = Buffer.alloc(112);
  times[0] = version;
  if (version === 0) times.writeUInt32BE(1000, 12);
  if (version === 0) times.writeUInt32BE(seconds * 1000, 16);
  if (version === 1) times.writeUInt32BE(1000, 20);
  if (version === 1) times.writeBigUInt64BE(BigInt(seconds * 1000), 24);
  const moov = box('moov', box('udta', Buffer.alloc(40)), box('mvhd', times));
  const parts = [box('ftyp', Buffer.from('M4A ')), moov, box('mdat', Buffer.alloc(media))];
  return Buffer.concat(isLast ? [...parts.slice(0, 1), ...parts.slice(1).reverse()] : parts);
}
