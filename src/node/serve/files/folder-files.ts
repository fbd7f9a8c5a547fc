import { isRecording } from '../../../article/media-types.ts';
import { answerFile } from '../../../http/response/answer-file.ts';
import { hashFile } from '../../disk/hash-file.ts';
import { requireInside } from '../../disk/inside.ts';
import type { ServedFile } from '../../disk/served-file.ts';
import { streamFile } from '../../disk/stream-file.ts';
import { readFirstMinute } from '../../folder/files/first-minute.ts';

interface Hashed {
  /** Changes whenever the file is written. */
  readonly stamp: string;
  readonly hash: Promise<string>;
  /** Bytes of a recording with which a minute of it can be played, if known. */
  readonly minute: number | undefined;
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
    const { hash, minute } = this.#hashed(served, check);
    const etag = `"${await hash}"`;
    return answerFile(
      request,
      { type, length, minute, etag, stream: (start, end) => streamFile(file, start, end, check) },
      ttl,
    );
  }

  #hashed({ dir, file, type, length, mtimeMs, ctimeMs }: ServedFile, check: (descriptor: number) => void): Hashed {
    const stamp = `${mtimeMs}-${ctimeMs}-${length}`;
    const known = this.#hashes.get(file);
    if (known?.stamp === stamp) return known;
    const hash = hashFile(file, length, check);
    if (this.#hashes.size >= hashesLimit) this.#hashes.clear();
    const minute = isRecording({ type }) ? readFirstMinute(dir, file, length) : undefined;
    const hashed = { stamp, hash, minute };
    this.#hashes.set(file, hashed);
    hash.catch(() => this.#hashes.delete(file));
    return hashed;
  }
}
