import { createHash } from 'node:crypto';
import { streamFile } from './stream-file.ts';

/**
 * Returns the first half of the SHA-256 of a file of `length` bytes, in hexadecimal digits. Passes its descriptor to
 * `check`, which throws if the file must not be read.
 */
export async function hashFile(file: string, length: number, check?: (descriptor: number) => void): Promise<string> {
  const hash = createHash('sha256');
  if (length > 0) for await (const part of streamFile(file, 0, length - 1, check)) hash.update(part);
  return hash.digest('hex').slice(0, 32);
}
