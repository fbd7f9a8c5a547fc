import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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
