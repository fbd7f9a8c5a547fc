import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterFile } from '../../after-file.ts';

/** The links of a feed's Link header, by relation. */
export interface Discovered {
  readonly hub: readonly string[];
  readonly self: readonly string[];
}

/** A WebSub subscriber. */
export interface Subscriber {
  /** The content that hubs delivered, in order. */
  readonly deliveries: readonly Delivery[];
  /** Subscribes to the topic and hub that a feed names. */
  subscribe(found: Discovered): Promise<void>;
}

export interface Delivery {
  readonly topic: string;
  readonly contentType: string;
  readonly body: string;
}

const secret = 'a shared secret';

/** WebSub §4: parses a Link header, which may hold several links (RFC 8288 §3). */
export function discover(link: string | null): Discovered {
  const links = [...(link ?? '').matchAll(/<([^>]*)>;\s*rel="?([a-z]+)"?/g)];
  const of = (rel: string): string[] => links.filter((found) => found[2] === rel).map(([, url = '']) => url);
  return { hub: of('hub'), self: of('self') };
}

export async function startSubscriber(): Promise<Subscriber> {
  const deliveries: Delivery[] = [];
  const wanted = new Set<string>();
  const server = createServer(async (request, response) => {
    const asked = new URL(request.url ?? '', 'http://localhost').searchParams;
    if (request.method === 'GET') {
      const isMeant = wanted.has(asked.get('hub.topic') ?? '');
      response.writeHead(isMeant ? 200 : 404).end(isMeant ? asked.get('hub.challenge') : '');
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    response.writeHead(202).end();
    // WebSub §7.1: content without a valid signature is ignored.
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    if (request.headers['x-hub-signature'] !== signature) return;
    const { link } = request.headers;
    const [topic = ''] = discover(typeof link === 'string' ? link : null).self;
    deliveries.push({ topic, contentType: request.headers['content-type'] ?? '', body: body.toString() });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterFile(() => server.close().closeAllConnections());
  const callback = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  return {
    deliveries,
    subscribe: async ({ hub: [hub = ''], self: [topic = ''] }) => {
      wanted.add(topic);
      const body = new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.callback': callback,
        'hub.secret': secret,
      });
      const response = await fetch(hub, { method: 'POST', body });
      if (response.status !== 202) throw new Error(`the hub answers ${response.status}`);
    },
  };
}
