/** Runs one server of the polling benchmark: `ours`, `bare` or `peer`. Sends its port to the parent process. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type PeerItem, peerApp } from './peer.ts';

const [kind = '', input = ''] = process.argv.slice(2);

/** A recorded response. */
export interface Recorded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body: string;
}

if (kind === 'ours') {
  // Loading it is most of the work of a start.
  const { serve } = await import('../src/node/serve/serve.ts');
  const running = await serve(input, {
    port: 0,
    host: '127.0.0.1',
    watch: false,
    onRead: () => {},
    onError: (error) => console.error(error),
  });
  process.once('SIGTERM', () => void running.close().then(() => process.disconnect()));
  process.send?.(Number(new URL(running.url).port));
} else if (kind === 'bare')
  listen(createServer({ keepAliveTimeout: 65_000 }, bare(JSON.parse(readFileSync(input, 'utf8')) as Recorded)));
else {
  const items = (JSON.parse(readFileSync(input, 'utf8')) as (PeerItem & { date: string })[]).map((item) => ({
    ...item,
    date: new Date(item.date),
  }));
  listen(createAdaptorServer({ fetch: peerApp(items).fetch }) as Server);
}

// Ends with the benchmark.
process.on('disconnect', () => process.exit());
process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});

/** The minimum for Node: no routing, no conditions, the same response to every request. */
function bare({ status, headers, body }: Recorded): RequestListener {
  const bytes = Buffer.from(body, 'base64');
  return (_, response) => {
    response.writeHead(status, headers);
    response.end(status === 304 ? undefined : bytes);
  };
}

function listen(server: Server): void {
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
