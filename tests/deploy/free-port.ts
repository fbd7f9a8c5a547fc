import { type AddressInfo, createServer } from 'node:net';

/** Finds a port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Waits until an address answers. */
export async function answering(url: string | URL, milliseconds = 15_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if ((await fetch(url).catch(() => undefined))?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}
