/** Consecutive words in a shingle. Fewer would match texts that only share phrases. */
const width = 5;
/** Hashes in a sketch. */
const sketchSize = 64;
/** Hashes in a band of a sketch. */
const rows = 4;

/**
 * Hashes each run of five words of a text to 32 bits, in order and with repetitions. Case, punctuation and Markdown
 * marks are ignored. In scripts without spaces, each character counts as a word.
 */
export function shinglesOf(text: string): Uint32Array {
  const words = wordHashes(text);
  const count = Math.max(0, words.length - width + 1);
  const shingles = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let hash = offset;
    for (let j = i; j < i + width; j++) hash = Math.imul(hash ^ (words[j] ?? 0), prime);
    shingles[i] = mixed(hash);
  }
  return shingles;
}

/**
 * Reduces shingles to a sketch: the lowest hash in each of 64 classes. The share of equal hashes in two sketches
 * estimates the share of common shingles (one permutation hashing: Li, Owen, Zhang 2012).
 */
export function sketchOf(shingles: Uint32Array): Uint32Array {
  const sketch = new Uint32Array(sketchSize).fill(0xffffffff);
  for (const hash of shingles) {
    const place = hash & (sketchSize - 1);
    if (hash < (sketch[place] ?? 0)) sketch[place] = hash;
  }
  return sketch;
}

/**
 * Hashes each band of four neighbors in a sketch. Two texts that have 85 % in common share at least one of the 16
 * bands in all but one of 10,000 cases.
 */
export function bandsOf(sketch: Uint32Array): readonly number[] {
  return Array.from({ length: sketchSize / rows }, (_, band) => {
    let hash = Math.imul(offset ^ band, prime);
    for (let i = band * rows; i < (band + 1) * rows; i++) hash = mixed(Math.imul(hash ^ (sketch[i] ?? 0), prime));
    return hash;
  });
}

/** Estimates the similarity of two texts from their sketches, to about 0.05. */
export function estimatedSimilarity(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let i = 0; i < sketchSize; i++) if (a[i] === b[i]) equal++;
  return equal / sketchSize;
}

/** Returns the Jaccard similarity of two sets of shingles, from 0 to 1. */
export function similarity(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let common = 0;
  for (const one of a) if (b.has(one)) common++;
  return common / (a.size + b.size - common || 1);
}

/** FNV-1a. */
const offset = 0x811c9dc5;
const prime = 0x01000193;

function wordHashes(text: string): number[] {
  const words: number[] = [];
  let hash = offset;
  let isPublicPath = false;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 32;
    const isUpper = code >= 65 && code <= 90;
    if (isUpper || isLetter(code)) {
      hash = Math.imul(hash ^ (isUpper ? code | 32 : code), prime);
      isPublicPath = true;
      if (code < firstIdeograph) continue;
    }
    if (isPublicPath) words.push(hash >>> 0);
    hash = offset;
    isPublicPath = false;
  }
  return words;
}

const firstIdeograph = 0x2e80;

function isLetter(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return code >= 0xc0 && !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f);
}

/** Mixes all bits of a hash (the finalizer of MurmurHash3), because the lowest bits choose the class. */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
