import { bundleWorker } from '../edge/workerd.ts';
import { type Files, makeFolder } from '../node/temporary-folder.ts';
import { type Target, targets } from './targets.ts';

/** Node servers and a worker on the same folder. */
export interface OpenTargets {
  readonly all: readonly Target[];
  close(): Promise<unknown>;
}

/**
 * Opens a folder that changes at a moment, on Node and in workerd, with time left before that moment: on a slow machine
 * again, for a later one.
 */
export async function openBefore(files: (moment: string) => Files): Promise<OpenTargets> {
  await bundleWorker();
  for (let seconds = 5; ; seconds *= 2) {
    const moment = `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`;
    const dir = makeFolder(files(moment));
    const all: Target[] = [];
    for (const name of ['a Node server', 'a Node server of a store', 'a worker in workerd'] as const)
      all.push(await targets[name](dir));
    const close = () => Promise.all(all.map((target) => target.close()));
    if (Date.now() < Date.parse(moment) - 2000) return { all, close };
    await close();
  }
}
