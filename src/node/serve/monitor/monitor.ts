import { createServer, type RequestListener } from 'node:http';
import { type ListenAddress, listen, standardLimits, trackConnections } from '../server.ts';
import { AccessLog, type LogFormat } from './access-log.ts';
import { type ClientAddress, clientAddress } from './client-address.ts';
import { type Exchange, observed } from './exchange.ts';
import { Metrics, type ServedFacts } from './metrics.ts';
import type { SizesByRequest } from './served-audience.ts';

export interface MonitorOptions {
  /** The access log: a file that is appended to, or `-` for standard output. */
  readonly accessLog?: string;
  readonly accessLogFormat: LogFormat;
  /** Whether the log has whole addresses. */
  readonly logAddresses?: true;
  /** The proxies whose X-Forwarded-For is believed: addresses and ranges. */
  readonly trustProxy: readonly string[];
  /** Where metrics are answered. */
  readonly metrics?: ListenAddress;
}

/** Watches what a server answers, for those who operate it. */
export interface Monitor {
  observe(listener: RequestListener): RequestListener;
  readonly clientOf: ClientAddress;
  /** Receives the sizes of documents and files, if the log states them. */
  readonly sizes: SizesByRequest | undefined;
  /** Opens the access log again. */
  reload(): void;
  close(): Promise<void>;
}

/**
 * Starts the access log and the metrics that are asked for; without them, requests run no extra code. Rejects if the
 * log can't be opened or the port of the metrics is not available.
 */
export async function startMonitor(
  options: MonitorOptions,
  served: () => ServedFacts | undefined,
  onError: (error: Error) => void,
): Promise<Monitor> {
  const { accessLog: file, accessLogFormat: format, logAddresses = false, trustProxy, metrics: address } = options;
  const clientOf = clientAddress(trustProxy);
  const metrics = address && new Metrics(served);
  const stopMetrics = address && metrics && (await serveMetrics(metrics, address));
  const log =
    file === undefined ? undefined : new AccessLog({ file, format, hasAddresses: logAddresses, clientOf, onError });
  const parts = [metrics, log].filter((part) => part !== undefined);
  const sizes: SizesByRequest | undefined = log !== undefined && format === 'json' ? new WeakMap() : undefined;
  const onEnd = (exchange: Exchange): void => {
    for (const part of parts) part.add(exchange);
  };
  return {
    observe: (listener) => (parts.length === 0 ? listener : observed(listener, onEnd, sizes)),
    clientOf,
    sizes,
    reload: () => log?.reopen(),
    close: async () => {
      for (const part of parts) part.close();
      await stopMetrics?.();
    },
  };
}

/** Answers metrics at `/metrics`, apart from the site: they are for the operator alone. */
async function serveMetrics(metrics: Metrics, address: ListenAddress): Promise<() => Promise<void>> {
  const { stallTimeout, ...limits } = standardLimits;
  const server = createServer(limits, (request, response) => {
    const isFound = /^\/metrics(?:\?|$)/.test(request.url ?? '') && /^(?:GET|HEAD)$/.test(request.method ?? '');
    response.writeHead(isFound ? 200 : 404, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Cache-Control': 'no-store',
    });
    response.end(isFound ? metrics.text() : 'Metrics are at /metrics.\n');
  });
  server.timeout = stallTimeout;
  const drain = trackConnections(server);
  await listen(server, address, '--metrics');
  return drain;
}
