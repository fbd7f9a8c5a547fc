import { connect } from 'node:net';

/** The result of a run of requests. */
export interface Load {
  readonly requestsPerSecond: number;
  /** Bytes of one response, including its head. */
  readonly responseBytes: number;
  readonly responses: number;
  /** Milliseconds. */
  readonly elapsed: number;
  /** The sender's share of one core. */
  readonly senderLoad: number;
}

export interface LoadOptions {
  readonly connections: number;
  /** Pipelined requests per connection, so that the sender never waits for its own kernel. */
  readonly depth: number;
  readonly milliseconds: number;
}

/**
 * Repeats one request over persistent connections and counts the responses.
 *
 * Every response must be as long as the first, so the sender only counts bytes while the clock runs and costs less than
 * the server.
 */
export async function load(port: number, head: string, options: LoadOptions): Promise<Load> {
  const { connections, depth, milliseconds } = options;
  const responseBytes = await lengthOfOne(port, head);
  const start = performance.now();
  const own = process.cpuUsage();
  const received = await Promise.all(
    Array.from({ length: connections }, () => exchange(port, head, depth, responseBytes, start + milliseconds)),
  );
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(own);
  const responses = received.reduce((sum, bytes) => sum + bytes, 0) / responseBytes;
  return {
    requestsPerSecond: (responses * 1000) / elapsed,
    responseBytes,
    responses,
    elapsed,
    senderLoad: (user + system) / 1000 / elapsed,
  };
}

/** Repeats the request on one connection until the deadline. Resolves to the number of bytes received. */
function exchange(port: number, head: string, depth: number, length: number, deadline: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = 0;
    let owed = 0;
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed the connection')));
    socket.on('data', (part) => {
      received += part.length;
      owed += part.length;
      const whole = Math.floor(owed / length);
      owed -= whole * length;
      if (performance.now() > deadline) {
        socket.removeAllListeners('close').destroy();
        resolve(received);
      } else if (whole > 0) socket.write(head.repeat(whole));
    });
    socket.write(head.repeat(depth));
  });
}

/** Sends the request once and reads until the response is complete. */
async function lengthOfOne(port: number, head: string): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.write(head);
  let text = Buffer.alloc(0);
  for await (const part of socket as AsyncIterable<Buffer>) {
    text = Buffer.concat([text, part]);
    const end = text.indexOf('\r\n\r\n');
    if (end === -1) continue;
    const fields = text.subarray(0, end).toString('latin1');
    const status = Number(fields.slice(9, 12));
    const body = status === 304 ? 0 : Number(/content-length: *(\d+)/i.exec(fields)?.[1] ?? Number.NaN);
    if (Number.isNaN(body)) throw new Error(`no length in ${fields}`);
    if (text.length >= end + 4 + body) {
      socket.destroy();
      return end + 4 + body;
    }
  }
  throw new Error('the connection ended before the response did');
}
