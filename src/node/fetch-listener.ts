import type { RequestListener } from 'node:http';
import { once } from '../article/once.ts';
import type { Fetch } from './serve/live-pages.ts';

/** What answers Node's requests, and what loads all that this takes, which the first request does otherwise. */
export interface FetchListener {
  readonly listener: RequestListener;
  readonly load: () => Promise<unknown>;
}

/**
 * Makes what answers requests by `fetch`. What turns Node's requests into those of the web is not loaded before, since with it comes
 * all of Node's own `fetch`, which takes as long as half of the other modules.
 */
export function fetchListener(fetch: Fetch): FetchListener {
  const load = once(async () => {
    const { getRequestListener } = await import('@hono/node-server');
    // Clients of HTTP/1.0 name no host, and no answer depends on it.
    return getRequestListener((request, env) => fetch(request, env as Parameters<Fetch>[1]), {
      hostname: 'localhost',
    });
  });
  return { load, listener: async (incoming, outgoing) => (await load())(incoming, outgoing) };
}
