import type { Server, ServerResponse } from 'node:http';
import { type AddressInfo, type Socket, Server as SocketServer } from 'node:net';

/** Where a server is to listen. */
export interface Place {
  /** 0 for any free one. */
  readonly port: number;
  readonly host: string;
}

/** Has a server listen; rejects with what to do where it can't. */
export function listen(server: Server, place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(inWords(error, place));
    server.once('error', fail);
    server.listen(place.port, place.host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

/** The address a person can open: the wildcard addresses stand for this machine. */
export function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}

/** Says what the system says of an address in a few letters. */
function inWords(error: NodeJS.ErrnoException, { port, host }: Place): Error {
  const unknown = `there is no address for ${host}; choose another by --host`;
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} at ${host} is taken, perhaps by another "dateline serve"; choose another by --port, or any free one by --port 0`,
    EACCES: `port ${port} is not open to this user; choose one from 1024 on by --port`,
    EADDRNOTAVAIL: `${host} is no address of this machine; choose another by --host`,
    ENOTFOUND: unknown,
    EAI_AGAIN: unknown,
  };
  const message = words[error.code ?? ''];
  return message === undefined ? error : new Error(message, { cause: error });
}

/** What a client may take of the server: times in milliseconds, sizes in bytes. */
export interface Limits {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionsCheckingInterval: number;
  readonly maxHeaderSize: number;
  /** How long a reader may take nothing of its answer. */
  readonly stallTimeout: number;
}

/** Feeds are asked for by short requests without a body, so a client that needs longer for one is slow on purpose. */
export const standardLimits: Limits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  // Longer than the usual minute of the proxies in front, so that they, not we, close an idle connection.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
  stallTimeout: 60_000,
};

/** How long answers under way may take once the server closes, in milliseconds. */
const drainTime = 10_000;

/**
 * Follows a server's connections from the start and returns what closes it: it takes no more of them, finishes the
 * answers under way and resolves when the last one is out.
 *
 * The server's own `close` cuts off an answer that is written but still on its way to a slow reader.
 */
export function drainable(server: Server): () => Promise<void> {
  // The last answer that each connection has begun, as far as it has one. Only a look at the end tells whether it is
  // out, so that a poll costs no listener.
  const last = new Map<Socket, ServerResponse | undefined>();
  let isClosing = false;
  server.on('connection', (socket: Socket) => {
    last.set(socket, undefined);
    socket.on('close', () => last.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    last.set(socket, response);
    if (isClosing) endAfter(response, socket);
  });
  // RFC 9112 §9.6: the last answer says so. One that is begun says what it said.
  const endAfter = (response: ServerResponse, socket: Socket): void => {
    response.shouldKeepAlive = false;
    response.on('close', () => endIdle(socket));
  };
  const endIdle = (socket: Socket): void => {
    if (last.get(socket)?.closed !== false) socket.end();
  };
  return () =>
    new Promise((resolve) => {
      isClosing = true;
      const timer = setTimeout(() => {
        for (const socket of last.keys()) socket.destroy();
      }, drainTime);
      SocketServer.prototype.close.call(server, () => {
        clearTimeout(timer);
        resolve();
      });
      for (const [socket, response] of last) {
        if (response === undefined || response.closed) socket.destroy();
        else endAfter(response, socket);
      }
    });
}
