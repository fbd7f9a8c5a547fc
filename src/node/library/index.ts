export { type Fetcher, type Listener, listener } from './listener.ts';
export {
  type FolderOptions,
  type OpenFolder,
  openFolder,
  type ServeOptions,
  type Server,
  serve,
} from './open-folder.ts';
export { openStore } from './open-store.ts';
