import type { Server, ServerResponse } from 'node:http';
import { type Socket, Server as SocketServer } from 'node:net';

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
