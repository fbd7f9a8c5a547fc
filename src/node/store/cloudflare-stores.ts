import type { Bytes, WriteStore } from '../../store/store.ts';
import { forEachConcurrently } from '../terminal/progress.ts';
import { type Account, callApi, listAll, readAnswer } from './cloudflare-api.ts';
import { replaceUnguarded } from './replace-unguarded.ts';

/** Opens a KV namespace of an account, by its id. */
export function kvStore(account: Account, id: string): WriteStore {
  const path = `storage/kv/namespaces/${encodeURIComponent(id)}`;
  const upload = async (pairs: readonly Pair[]): Promise<void> => {
    const headers = { 'Content-Type': 'application/json' };
    const response = await callApi(account, `${path}/bulk`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(pairs),
    });
    const { success, result } = await readAnswer<BulkResult | null>(response, path);
    const failed = result?.unsuccessful_keys ?? [];
    if (!success || failed.length > 0)
      throw new Error(`KV namespace ${id} rejected ${failed.length || pairs.length} of the objects`);
  };
  const store: WriteStore = {
    name: `KV namespace ${id}`,
    takesFiles: false,
    listsFast: false,
    list: async (prefix) => {
      const found = await listAll<{ name: string }>(account, `${path}/keys`, { prefix, limit: '1000' });
      return new Map(found.map(({ name }) => [name, undefined]));
    },
    get: (key) => getValue(account, `${path}/values/${encodeURIComponent(key)}`),
    put: async (keys, read, onProgress) => {
      let done = 0;
      let pairs: Pair[] = [];
      let size = 0;
      const send = async (): Promise<void> => {
        await upload(pairs);
        done += pairs.length;
        onProgress?.(done, keys.length);
        pairs = [];
        size = 0;
      };
      for (const key of keys) {
        const value = Buffer.from(await read(key)).toString('base64');
        if (pairs.length === bulkKeys || size + value.length > bulkSize) await send();
        pairs.push({ key, value, base64: true });
        size += value.length;
      }
      if (pairs.length > 0) await send();
    },
    replace: (key, content, before) => replaceUnguarded(store, key, content, before),
    remove: async (keys) => {
      for (let start = 0; start < keys.length; start += bulkKeys) {
        const body = JSON.stringify(keys.slice(start, start + bulkKeys));
        const headers = { 'Content-Type': 'application/json' };
        await callApi(account, `${path}/bulk/delete`, { method: 'POST', headers, body });
      }
    },
    close: async () => {},
  };
  return store;
}

/** A value that KV decodes from base64, since a request of JSON can't hold bytes. */
interface Pair {
  readonly key: string;
  readonly value: string;
  readonly base64: true;
}

interface BulkResult {
  readonly unsuccessful_keys?: readonly string[];
}

/** KV accepts 10,000 pairs and 100 MB per request. */
const bulkKeys = 5000;
const bulkSize = 20_000_000;

/** Opens an R2 bucket of an account, by its name. */
export function r2Store(account: Account, bucket: string): WriteStore {
  const path = `r2/buckets/${encodeURIComponent(bucket)}/objects`;
  const store: WriteStore = {
    name: `R2 bucket ${bucket}`,
    takesFiles: false,
    listsFast: false,
    list: async (prefix) => {
      const found = await listAll<{ key: string; size?: number }>(account, path, { prefix, per_page: '1000' });
      return new Map(found.map(({ key, size }) => [key, size]));
    },
    get: (key) => getValue(account, `${path}/${key}`),
    put: (keys, read, onProgress) =>
      forEachConcurrently(
        keys,
        parallelUploads,
        async (key) => {
          const headers = { 'Content-Type': 'application/octet-stream' };
          const body = await read(key);
          const response = await callApi(account, `${path}/${key}`, { method: 'PUT', headers, body });
          if (response.status === 404) throw new Error(`Cloudflare has no R2 bucket ${bucket}`);
        },
        onProgress,
      ),
    replace: (key, content, before) => replaceUnguarded(store, key, content, before),
    remove: (keys) =>
      forEachConcurrently(keys, parallelUploads, async (key) => {
        await callApi(account, `${path}/${key}`, { method: 'DELETE' });
      }),
    close: async () => {},
  };
  return store;
}

const parallelUploads = 8;

async function getValue(account: Account, path: string): Promise<Bytes | undefined> {
  const response = await callApi(account, path);
  return response.status === 404 ? undefined : new Uint8Array(await response.arrayBuffer());
}
