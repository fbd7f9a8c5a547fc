import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in for the parts of Cloudflare's API that publishing uses, as documented. */
export interface StandIn {
  /** The environment variables that select it. */
  readonly env: Readonly<Record<string, string>>;
  /** The stored values, a character for each byte. */
  readonly objects: ReadonlyMap<string, string>;
  /** Method and path of each request, in order, without queries. */
  readonly requests: readonly string[];
  /** The statuses that the next requests are refused with; 0 breaks the connection. */
  readonly refusals: number[];
  close(): Promise<void>;
}

const account = '/accounts/acc';
const kv = `${account}/storage/kv/namespaces/ns`;
const r2 = `${account}/r2/buckets/bucket/objects`;

/** Starts a stand-in with the namespace `ns` and the bucket `bucket` that lists two keys per page. */
export async function startStandIn(): Promise<StandIn> {
  const objects = new Map<string, string>();
  const requests: string[] = [];
  const refusals: number[] = [];
  const list = (query: URLSearchParams, field: string) => {
    const all = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
    const start = Number(query.get('cursor') ?? 0);
    const isLast = start + 2 >= all.length;
    return {
      result: all.slice(start, start + 2).map((key) => ({ [field]: key })),
      result_info: { cursor: isLast ? '' : String(start + 2), is_truncated: !isLast },
    };
  };
  const answer = (method: string, url: URL, body: string): [number, unknown] => {
    const path = url.pathname;
    const refusal = refusals.shift();
    if (refusal !== undefined) return [refusal, { errors: [{ code: 10000, message: 'refused' }] }];
    if (path === `${kv}/keys`) return [200, list(url.searchParams, 'name')];
    if (path === r2) return [200, list(url.searchParams, 'key')];
    if (path === `${kv}/bulk` && method === 'PUT') {
      for (const { key, value, base64 } of JSON.parse(body))
        objects.set(key, Buffer.from(value, base64 ? 'base64' : 'utf8').toString('latin1'));
      return [200, { result: { successful_key_count: 1, unsuccessful_keys: [] } }];
    }
    if (path === `${kv}/bulk/delete` && method === 'POST') {
      for (const key of JSON.parse(body)) objects.delete(key);
      return [200, { result: { unsuccessful_keys: [] } }];
    }
    const prefix = [`${kv}/values/`, `${r2}/`].find((start) => path.startsWith(start));
    if (prefix === undefined) return [404, { errors: [{ code: 7003, message: 'no route' }] }];
    const key = decodeURIComponent(path.slice(prefix.length));
    if (method === 'PUT') objects.set(key, body);
    else if (method === 'DELETE') return [objects.delete(key) ? 200 : 404, {}];
    else if (!objects.has(key)) return [404, { errors: [{ code: 10009, message: 'not found' }] }];
    return [200, method === 'PUT' ? {} : (objects.get(key) ?? '')];
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('latin1')) body += part;
    const url = new URL(request.url ?? '', 'http://localhost');
    requests.push(`${request.method} ${url.pathname}`);
    if (refusals[0] === 0) {
      refusals.shift();
      request.socket.destroy();
      return;
    }
    const isKnown = request.headers.authorization === 'Bearer secret';
    const [status, said] = isKnown
      ? answer(request.method ?? '', url, body)
      : [403, { errors: [{ code: 9109, message: 'Invalid access token' }] }];
    response.writeHead(status, status === 429 ? { 'Retry-After': '0' } : {});
    const isOk = status < 300;
    response.end(
      typeof said === 'string' ? Buffer.from(said, 'latin1') : JSON.stringify({ success: isOk, ...(said as object) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      CLOUDFLARE_ACCOUNT_ID: 'acc',
      CLOUDFLARE_API_TOKEN: 'secret',
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}`,
    },
    objects,
    requests,
    refusals,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
