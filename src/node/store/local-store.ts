import { omitUndefined } from '../../article/omit-undefined.ts';
import type { WriteStore } from '../../store/store.ts';
import { forEachConcurrently } from '../terminal/progress.ts';
import { replaceUnguarded } from './replace-unguarded.ts';

/** Opens a store of `wrangler dev` on this machine, by the name of its binding in wrangler.toml. */
export async function localStore(kind: 'kv' | 'r2'): Promise<WriteStore> {
  const binding = kind.toUpperCase();
  const { env, dispose } = await openWrangler();
  const store = env[binding];
  if (store === undefined) {
    await dispose();
    throw new Error(`wrangler.toml binds no "${binding}"; uncomment the lines of that store`);
  }
  return boundStore(`the local ${binding}`, store, dispose);
}

/** Wraps a worker's binding to a KV namespace or an R2 bucket as a store. */
export function boundStore(name: string, store: BoundStore, close: () => Promise<void>): WriteStore {
  const opened: WriteStore = {
    name,
    takesFiles: false,
    listsFast: false,
    list: async (prefix) => {
      const keys = new Map<string, number | undefined>();
      let cursor: string | undefined;
      do {
        const found: Listed = await store.list(omitUndefined({ prefix, cursor }));
        for (const { name, key, size } of found.keys ?? found.objects ?? []) keys.set(name ?? key ?? '', size);
        cursor = found.cursor;
      } while (cursor !== undefined && cursor !== '');
      return keys;
    },
    get: async (key) => {
      const found = await store.get(key, { type: 'arrayBuffer' });
      if (found === null) return undefined;
      return new Uint8Array(found instanceof ArrayBuffer ? found : await found.arrayBuffer());
    },
    put: (keys, read, onProgress) =>
      forEachConcurrently(
        keys,
        8,
        async (key) => {
          await store.put(key, (await read(key)).buffer);
        },
        onProgress,
      ),
    replace: (key, content, before) => replaceUnguarded(opened, key, content, before),
    remove: (keys) =>
      forEachConcurrently(keys, 8, async (key) => {
        await store.delete(key);
      }),
    close,
  };
  return opened;
}

/** The part of the interface of KV namespaces and R2 buckets that is used here. */
export interface BoundStore {
  list(options: { prefix: string; cursor?: string }): Promise<Listed>;
  /** KV returns the bytes; R2 ignores the type and returns an object. */
  get(
    key: string,
    options: { readonly type: 'arrayBuffer' },
  ): Promise<ArrayBuffer | { arrayBuffer(): Promise<ArrayBuffer> } | null>;
  delete(key: string): Promise<unknown>;
  put(key: string, value: ArrayBuffer): Promise<unknown>;
}

interface Listed {
  /** From KV. */
  readonly keys?: readonly Named[];
  /** From R2. */
  readonly objects?: readonly Named[];
  readonly cursor?: string;
}

interface Named {
  readonly name?: string;
  readonly key?: string;
  readonly size?: number;
}

interface Wrangler {
  readonly env: Readonly<Record<string, BoundStore>>;
  readonly dispose: () => Promise<void>;
}

/** Loads wrangler, which is not a dependency: only those who deploy need it, and they have it. */
async function openWrangler(): Promise<Wrangler> {
  let wrangler: typeof import('wrangler');
  try {
    wrangler = await import('wrangler');
  } catch {
    throw new Error('--local needs wrangler: npm install --save-dev wrangler');
  }
  return (await wrangler.getPlatformProxy({ remoteBindings: false })) as unknown as Wrangler;
}
