import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Threads } from '../../../src/node/build/parallel/threads.ts';
import { objectPath, objectsFolder } from '../../../src/publication/stored/stored.ts';
import { makeFolder } from '../temporary-folder.ts';

const threads = new Threads();
afterEach(() => threads.close());

/** Ten texts of articles in a file, and where each one is. */
function spool() {
  const file = join(makeFolder(), 'spool');
  writeFileSync(file, Array.from({ length: 10 }, (_, i) => `{"n":${i}}`).join(''));
  return Array.from({ length: 10 }, (_, i) => ({ file, start: i * 7, length: 7 }));
}

describe('threads', () => {
  it.each([
    ['of which each gets batches', 1],
    ['that are not needed for a few batches', 5],
  ])('return what was made of each value, in order: %s', async (_, batchSize) => {
    const folder = makeFolder();
    mkdirSync(join(folder, objectsFolder), { recursive: true });
    let seen = 0;
    const inputOf = (blocks: readonly ReturnType<typeof spool>[]) => ({
      folder,
      blocks: blocks.map((pieces) => ({ pieces })),
    });
    const pieces = spool();
    const blocks = pieces.map((_, i) => pieces.slice(0, i + 1));
    const refs = await threads.map('writeBlocks', blocks, batchSize, inputOf, (output) => {
      seen += output.length;
    });
    expect(seen).toBe(10);
    const texts = refs.map((ref) => gunzipSync(readFileSync(join(folder, objectPath(ref)))).toString());
    expect(texts).toEqual(blocks.map((_, i) => JSON.stringify(Array.from({ length: i + 1 }, (_, n) => ({ n })))));
  });

  it('report an error of the file system with its path', async () => {
    const folder = join(makeFolder(), 'missing');
    const pieces = spool();
    const writing = threads.map('writeBlocks', pieces, 1, (batch) => ({ folder, blocks: [{ pieces: batch }] }));
    await expect(writing).rejects.toMatchObject({ code: 'ENOENT', path: expect.stringContaining(folder) });
  });
});
