import type { Hono } from 'hono';
import { createApp } from '../http/app.ts';
import { svgPolicy } from '../http/header-fields.ts';
import { storedFolder } from '../publication/stored.ts';
import { storedPublication } from './stored-publication.ts';

/** What wrangler.toml binds. */
interface Bindings {
  /** The folder that `dateline build` writes for the edge. */
  readonly ASSETS: { fetch(request: Request | URL): Promise<Response> };
}

let app: Hono | undefined;

export default {
  /** Answers a request on Cloudflare Workers. */
  fetch(request: Request, bindings: Bindings): Response | Promise<Response> {
    app ??= makeApp(bindings);
    return app.fetch(request);
  },
};

function makeApp({ ASSETS }: Bindings): Hono {
  const read = async (path: string): Promise<unknown> => {
    const response = await ASSETS.fetch(new URL(path, 'https://assets.invalid/'));
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  };
  const files = async (request: Request): Promise<Response | undefined> => {
    // Stored pages hold articles that are not due yet.
    if (new URL(request.url).pathname.startsWith(`/${storedFolder}/`)) return undefined;
    const response = await ASSETS.fetch(request);
    // Another spelling of a path is redirected to the one under which there is a file; here it is no address.
    if (!response.ok && response.status !== 304 && response.status !== 416) return undefined;
    if (!response.headers.get('Content-Type')?.startsWith('image/svg')) return response;
    const guarded = new Response(response.body, response);
    guarded.headers.set('Content-Security-Policy', svgPolicy);
    return guarded;
  };
  return createApp(storedPublication(read), { files, onError: (error) => console.error(error) });
}
