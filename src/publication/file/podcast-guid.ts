/**
 * Computes a podcast's `podcast:guid` from the address of its feed, as Podcasting 2.0 has it: the UUID, version 5, of
 * the address without scheme and trailing strokes.
 *
 * A podcast gets it once and keeps it wherever it moves, so a publisher who moves writes it down first.
 */
export function podcastGuid(feedUrl: string): string {
  const name = feedUrl.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/\/+$/, '');
  const bytes = sha1(Uint8Array.from([...namespace, ...new TextEncoder().encode(name)])).slice(0, 16);
  // RFC 9562 §5.5: version 5, and the variant of §4.1.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return [...bytes]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Podcasting 2.0's namespace of podcasts: ead4c236-bf58-58c6-a2c6-a6b28d128cb6. */
const namespace = [
  0xea, 0xd4, 0xc2, 0x36, 0xbf, 0x58, 0x58, 0xc6, 0xa2, 0xc6, 0xa6, 0xb2, 0x8d, 0x12, 0x8c, 0xb6,
];

/** FIPS 180-4 §6.1. Web Crypto has it only asynchronously, and a publication file is read at once. */
function sha1(message: Uint8Array): Uint8Array {
  const padded = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64));
  message.forEach((byte, i) => {
    padded.setUint8(i, byte);
  });
  padded.setUint8(message.length, 0x80);
  padded.setUint32(padded.byteLength - 4, message.length * 8);
  const sum = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Uint32Array(80);
  for (let block = 0; block < padded.byteLength; block += 64) {
    for (let t = 0; t < 80; t++)
      words[t] = t < 16 ? padded.getUint32(block + t * 4) : rotate(mixed(words, t), 1);
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = sum;
    words.forEach((word, t) => {
      const [choice, constant] = round(t, b, c, d);
      [a, b, c, d, e] = [(rotate(a, 5) + choice + e + constant + word) >>> 0, a, rotate(b, 30), c, d];
    });
    [a, b, c, d, e].forEach((part, i) => {
      sum[i] = (sum[i] ?? 0) + part;
    });
  }
  const digest = new DataView(new ArrayBuffer(20));
  sum.forEach((part, i) => {
    digest.setUint32(i * 4, part);
  });
  return new Uint8Array(digest.buffer);
}

function mixed(words: Uint32Array, t: number): number {
  return (words[t - 3] ?? 0) ^ (words[t - 8] ?? 0) ^ (words[t - 14] ?? 0) ^ (words[t - 16] ?? 0);
}

function round(t: number, b: number, c: number, d: number): readonly [choice: number, constant: number] {
  if (t < 20) return [(b & c) ^ (~b & d), 0x5a827999];
  if (t < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (t < 60) return [(b & c) ^ (b & d) ^ (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
