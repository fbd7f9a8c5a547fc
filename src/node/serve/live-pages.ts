import type { IncomingMessage } from 'node:http';

/** Answers a request; `incoming` is the request as Node.js has it. */
export type Fetch = (
  request: Request,
  env?: { readonly incoming?: IncomingMessage },
) => Response | Promise<Response>;

/** Pages that a browser on this machine shows, and that load themselves again when told. */
export interface LivePages {
  /** Answers what pages ask for to be told of changes, and changes the app's answers for them. */
  readonly fetch: Fetch;
  /** Tells the pages that are open. */
  reload(): void;
  /** Lets the pages go and takes no more. */
  close(): void;
}

const scriptPath = '/_live.js';
const eventsPath = '/_events';
/** How many pages are told at once: browsers open six connections to a host, and need some to load a page. */
const pagesLimit = 4;
/** How soon the others ask again, in milliseconds. */
const askAgain = 1000;
/** How often a page is written to, in milliseconds, so that a connection that is gone is noticed. */
const heartbeat = 20_000;

/**
 * Makes pages reload themselves when the publication changes. Published documents stay as they are: only a browser on
 * this machine that shows a page is answered in another way, by a script that the page is given on its way out.
 */
export function livePages(app: Fetch): LivePages {
  const open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();
  // A page that was there before this server must not think that it is up to date.
  const start = Date.now().toString(36);
  let edition = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const version = (): string => `${start}-${edition}`;
  const write = (text: string): void => {
    for (const page of open) page.enqueue(encoder.encode(text));
  };
  const letGo = (page: ReadableStreamDefaultController<Uint8Array>): void => {
    open.delete(page);
    if (open.size === 0) clearInterval(timer);
  };
  const events = (url: URL): Response => {
    // The one status at which a browser does not ask again (HTML §9.2.3).
    if (isClosed) return new Response(null, { status: 204 });
    const isOld = url.searchParams.get('since') !== version();
    const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };
    if (open.size >= pagesLimit)
      return new Response(isOld ? reloadEvent : `retry: ${askAgain}\n\n`, { headers });
    let page: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        page = controller;
        if (open.size === 0) timer = setInterval(() => write(':\n\n'), heartbeat).unref();
        open.add(controller);
        controller.enqueue(encoder.encode(isOld ? reloadEvent : ':\n\n'));
      },
      cancel: () => {
        if (page !== undefined) letGo(page);
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
    if (destination !== 'document') return unhurried(await app(request, env));
    const answer = await app(whole(request), env);
    if (answer.headers.get('Content-Type')?.startsWith('text/html') !== true) return app(request, env);
    return withScript(answer, url, before);
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
        letGo(page);
      }
    },
  };
}

/** Tells whether whoever looks does so on this machine and not through a proxy that stands on it. */
function isOnThisMachine({ hostname }: URL, incoming: IncomingMessage | undefined): boolean {
  const isLoopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  const fields = incoming?.headers ?? {};
  // A proxy may keep silent, but then it speaks HTTP/1.0 mostly, which no browser does.
  const isRelayed = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some(
    (name) => fields[name] !== undefined,
  );
  return isLoopback && !isRelayed && incoming?.httpVersion !== '1.0';
}

/** The same request from a browser that has nothing yet and takes no codings. */
function whole(request: Request): Request {
  const headers = new Headers(request.headers);
  for (const name of ['If-None-Match', 'If-Modified-Since', 'Accept-Encoding', 'Range']) headers.delete(name);
  return new Request(request.url, { headers });
}

/** Pictures and styles stay in a browser's memory over a reload, unless it has to ask whether they changed. */
function unhurried(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set('Cache-Control', 'no-cache');
  return new Response(answer.body, { status: answer.status, headers });
}

/** Adds the script, which pages may run as it is the site's own, and allows it the one address that it asks. */
async function withScript(answer: Response, { origin }: URL, version: string): Promise<Response> {
  const tag = `<script src="${scriptPath}?since=${version}"></script>`;
  const connect = `; connect-src ${origin}${eventsPath}`;
  const page = (await answer.text())
    .replace(/<meta http-equiv="Content-Security-Policy" content="[^"]*/, (policy) => policy + connect)
    .replace('</head>', () => `${tag}</head>`);
  const headers = new Headers(answer.headers);
  for (const name of ['ETag', 'Last-Modified', 'Content-Length']) headers.delete(name);
  headers.set('Cache-Control', 'no-store');
  const policy = headers.get('Content-Security-Policy');
  if (policy !== null) headers.set('Content-Security-Policy', policy + connect);
  return new Response(page, { status: answer.status, headers });
}

const reloadEvent = 'event: reload\ndata:\n\n';

/** A page that nobody sees holds no connection. */
const script = `const { searchParams } = new URL(document.currentScript.src);
let events;
const follow = () => {
  events?.close();
  if (document.hidden) return;
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
