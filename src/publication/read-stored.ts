import {
  blocksInNode,
  hashOf,
  type Ref,
  type StoredBlock,
  type StoredNode,
  type StoredRun,
  type StoredTable,
} from './stored.ts';

/** Reads a stored object, parsed from JSON; rejects if it is missing. */
export type ReadObject = (ref: Ref) => Promise<unknown>;

/** Finds the value of a key in a table. */
export async function findInTable<T>(read: ReadObject, table: Ref, key: string): Promise<T | undefined> {
  const hash = hashOf(key);
  let part = (await read(table)) as StoredTable<T>;
  for (let digit = 0; 'parts' in part; digit++) {
    const next = part.parts[hash.charAt(digit)];
    if (next === undefined) return undefined;
    part = (await read(next)) as StoredTable<T>;
  }
  return Object.hasOwn(part.leaf, key) ? part.leaf[key] : undefined;
}

/** Lists all entries of a table, in any order. */
export async function listTable<T>(read: ReadObject, table: Ref): Promise<(readonly [string, T])[]> {
  const part = (await read(table)) as StoredTable<T>;
  if ('leaf' in part) return Object.entries(part.leaf);
  const parts = await Promise.all(Object.values(part.parts).map((ref) => listTable<T>(read, ref)));
  return parts.flat();
}

/** Reads the block with this number, counted from 1, the oldest. */
export async function readBlock(read: ReadObject, run: StoredRun, number: number): Promise<StoredBlock> {
  let ref: Ref | undefined = run.blocks;
  for (let level = run.depth - 1; level >= 0; level--) {
    const node = (await read(ref)) as StoredNode;
    ref = node[Math.floor((number - 1) / blocksInNode ** level) % blocksInNode];
    if (ref === undefined) throw new Error(`block ${number} is missing`);
  }
  return (await read(ref)) as StoredBlock;
}
