import { omitUndefined } from '../../article/omit-undefined.ts';
import { forEachOf } from '../terminal/progress.ts';
import type { EditionStore } from './edition-store.ts';

/** The stores of `wrangler dev` on this machine, by the name of the binding in wrangler.toml. */
export async function localStore(kind: 'kv' | 'r2'): Promise<EditionStore> {
  const binding = kind.toUpperCase();
  const { env, dispose } = await openWrangler();
  const store = env[binding];
  if (store === undefined) {
    await dispose();
    throw new Error(`wrangler.toml binds no "${binding}"; take away the # before the lines of that store`);
  }
  return {
    name: `the local ${binding}`,
    keys: async (prefix) => {
      const keys = new Set<string>();
      let cursor: string | undefined;
      do {
        const found: Listed = await store.list(omitUndefined({ prefix, cursor }));
        for (const { name, key } of found.keys ?? found.objects ?? []) keys.add(name ?? key ?? '');
        cursor = found.cursor;
      } while (cursor !== undefined && cursor !== '');
      return keys;
    },
    get: async (key) => {
      const found = await store.get(key);
      if (found === null) return undefined;
      return typeof found === 'string' ? found : found.text();
    },
    put: (keys, read, onProgress) =>
      forEachOf(
        keys,
        8,
        async (key) => {
          await store.put(key, await read(key));
        },
        onProgress,
      ),
    close: dispose,
  };
}

/** What KV namespaces and R2 buckets have in common, and what is used of it. */
interface LocalStore {
  list(options: { prefix: string; cursor?: string }): Promise<Listed>;
  get(key: string): Promise<string | { text(): Promise<string> } | null>;
  put(key: string, value: string): Promise<unknown>;
}

interface Listed {
  /** Of KV. */
  readonly keys?: readonly Named[];
  /** Of R2. */
  readonly objects?: readonly Named[];
  readonly cursor?: string;
}

interface Named {
  readonly name?: string;
  readonly key?: string;
}

interface Wrangler {
  readonly env: Readonly<Record<string, LocalStore>>;
  readonly dispose: () => Promise<void>;
}

/** Wrangler is no dependency: who deploys has it, and nobody else needs it. */
async function openWrangler(): Promise<Wrangler> {
  let wrangler: typeof import('wrangler');
  try {
    wrangler = await import('wrangler');
  } catch {
    throw new Error('--local needs wrangler: npm install --save-dev wrangler');
  }
  return (await wrangler.getPlatformProxy({ remoteBindings: false })) as unknown as Wrangler;
}
