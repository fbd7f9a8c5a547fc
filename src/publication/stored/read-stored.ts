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

/** Reads the blocks with these numbers, counted from 1, the oldest. Every object on the way is read once. */
export async function readBlocks(
  read: ReadObject,
  run: StoredRun,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, StoredBlock>> {
  const refs = await findBlocks(read, run, numbers);
  const blocks = await readEach(read, refs);
  return new Map([...refs].map(([number, ref]) => [number, blocks.get(ref) as StoredBlock]));
}

/** Finds the names of the blocks with these numbers. */
export async function findBlocks(
  read: ReadObject,
  run: StoredRun,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Ref>> {
  let refs = new Map<number, Ref>(numbers.map((number) => [number, run.blocks]));
  for (let level = run.depth - 1; level >= 0; level--) {
    const nodes = await readEach(read, refs);
    const childOf = (number: number, ref: Ref): Ref => {
      const child = (nodes.get(ref) as StoredNode)[Math.floor((number - 1) / blocksInNode ** level) % blocksInNode];
      if (child === undefined) throw new Error(`block ${number} is missing`);
      return child;
    };
    refs = new Map([...refs].map(([number, ref]) => [number, childOf(number, ref)]));
  }
  return refs;
}

/** Reads each object once. */
async function readEach(read: ReadObject, refs: ReadonlyMap<number, Ref>): Promise<ReadonlyMap<Ref, unknown>> {
  return new Map(await Promise.all([...new Set(refs.values())].map(async (ref) => [ref, await read(ref)] as const)));
}
