import type { IncomingMessage } from 'node:http';
import { isLocalName, localName } from './preview.ts';

/** Answers a request; `incoming` is the same request in Node's own form. */
export type Fetch = (request: Request, env?: { readonly incoming?: IncomingMessage }) => Response | Promise<Response>;

/** The pages open in browsers on this machine, which reload after changes. */
export interface LivePages {
  /** Answers the pages' requests for events, and adds a script to the app's pages. */
  readonly fetch: Fetch;
  /** Makes the open pages reload. */
  reload(): void;
  /** Disconnects the pages and accepts no more. */
  close(): void;
}

const scriptPath = '/_live.js';
const eventsPath = '/_events';
/** Pages that hold a connection: browsers open six to a host, and need some to load a page. */
const maxPages = 4;
/** Milliseconds after which the other pages ask again. */
const retryDelay = 1000;
/** Milliseconds between writes to a page, which reveal a lost connection. */
const heartbeat = 20_000;

/**
 * Makes pages reload when the publication changes. Published documents stay as they are: only pages for a browser on
 * this machine get a script, added as they are sent.
 */
export function livePages(app: Fetch): LivePages {
  const open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();
  // A page opened before this server started must not count as current.
  const start = Date.now().toString(36);
  let edition = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const version = (): string => `${start}-${edition}`;
  const write = (text: string): void => {
    for (const page of open) page.enqueue(encoder.encode(text));
  };
  const remove = (page: ReadableStreamDefaultController<Uint8Array>): void => {
    open.delete(page);
    if (open.size === 0) clearInterval(timer);
  };
  const events = (url: URL): Response => {
    // The only status after which a browser doesn't reconnect (HTML §9.2.3).
    if (isClosed) return new Response(null, { status: 204 });
    const isOld = url.searchParams.get('since') !== version();
    const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };
    if (open.size >= maxPages) return new Response(isOld ? reloadEvent : `retry: ${retryDelay}\n\n`, { headers });
    let page: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        page = controller;
        if (open.size === 0) timer = setInterval(() => write(':\n\n'), heartbeat).unref();
        open.add(controller);
        controller.enqueue(encoder.encode(isOld ? reloadEvent : ':\n\n'));
      },
      cancel: () => {
        if (page !== undefined) remove(page);
      },
    });
    return new Response(body, { headers });
  };
  const fetch: Fetch = async (request, env) => {
    const url = new URL(request.url);
    if (request.method !== 'GET' || !isOnThisMachine(url, env?.incoming)) return app(request, env);
    if (url.pathname === eventsPath) return events(url);
    if (url.pathname === scriptPath)
      return new Response(script, {
        headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-store' },
      });
    const destination = request.headers.get('Sec-Fetch-Dest');
    if (destination === null || destination === 'empty') return app(request, env);
    const before = version();
    if (destination !== 'document') return revalidated(await app(request, env));
    const answer = await app(unconditional(request), env);
    if (answer.headers.get('Content-Type')?.startsWith('text/html') !== true) return app(request, env);
    return withScript(answer, before);
  };
  return {
    fetch,
    reload: () => {
      edition++;
      write(reloadEvent);
    },
    close: () => {
      isClosed = true;
      for (const page of open) {
        page.close();
        remove(page);
      }
    },
  };
}

/**
 * Reports whether a request comes from a browser on this machine: by the address of the connection too, since anybody
 * can send any name. A proxy on this machine that hides itself looks the same, so live pages are off unless somebody
 * writes; see `--live`.
 */
function isOnThisMachine({ hostname }: URL, incoming: IncomingMessage | undefined): boolean {
  const fields = incoming?.headers ?? {};
  const isProxied = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some(
    (name) => fields[name] !== undefined,
  );
  return isLocalName(hostname) && !isProxied && isOwnConnection(incoming);
}

function isOwnConnection(incoming: IncomingMessage | undefined): boolean {
  const { remoteAddress = '', localAddress } = incoming?.socket ?? {};
  return remoteAddress === localAddress || /^(?:::1|(?:::ffff:)?127\..*)$/.test(remoteAddress);
}

/** The same request without conditions, ranges and content codings. */
function unconditional(request: Request): Request {
  const headers = new Headers(request.headers);
  for (const name of ['If-None-Match', 'If-Modified-Since', 'Accept-Encoding', 'Range']) headers.delete(name);
  return new Request(request.url, { headers });
}

/** A browser keeps pictures and styles over a reload, unless it must revalidate them. */
function revalidated(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set('Cache-Control', 'no-cache');
  return new Response(answer.body, { status: answer.status, headers });
}

/** Adds the script, which the page's policy allows as the site's own. */
async function withScript(answer: Response, version: string): Promise<Response> {
  const tag = `<script src="${scriptPath}?since=${version}"></script>`;
  const page = (await answer.text()).replace('</head>', () => `${tag}</head>`);
  const headers = new Headers(answer.headers);
  for (const name of ['ETag', 'Last-Modified', 'Content-Length']) headers.delete(name);
  headers.set('Cache-Control', 'no-store');
  return new Response(page, { status: answer.status, headers });
}

const reloadEvent = 'event: reload\ndata:\n\n';

/** A hidden page holds no connection, and a page that came through a proxy none at all: it knows its own address. */
const script = `const { searchParams } = new URL(document.currentScript.src);
let events;
const follow = () => {
  events?.close();
  if (document.hidden || !${localName}.test(location.hostname)) return;
  events = new EventSource('${eventsPath}?' + searchParams);
  events.addEventListener('reload', () => {
    events.close();
    location.reload();
  });
};
document.addEventListener('visibilitychange', follow);
addEventListener('pagehide', () => events?.close());
follow();
`;
