import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { workerFile } from '../../package-folder.ts';
import type { Rendered, RenderJob } from './render-article.ts';

/** Characters of a text whose rendering would make requests wait noticeably. */
export const longText = 50_000;
/** Milliseconds in which a long article must be rendered. */
const timeout = 60_000;
/** Milliseconds that a worker without work is kept. */
const idleTime = 5000;

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Renders an article in a worker thread, after those that were asked for before. Rejects if it takes too long or needs
 * too much memory.
 */
export function renderElsewhere(job: RenderJob): Promise<Rendered> {
  const rendered = last.then(() => render(job));
  last = rendered.catch(() => {});
  return rendered;
}

async function render(job: RenderJob): Promise<Rendered> {
  clearTimeout(idle);
  worker ??= new Worker(workerFile('node/folder/render/render-worker.ts'));
  // A process that is about to end waits for no article.
  worker.unref();
  try {
    const answer = once(worker, 'message', { signal: AbortSignal.timeout(timeout) });
    worker.postMessage(job);
    const [rendered] = await answer;
    idle = setTimeout(stop, idleTime).unref();
    return rendered;
  } catch (error) {
    stop();
    if ((error as Error).name !== 'AbortError') throw error;
    throw new Error(`it takes longer than ${timeout / 1000} s; split the article`);
  }
}

function stop(): void {
  void worker?.terminate();
  worker = undefined;
}
