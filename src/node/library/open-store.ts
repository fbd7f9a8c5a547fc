import type { FileStore } from '../../store/store.ts';
import { openServedStore } from '../store/open-store.ts';

/**
 * Opens a store that `dateline publish` filled, to read it: a folder, or `s3://bucket` with the environment variables
 * of the AWS command line.
 *
 * @example createApp(storedPublication(openStore('s3://news'), { recheck: 10_000 }));
 */
export function openStore(name: string): FileStore {
  return openServedStore({ kind: name.startsWith('s3://') ? 's3' : 'folder', id: name });
}
