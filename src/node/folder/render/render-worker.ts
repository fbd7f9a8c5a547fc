import { parentPort } from 'node:worker_threads';
import { type RenderJob, renderArticle } from './render-article.ts';

parentPort?.on('message', (job: RenderJob) => parentPort?.postMessage(renderArticle(job)));
