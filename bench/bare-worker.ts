/** The peer of the worker at the edge: an app on Hono that reads the same objects and sends a recorded answer. */
import { Hono } from 'hono';

export interface RecordedAnswer {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  /** Base64; `null` for an answer without a body. */
  readonly body: string | null;
  /** Paths of the assets that are read first, as for a document that is not in memory. */
  readonly reads: readonly string[];
  /** Bytes that are then stored in the cache of the data center. */
  readonly stored: number;
}

interface Bindings {
  readonly ANSWERS: Readonly<Record<string, RecordedAnswer>>;
  readonly ASSETS: { fetch(url: string): Promise<Response> };
}

declare const caches: {
  readonly default: { match(url: string): Promise<unknown>; put(url: string, response: Response): Promise<void> };
};

const app = new Hono<{ Bindings: Bindings }>();
const bodies = new WeakMap<RecordedAnswer, Uint8Array<ArrayBuffer> | null>();

app.get('*', ({ req, env, executionCtx }): Response | Promise<Response> => {
  const answer = env.ANSWERS[req.path];
  if (answer === undefined) return new Response(null, { status: 404 });
  const respond = (): Response => {
    const { status, fields } = answer;
    return new Response(bodyOf(answer), { status, headers: fields, encodeBody: 'manual' } as ResponseInit);
  };
  if (answer.reads.length === 0) return respond();
  return readAll(answer, env).then<Response>(() => {
    const stored = new Response(new Uint8Array(answer.stored), { headers: { 'Cache-Control': 'max-age=604800' } });
    executionCtx.waitUntil(caches.default.put(`https://bench.example${req.path}`, stored));
    return respond();
  });
});

export default app;

async function readAll({ reads }: RecordedAnswer, { ASSETS }: Bindings): Promise<void> {
  await caches.default.match('https://bench.example/');
  for (const path of reads) await (await ASSETS.fetch(`https://assets.invalid/${path}`)).arrayBuffer();
}

function bodyOf(answer: RecordedAnswer): Uint8Array<ArrayBuffer> | null {
  let bytes = bodies.get(answer);
  if (bytes === undefined) {
    bytes = answer.body === null ? null : Uint8Array.from(atob(answer.body), (character) => character.charCodeAt(0));
    bodies.set(answer, bytes);
  }
  return bytes;
}
