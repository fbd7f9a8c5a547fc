import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { isOf } from '../../../http/audience/audience-book.ts';
import { answerAudience } from '../../../http/audience/page/answer-audience.ts';
import { Patience } from '../../../http/audience/patience.ts';
import { type Sizes, sizesOf } from '../../../http/audience/sizes.ts';
import { pollOf, refusalOf, type Visit } from '../../../http/audience/visit.ts';
import { basePath, withoutBase } from '../../../http/below-path.ts';
import { type Answer, toResponse } from '../../../http/response/respond.ts';
import type { Edition } from '../../../publication/publication.ts';
import type { Site } from '../../../publication/site/site.ts';
import { audienceName } from '../../audience/audience-file.ts';
import { countVisit, LiveAudience, type Visitor } from '../../audience/live-audience.ts';
import type { PollRequest } from '../listeners.ts';
import type { Fetch } from '../live-pages.ts';
import { type ClientAddress, clientAddress } from './client-address.ts';
import { countContent } from './exchange.ts';

export interface AudienceOptions {
  /** Finds the address of a client; by default that of the connection. */
  readonly clientOf?: ClientAddress | undefined;
  /** The publisher's token for the page of the audience; without it, there is none. */
  readonly audienceToken?: string | undefined;
  /** Receives the sizes of documents and files, for a log that states them. */
  readonly sizes?: SizesByRequest | undefined;
}

/**
 * Counts a server's answers, and refuses clients that fetch the same feed too often, if the publication asks for it.
 */
export class ServedAudience {
  readonly #live: LiveAudience;
  readonly #patience = new Patience();
  readonly #last = new WeakMap<Socket, Visitor>();
  readonly #clientOf: ClientAddress;
  readonly #token: string | undefined;
  readonly #sizes: SizesByRequest | undefined;

  /** Numbers are kept beside the file `beside`, such as the ledger; without it, in memory. */
  constructor(beside: string | undefined, options: AudienceOptions, onError: (error: Error) => void) {
    this.#clientOf = options.clientOf ?? clientAddress([]);
    this.#token = options.audienceToken;
    this.#sizes = options.sizes;
    this.#live = new LiveAudience(beside && join(dirname(beside), `${audienceName}.db`), onError);
  }

  /** Counts the answer to a poll, or refuses it; returns the answer to send. */
  answered<T extends Answer | Promise<Answer | undefined>>(
    site: Site,
    path: string,
    request: PollRequest,
    answer: T,
    now: number,
  ): Answer | T {
    return answer instanceof Promise
      ? (answer.then((one) => one && this.#answered(site, path, request, one, now)) as T)
      : this.#answered(site, path, request, answer, now);
  }

  #answered({ audience, patience }: Site, path: string, request: PollRequest, answer: Answer, now: number): Answer {
    const { incoming, headers } = request;
    if (answer.whole !== undefined) this.#sizes?.set(incoming, { whole: answer.whole });
    if (audience === undefined && patience === undefined) return answer;
    const address = this.#clientOf(incoming);
    const sent =
      patience === undefined
        ? answer
        : (this.#refusal(patience, { ...visitOf(incoming, path, now), address }, answer) ?? answer);
    if (audience === undefined) return sent;
    const agent = headers.get('User-Agent') ?? '';
    const visitor = this.#visitorOf(incoming.socket, path, agent, address, now);
    if (visitor === undefined) return sent;
    const isConditional = headers.get('If-None-Match') !== null;
    const { status, body, whole } = sent;
    const bytes = body === null ? 0 : body.byteLength;
    // Written out, because spreading two objects costs as much as a poll.
    countVisit(visitor, { time: now, method: 'GET', path, status, bytes, whole, isConditional, agent });
    return sent;
  }

  /** Looks up the visitor, unless it is the connection's last one. */
  #visitorOf(socket: Socket, path: string, agent: string, address: string, now: number): Visitor | undefined {
    const last = this.#last.get(socket);
    const isSame = last !== undefined && last.path === path && last.agent === agent && last.address === address;
    if (isSame && last.day === this.#live.day && isOf(last.day, now)) return last;
    const visitor = this.#live.visitorOf(path, agent, address, now);
    if (visitor !== undefined) this.#last.set(socket, visitor);
    return visitor;
  }

  /** Wraps an app, to answer the publisher's page, and to count and refuse as {@link answered} does. */
  around(editionNow: () => Pick<Edition, 'site'> | Promise<Pick<Edition, 'site'>>, app: Fetch): Fetch {
    const counted: CountedFetch = ({ site }, request, env) => {
      const isQuiet = site.audience === undefined && site.patience === undefined;
      if (isQuiet && this.#sizes === undefined) return app(request, env);
      return this.#fetch(site, app, request, env as Env | undefined);
    };
    return (request, env) => {
      const edition = editionNow();
      if (!(edition instanceof Promise)) return counted(edition, request, env);
      // The app says what is wrong with the store.
      return edition.then(
        (read) => counted(read, request, env),
        () => app(request, env),
      );
    };
  }

  close(): void {
    this.#live.close();
  }

  async #fetch(site: Site, app: Fetch, request: Request, env: Env | undefined): Promise<Response> {
    const now = Date.now();
    const path = withoutBase(new URL(request.url).pathname, basePath(site.url));
    if (site.audience === true) {
      const page = await answerAudience(request, path, {
        site,
        token: this.#token,
        days: () => this.#live.days(now),
      });
      if (page !== undefined) return page;
    }
    const { incoming, outgoing } = env ?? {};
    if (incoming === undefined || outgoing === undefined) return app(request, env);
    const visit = { ...visitOf(incoming, path, now), address: this.#clientOf(incoming) };
    const isCounted = site.audience === true && this.#live.targetOf(path) !== undefined;
    const bytes = isCounted ? countContent(outgoing) : () => 0;
    const answer = await app(request, env);
    const sizes = sizesOf(answer);
    this.#sizes?.set(incoming, sizes);
    const refused = site.patience === undefined ? undefined : this.#refusal(site.patience, visit, answer);
    if (isCounted) {
      const status = refused?.status ?? answer.status;
      outgoing.once('close', () => {
        this.#live.count(pollOf(visit, { status, bytes: bytes(), ...sizes }), visit.address);
      });
    }
    if (refused === undefined) return answer;
    await answer.body?.cancel();
    return toResponse(refused);
  }

  #refusal(most: number, visit: NodeVisit, answer: Answer | Response): Answer | undefined {
    const target = this.#live.targetOf(visit.path);
    const client = this.#live.clientOf(visit.field('User-Agent') ?? '');
    const etag = 'fields' in answer ? answer.fields.ETag : answer.headers.get('ETag');
    const asked = { ...visit, address: refusable(visit.incoming, visit.address) };
    return refusalOf(this.#patience, most, asked, { target, client }, { status: answer.status, etag });
  }
}

type CountedFetch = (edition: Pick<Edition, 'site'>, ...request: Parameters<Fetch>) => ReturnType<Fetch>;

/** The sizes of documents and files, by request. */
export type SizesByRequest = Pick<WeakMap<IncomingMessage, Sizes>, 'get' | 'set'>;

interface NodeVisit extends Visit {
  readonly incoming: IncomingMessage;
}

/** A request in Node's own form. */
interface Env {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

function visitOf(incoming: IncomingMessage, path: string, now: number) {
  const field = (name: string): string | null => {
    const value = incoming.headers[name.toLowerCase()];
    return value === undefined ? null : String(value);
  };
  return { method: incoming.method ?? '', field, path, now, incoming };
}

/**
 * Returns the address of a client that may be refused; empty if many clients may be behind it: a proxy that is not
 * trusted, or another program on this machine.
 */
function refusable({ headers, socket }: IncomingMessage, address: string): string {
  const isLoopback = /^(?:127\.|::1$|$)/.test(address);
  const isDirect = socket.remoteAddress?.endsWith(address) === true;
  const hasProxy = proxyFields.some((name) => headers[name] !== undefined);
  return isLoopback || (isDirect && hasProxy) ? '' : address;
}

const proxyFields = ['x-forwarded-for', 'via', 'forwarded', 'x-real-ip', 'cf-connecting-ip'];
