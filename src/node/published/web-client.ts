import { type LookupAddress, lookup } from 'node:dns';
import { Agent, type AgentOptions, type IncomingMessage, request as requestHttp, STATUS_CODES } from 'node:http';
import type { Agent as SecureAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { decompressBody } from './decompress-body.ts';
import { isPublicAddress } from './public-address.ts';

/** What one run of a command may fetch in total. */
export interface WebLimits {
  /** Includes redirects. */
  readonly requests: number;
  /** After decompression. */
  readonly bytes: number;
  /** Milliseconds. */
  readonly time: number;
  /** How to fetch the rest. */
  readonly advice: string;
}

/** Limits for one answer. */
export interface AnswerLimits {
  /** Milliseconds, including redirects and the body. */
  readonly timeout: number;
  /** Bytes, after decompression. */
  readonly size: number;
}

export interface WebOptions {
  /** Whether addresses of private networks and of this machine may be fetched. */
  readonly allowPrivate?: boolean | undefined;
}

/** A successful answer. */
export interface WebAnswer {
  /** Its URL, after redirects. */
  readonly location: URL;
  /** Value of Content-Type. */
  readonly contentType: string;
  /** Decompressed; throws beyond a limit. */
  readonly body: AsyncIterable<Buffer>;
}

/**
 * Fetches documents whose addresses come from others: from feeds, lists of feeds and redirects. Such an address must
 * not reach this machine or its private network, and one run must not fetch without limit.
 *
 * Node's `fetch` cannot check the address that a name leads to at the moment of the connection, so a name could lead
 * elsewhere by then (DNS rebinding).
 */
export class WebClient {
  readonly #limits: WebLimits;
  readonly #allowPrivate: boolean;
  readonly #agent: Agent;
  #secureAgent: SecureAgent | undefined;
  readonly #end: AbortSignal;
  #requests = 0;
  #bytes = 0;

  /** The time starts now. */
  constructor(limits: WebLimits, { allowPrivate = false }: WebOptions = {}) {
    this.#limits = limits;
    this.#allowPrivate = allowPrivate;
    this.#agent = new Agent(this.#agentOptions());
    this.#end = AbortSignal.timeout(limits.time);
  }

  #agentOptions(): AgentOptions {
    return { keepAlive: true, ...(this.#allowPrivate ? {} : { lookup: lookupPublic }) };
  }

  /** Fetches a URL, and lets `read` read the answer. Throws an error that gives the reason. */
  async get<T>(
    address: URL,
    { timeout, size, accept = '*/*' }: AnswerLimits & { readonly accept?: string },
    read: (answer: WebAnswer) => Promise<T>,
  ): Promise<T> {
    const signal = AbortSignal.any([this.#end, AbortSignal.timeout(timeout)]);
    try {
      const { response, location } = await this.#follow(address, accept, signal);
      const { statusCode = 0, headers } = response;
      try {
        if (statusCode < 200 || statusCode > 299)
          throw new Error(`the answer is ${statusCode} ${STATUS_CODES[statusCode] ?? ''}`.trimEnd());
        return await read({
          location,
          contentType: headers['content-type'] ?? '',
          body: this.#bounded(response, size),
        });
      } finally {
        // Ends the connection, unless the body was read to its end.
        response.destroy();
      }
    } catch (error) {
      if (this.#end.aborted) throw this.#spent(`for ${this.#limits.time / 60_000} minutes`);
      if (signal.aborted) throw new Error(`no complete answer within ${timeout / 1000} s`);
      throw error instanceof AggregateError ? error.errors[0] : error;
    }
  }

  async #follow(
    address: URL,
    accept: string,
    signal: AbortSignal,
  ): Promise<{ readonly response: IncomingMessage; readonly location: URL }> {
    let location = address;
    for (let left = redirectLimit; ; left--) {
      const response = await this.#request(location, accept, signal);
      const { statusCode = 0, headers } = response;
      if (headers.location === undefined || ![301, 302, 303, 307, 308].includes(statusCode))
        return { response, location };
      response.destroy();
      // Node.js decodes fields as Latin-1, and servers send UTF-8.
      const target = Buffer.from(headers.location, 'latin1').toString();
      if (left === 0) throw new Error(`it redirects more than ${redirectLimit} times`);
      if (!URL.canParse(target, location.href)) throw new Error('it redirects to an invalid address');
      location = new URL(target, location);
    }
  }

  async #request(address: URL, accept: string, signal: AbortSignal): Promise<IncomingMessage> {
    const { protocol, hostname, username, password } = address;
    if (!/^https?:$/.test(protocol))
      throw new Error(`it redirects to a ${protocol} address, which is neither http: nor https:`);
    if (username + password !== '')
      throw new Error('an address with a user name or password is not fetched; give the document as a file');
    const host = hostname.replace(/^\[|\]$/g, '');
    if (!this.#allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) throw new Error(refusal(host));
    if (++this.#requests > this.#limits.requests) throw this.#spent(`${this.#limits.requests} addresses`);
    const headers = { accept, 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'Dateline' };
    const { send, agent } = protocol === 'https:' ? await this.#secure() : { send: requestHttp, agent: this.#agent };
    return new Promise((resolve, reject) => {
      const request = send(address, { agent, headers, signal }, resolve);
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The server closed an idle connection at the same moment.
        const isStale = request.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted;
        if (isStale) resolve(this.#request(address, accept, signal));
        else reject(error);
      });
      request.end();
    });
  }

  /** Loads TLS when it is first needed, because every server loads this client and few use it. */
  async #secure(): Promise<{ readonly send: typeof requestHttp; readonly agent: SecureAgent }> {
    const { request, Agent } = await import('node:https');
    this.#secureAgent ??= new Agent(this.#agentOptions());
    return { send: request as typeof requestHttp, agent: this.#secureAgent };
  }

  async *#bounded(response: IncomingMessage, size: number): AsyncGenerator<Buffer> {
    let length = 0;
    for await (const part of decompressBody(response) as AsyncIterable<Buffer>) {
      length += part.byteLength;
      this.#bytes += part.byteLength;
      if (length > size) throw tooLong(size);
      if (this.#bytes > this.#limits.bytes) throw this.#spent(`${this.#limits.bytes / 1_000_000} MB`);
      yield part;
    }
  }

  #spent(most: string): Error {
    return new Error(`not fetched, because one run fetches at most ${most}; ${this.#limits.advice}`);
  }
}

const redirectLimit = 10;

/** Says that a document exceeds its limit, in bytes. */
export function tooLong(size: number): Error {
  return new Error(`it is longer than ${size / 1_000_000} MB`);
}

/** Resolves a name to its public addresses. The connection goes to one of these, so no other can take its place. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: readonly LookupAddress[] = []) => {
    const addresses = found.filter(({ address }) => isPublicAddress(address));
    const [first] = addresses;
    if (error !== null) callback(error, '');
    else if (first === undefined) callback(new Error(refusal(hostname, found[0]?.address)), '');
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function refusal(host: string, address = ''): string {
  const what = address === '' ? `${host} is` : `${host} leads to ${address},`;
  return `${what} an address of a private network or of this machine; if it is meant, add --allow-private`;
}
