import type { FileStore, WriteStore } from '../../store/store.ts';
import { storeTimeout } from '../../store/timeout.ts';
import { accountFrom } from './cloudflare-api.ts';
import { kvStore, r2Store } from './cloudflare-stores.ts';
import { folderStore } from './folder-store.ts';
import { localStore } from './local-store.ts';
import { prefixedStore } from './prefixed-store.ts';
import { s3Store } from './s3-store.ts';
import type { StoreName } from './store-name.ts';

/** Opens a store to publish to. With `isLocal`, it is the one that `wrangler dev` reads on this machine. */
export async function openStore({ prefix, ...name }: StoreName, isLocal: boolean): Promise<WriteStore> {
  const store = await openWhole(name, isLocal);
  return prefix === undefined ? store : prefixedStore(store, prefix);
}

function openWhole({ kind, id }: StoreName, isLocal: boolean): Promise<WriteStore> | WriteStore {
  if (kind === 'folder') return folderStore(id);
  if (kind === 's3') return s3Store(id, process.env);
  if (isLocal) return localStore(kind);
  if (id === '') {
    const which = kind === 'kv' ? 'kv:<namespace id>' : 'r2:<bucket>';
    throw new Error(`--store ${kind} names no store; write ${which}, or add --local`);
  }
  const account = { ...accountFrom(process.env), onPause: pauseReporter() };
  return kind === 'kv' ? kvStore(account, id) : r2Store(account, id);
}

/** A store that a server reads, and its name in messages. */
export type ServedStore = FileStore & Pick<WriteStore, 'name'>;

/** Opens a store to serve from. */
export function openServedStore({ kind, id }: StoreName): ServedStore {
  if (kind === 'folder') return folderStore(id);
  // A reader waits for the answer.
  if (kind === 's3') return s3Store(id, process.env, { timeout: storeTimeout, retries: 1 });
  throw new Error(
    kind === 'r2'
      ? `a server can't read r2:${id} through Cloudflare's API, which allows four requests a second; read the bucket at its S3 address: --store s3://${id || '<bucket>'} with AWS_ENDPOINT_URL`
      : `a server can't read kv:${id} through Cloudflare's API, which allows four requests a second; publish to a folder or to s3://bucket, or deploy the worker`,
  );
}

/** Returns a function that reports a pause of 5 seconds or more, once for all requests that wait at the same time. */
function pauseReporter(): (seconds: number) => void {
  let until = 0;
  return (seconds) => {
    const now = Date.now();
    if (seconds < 5 || now < until) return;
    until = now + seconds * 1000;
    process.stderr.write(`Cloudflare is not accepting requests; trying again in ${Math.ceil(seconds)} seconds\n`);
  };
}
