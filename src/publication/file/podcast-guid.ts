/**
 * Computes the default `podcast:guid` of a podcast as Podcasting 2.0 specifies it: the UUID, version 5, of the feed's
 * address without its scheme and trailing slashes.
 *
 * A podcast keeps its guid wherever it moves, so a publisher who moves must write it down first.
 */
export function podcastGuid(feedUrl: string): string {
  const name = feedUrl.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/\/+$/, '');
  const bytes = sha1(Uint8Array.from([...namespace, ...new TextEncoder().encode(name)])).slice(0, 16);
  // RFC 9562 §5.5: version 5, and the variant of §4.1.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Podcasting 2.0's namespace of podcasts: ead4c236-bf58-58c6-a2c6-a6b28d128cb6. */
const namespace = [0xea, 0xd4, 0xc2, 0x36, 0xbf, 0x58, 0x58, 0xc6, 0xa2, 0xc6, 0xa6, 0xb2, 0x8d, 0x12, 0x8c, 0xb6];

/**
 * Computes a SHA-1 hash (FIPS 180-4 §6.1). The publication file is part of the public API, which runs on every runtime
 * and reads it synchronously: `node:crypto` is not everywhere, and Web Crypto is asynchronous.
 */
function sha1(message: Uint8Array): Uint8Array {
  const padded = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64));
  new Uint8Array(padded.buffer).set(message);
  padded.setUint8(message.length, 0x80);
  padded.setUint32(padded.byteLength - 4, message.length * 8);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Uint32Array(80);
  const word = (t: number): number => words[t] ?? 0;
  for (let block = 0; block < padded.byteLength; block += 64) {
    for (let t = 0; t < 16; t++) words[t] = padded.getUint32(block + t * 4);
    for (let t = 16; t < 80; t++) words[t] = rotate(word(t - 3) ^ word(t - 8) ^ word(t - 14) ^ word(t - 16), 1);
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let t = 0; t < 80; t++)
      [a, b, c, d, e] = [(rotate(a, 5) + mix(t, b, c, d) + e + word(t)) >>> 0, a, rotate(b, 30), c, d];
    for (const [i, part] of [a, b, c, d, e].entries()) state[i] = (state[i] ?? 0) + part;
  }
  const digest = new DataView(new ArrayBuffer(20));
  for (const [i, part] of state.entries()) digest.setUint32(i * 4, part);
  return new Uint8Array(digest.buffer);
}

/** The function and the constant of round `t` (FIPS 180-4 §4.1.1, §4.2.1). */
function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) ^ (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) ^ (b & d) ^ (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
