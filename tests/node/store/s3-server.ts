import { spawn, spawnSync } from 'node:child_process';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeFolder } from '../temporary-folder.ts';

const program = process.env.S3RVER ?? 's3rver';

/** Whether the server is installed; `S3RVER` in the environment names the program. */
export const hasS3Server = spawnSync(program, ['--version']).status === 0;

/** What a server does with `If-Match` and `If-None-Match` of an upload. */
export type Conditions = 'kept' | 'refused' | 'ignored';

export interface S3Server {
  /** The environment variables that select it. */
  readonly env: Readonly<Record<string, string>>;
  /** Method and path of each request, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/**
 * Starts s3rver with an empty bucket `news`. It checks the form of a signature and whose it is, not its value. It
 * ignores conditions; a proxy in front of it keeps them as S3 does, or refuses them with 501, as some stores do.
 */
export async function startS3Server(conditions: Conditions): Promise<S3Server> {
  const args = ['-d', makeFolder(), '-a', '127.0.0.1', '-p', '0', '--no-vhost-buckets', '--configure-bucket', 'news'];
  // It encrypts the tokens of listings as OpenSSL did before version 3.
  const child = spawn(program, args, { env: { ...process.env, NODE_OPTIONS: '--openssl-legacy-provider' } });
  let said = '';
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text;
      const [, found] = /listening on \S*?:(\d+)\b/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`s3rver ended: ${said}`)));
  });
  const tags = new Map<string, string>();
  const requests: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    requests.push(`${method} ${url.split('?')[0]}`);
    const { 'if-match': match, 'if-none-match': none } = headers;
    const refuse = (status: number, code: string): void => {
      incoming.resume().once('end', () => outgoing.writeHead(status).end(`<Error><Code>${code}</Code></Error>`));
    };
    if (method === 'PUT' && (match ?? none) !== undefined && conditions !== 'ignored') {
      if (conditions === 'refused') return refuse(501, 'NotImplemented');
      if (match !== undefined && tags.get(url) !== match) return refuse(412, 'PreconditionFailed');
      if (none === '*' && tags.has(url)) return refuse(412, 'PreconditionFailed');
      // Until it is stored, nobody can name its tag.
      tags.set(url, '');
    }
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      if (method === 'PUT' && answer.statusCode === 200) tags.set(url, String(answer.headers.etag));
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    env: {
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    },
    requests,
    close: async () => {
      proxy.close().closeAllConnections();
      child.kill();
    },
  };
}
