import type { Server, ServerResponse } from 'node:http';
import { type AddressInfo, type Socket, Server as SocketServer } from 'node:net';

/** Where a server listens. */
export interface ListenAddress {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
}

/** Starts to listen. Rejects with an error that says what to do; `option` sets both the host and the port. */
export function listen(server: Server, address: ListenAddress, option?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(describeError(error, address, option));
    server.once('error', fail);
    server.listen(address.port, address.host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

/** The URL to open in a browser; a wildcard host becomes `localhost`. */
export function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = isWildcard(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}

/** Throws if a server without a public address listens to all machines: its feeds would link to `localhost`. */
export function requireLinkable(host: string, url: string): void {
  if (!isWildcard(host)) return;
  throw new Error(
    `other machines reach this server by --host ${host}, but its feeds would link to ${url}; set "url" in publication.yaml or the environment's SITE_URL to the public address`,
  );
}

function isWildcard(host: string): boolean {
  return /^(?:0+(?:\.0+){0,3}|\[?(?:::|(?:0+:){7}0+)\]?)$/.test(host);
}

/** Replaces a system error code by a message that says what to do. */
function describeError(error: NodeJS.ErrnoException, { port, host }: ListenAddress, option?: string): Error {
  const [byHost, byPort] = [option ?? '--host', option ?? '--port'];
  const anyPort = option === undefined ? ', or any free one by --port 0' : '';
  const unknown = `there is no address for ${host}; choose another by ${byHost}`;
  const messages: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} at ${host} is taken, perhaps by another "dateline serve"; choose another by ${byPort}${anyPort}`,
    EACCES: `this user may not open port ${port}; choose 1024 or above by ${byPort}`,
    EADDRNOTAVAIL: `${host} is not an address of this machine; choose another by ${byHost}`,
    ENOTFOUND: unknown,
    EAI_AGAIN: unknown,
  };
  const message = messages[error.code ?? ''];
  return message === undefined ? error : new Error(message, { cause: error });
}

/**
 * Limits on what a client may use: times in milliseconds, sizes in bytes. Requests for feeds are short and have no
 * body, so a client that needs longer is slow on purpose.
 */
export const standardLimits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  // Longer than the usual minute of proxies, so that they close an idle connection first.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
  /** How long a client may leave a response unread. */
  stallTimeout: 60_000,
};

export type Limits = Readonly<typeof standardLimits>;

/** Milliseconds that pending responses may take after the server closes. */
const drainTimeout = 10_000;

/**
 * Tracks a server's connections and returns the function that closes it: it refuses new connections, finishes the
 * pending responses and resolves when the last one is sent.
 *
 * The server's own `close` cuts off a response that is written but not yet received by a slow client.
 */
export function trackConnections(server: Server): () => Promise<void> {
  // The last response begun on each connection. Whether it is sent is checked only when the server closes, so that a
  // poll costs no listener.
  const lastResponses = new Map<Socket, ServerResponse | undefined>();
  let isClosing = false;
  server.on('connection', (socket: Socket) => {
    lastResponses.set(socket, undefined);
    socket.on('close', () => lastResponses.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    lastResponses.set(socket, response);
    if (isClosing) closeAfter(response, socket);
  });
  // RFC 9112 §9.6: the last response says so, unless its header is already sent.
  const closeAfter = (response: ServerResponse, socket: Socket): void => {
    response.shouldKeepAlive = false;
    response.on('close', () => closeIdle(socket));
  };
  const closeIdle = (socket: Socket): void => {
    if (lastResponses.get(socket)?.closed !== false) socket.end();
  };
  return () =>
    new Promise((resolve) => {
      isClosing = true;
      const timer = setTimeout(() => {
        for (const socket of lastResponses.keys()) socket.destroy();
      }, drainTimeout);
      SocketServer.prototype.close.call(server, () => {
        clearTimeout(timer);
        resolve();
      });
      for (const [socket, response] of lastResponses) {
        if (response === undefined || response.closed) socket.destroy();
        else closeAfter(response, socket);
      }
    });
}
