import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterFile } from '../../after-file.ts';

/** A request to purge, as a cache got it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** The purge interface of a cache. */
export interface Cache {
  readonly url: string;
  readonly asked: Asked[];
  /** The statuses of the next answers; then 200. */
  readonly statuses: number[];
  /** The text of an answer that is not 200. */
  refusal: string;
}

export async function startCache(): Promise<Cache> {
  const asked: Asked[] = [];
  const statuses: number[] = [];
  const cache = { url: '', asked, statuses, refusal: 'no' };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      asked.push({ method, path: url, headers, body: JSON.parse(text) });
      const status = statuses.shift() ?? 200;
      // Without a pause, so that a test does not wait.
      response.writeHead(status, { 'Retry-After': '0' }).end(status === 200 ? '{"success":true}' : cache.refusal);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterFile(() => {
    server.close();
    server.closeAllConnections();
  });
  cache.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return cache;
}
