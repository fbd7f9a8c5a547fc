import type { Server } from 'node:http';
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
  const underWay = new Map<Socket, number>();
  let isClosing = false;
  server.on('connection', (socket: Socket) => {
    underWay.set(socket, 0);
    socket.on('close', () => underWay.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.on('close', () => {
      const left = (underWay.get(socket) ?? 1) - 1;
      if (!socket.destroyed) underWay.set(socket, left);
      if (isClosing && left === 0) socket.end();
    });
  });
  return () =>
    new Promise((resolve) => {
      isClosing = true;
      const timer = setTimeout(() => {
        for (const socket of underWay.keys()) socket.destroy();
      }, drainTime);
      SocketServer.prototype.close.call(server, () => {
        clearTimeout(timer);
        resolve();
      });
      for (const [socket, answers] of underWay) if (answers === 0) socket.destroy();
    });
}
