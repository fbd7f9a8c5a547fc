import { answerFile } from '../../../http/response/answer-file.ts';
import { hashFile } from '../../disk/hash-file.ts';
import { requireInside } from '../../disk/inside.ts';
import type { ServedFile } from '../../disk/served-file.ts';
import { streamFile } from '../../disk/stream-file.ts';

interface Hashed {
  /** Changes whenever the file is written. */
  readonly stamp: string;
  readonly hash: Promise<string>;
}

/** The number of hashes in the cache. */
const hashesLimit = 10_000;

/** Answers with files of the publication's folder, each hashed when it is first requested. */
export class FolderFiles {
  readonly #hashes = new Map<string, Hashed>();

  /** Answers a GET or HEAD. */
  async answer(request: Request, served: ServedFile, ttl: number): Promise<Response> {
    const { dir, file, length, type } = served;
    // Refuses what a link put in its place.
    const check = (descriptor: number): void => requireInside(dir, file, descriptor);
    const etag = `"${await this.#hashOf(served, check)}"`;
    return answerFile(
      request,
      { type, length, etag, stream: (start, end) => streamFile(file, start, end, check) },
      ttl,
    );
  }

  #hashOf({ file, length, mtimeMs, ctimeMs }: ServedFile, check: (descriptor: number) => void): Promise<string> {
    const stamp = `${mtimeMs}-${ctimeMs}-${length}`;
    const known = this.#hashes.get(file);
    if (known?.stamp === stamp) return known.hash;
    const hash = hashFile(file, length, check);
    if (this.#hashes.size >= hashesLimit) this.#hashes.clear();
    this.#hashes.set(file, { stamp, hash });
    hash.catch(() => this.#hashes.delete(file));
    return hash;
  }
}
