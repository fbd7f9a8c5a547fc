import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterFile } from '../../after-file.ts';

/** A WebSub hub in memory. */
export interface Hub {
  readonly url: string;
  /** Every form POST with hub.mode=publish, in order, refused ones included. */
  readonly pings: Ping[];
  readonly subscriptions: readonly { readonly topic: string }[];
  /** Answers a ping; with 204 by default. */
  answer: (ping: Ping, response: ServerResponse) => void;
  close(): Promise<void>;
}

export interface Ping {
  readonly method: string;
  readonly contentType: string;
  readonly topic: string;
  /** Every field of the form. */
  readonly form: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

interface Subscription {
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
}

/** Accepts a ping. */
export function take(_: Ping, response: ServerResponse): void {
  response.writeHead(204).end();
}

/** Starts a hub on a port, by default any free one. */
export async function startHub(port = 0): Promise<Hub> {
  const pings: Ping[] = [];
  const subscriptions: Subscription[] = [];
  const hub = { pings, subscriptions, answer: take };

  /** WebSub §5.3: verifies the subscriber's intent. */
  const verify = async (subscription: Subscription): Promise<void> => {
    const challenge = randomBytes(16).toString('hex');
    const asked = new URL(subscription.callback);
    asked.searchParams.set('hub.mode', 'subscribe');
    asked.searchParams.set('hub.topic', subscription.topic);
    asked.searchParams.set('hub.challenge', challenge);
    asked.searchParams.set('hub.lease_seconds', '3600');
    const response = await fetch(asked);
    if (response.ok && (await response.text()) === challenge) subscriptions.push(subscription);
  };

  /** WebSub §7: fetches the published content and distributes it unchanged. */
  const distribute = async (topic: string): Promise<void> => {
    const followers = subscriptions.filter((one) => one.topic === topic);
    if (followers.length === 0) return;
    const content = await fetch(topic, { headers: { 'cache-control': 'no-cache' } });
    const body = Buffer.from(await content.arrayBuffer());
    for (const { callback, secret } of followers) {
      await fetch(callback, {
        method: 'POST',
        body,
        headers: {
          'content-type': content.headers.get('content-type') ?? '',
          link: `<${url}>; rel="hub", <${topic}>; rel="self"`,
          'x-hub-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
        },
      });
    }
  };

  const server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const form = Object.fromEntries(new URLSearchParams(body));
    const { 'hub.mode': mode, 'hub.topic': topic = '', 'hub.callback': callback = '', 'hub.url': url = '' } = form;
    if (mode === 'subscribe') {
      response.writeHead(202).end();
      await verify({ topic, callback, secret: form['hub.secret'] ?? '' });
    } else if (mode === 'publish') {
      const contentType = request.headers['content-type'] ?? '';
      const ping = { method: request.method ?? '', contentType, topic: url, form, at: Date.now() };
      pings.push(ping);
      hub.answer(ping, response);
      if (response.statusCode < 300 && response.headersSent) await distribute(url);
    } else response.writeHead(400).end('hub.mode is unknown');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub?for=news`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  afterFile(close);
  return Object.assign(hub, { url, close });
}
