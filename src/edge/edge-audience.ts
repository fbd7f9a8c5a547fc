import { identifyClient } from '../http/audience/client.ts';
import type { DayCounts } from '../http/audience/counts.ts';
import { answerAudience, audiencePath } from '../http/audience/page/answer-audience.ts';
import { Patience } from '../http/audience/patience.ts';
import { targetOf } from '../http/audience/poll.ts';
import { sizesOf } from '../http/audience/sizes.ts';
import { pollOf, refusalOf, type Visit } from '../http/audience/visit.ts';
import { basePath, withoutBase } from '../http/below-path.ts';
import type { Site } from '../publication/site/site.ts';
import type { SentPoll } from './audience-counter.ts';
import { toEdgeResponse } from './edge-encoder.ts';
import type { CounterNamespace } from './stores.ts';

export interface EdgeAudienceOptions {
  /** The counter of all workers; without it, nothing is counted. */
  readonly counter: CounterNamespace | undefined;
  /** The publication's name in the namespace. */
  readonly name: string;
  readonly token: string | undefined;
}

/** Milliseconds for which polls are collected; a worker may run for half a minute after its last answer. */
const delay = 5000;
/** The most polls in a batch. */
const longestBatch = 500;

/**
 * Counts a worker's answers, and refuses clients that fetch the same feed too often. Polls are sent to the counter in
 * batches after the answers, so no reader waits and a failing counter costs only numbers.
 */
export class EdgeAudience {
  readonly #options: EdgeAudienceOptions;
  readonly #patience = new Patience();
  #batch: SentPoll[] = [];

  constructor(options: EdgeAudienceOptions) {
    this.#options = options;
  }

  /** Answers a request for the publisher's page; `undefined` for any other. */
  page(request: Request, site: Site): Promise<Response | undefined> | undefined {
    const { counter, token } = this.#options;
    if (site.audience === undefined || counter === undefined || !request.url.includes(audiencePath)) return undefined;
    const path = withoutBase(new URL(request.url).pathname, basePath(site.url));
    return answerAudience(request, path, { site, token, days: () => this.#days(counter) });
  }

  /** Counts an answer, or refuses it; returns the answer to send. */
  answered(request: Request, site: Site, answer: Response, waitUntil: (work: Promise<unknown>) => void): Response {
    const { audience, patience } = site;
    if (audience === undefined && patience === undefined) return answer;
    const path = withoutBase(new URL(request.url).pathname, basePath(site.url));
    const target = targetOf(path);
    if (target === undefined) return answer;
    const field = (name: string): string | null => request.headers.get(name);
    const address = field('CF-Connecting-IP') ?? '';
    const visit: Visit = { method: request.method, field, path, address, now: Date.now() };
    const refused =
      patience === undefined
        ? undefined
        : refusalOf(
            this.#patience,
            patience,
            visit,
            { target, client: identifyClient(field('User-Agent') ?? '') },
            { status: answer.status, etag: answer.headers.get('ETag') },
          );
    const sent = refused === undefined ? answer : toEdgeResponse(refused);
    if (audience === true) {
      const bytes = sent.status === 304 ? 0 : Number(sent.headers.get('Content-Length') ?? 0);
      const sizes = refused === undefined ? sizesOf(answer) : {};
      this.#add({ poll: pollOf(visit, { status: sent.status, bytes, ...sizes }), address }, waitUntil);
    }
    return sent;
  }

  #add(sent: SentPoll, waitUntil: (work: Promise<unknown>) => void): void {
    const { counter } = this.#options;
    if (counter === undefined) return;
    this.#batch.push(sent);
    // A worker may be stopped before a batch is sent; the next request sends it.
    const waited = sent.poll.time - (this.#batch[0]?.poll.time ?? 0);
    if (this.#batch.length >= longestBatch || waited > 2 * delay) waitUntil(this.#send(counter));
    else if (this.#batch.length === 1) waitUntil(pause(delay).then(() => this.#send(counter)));
  }

  async #send(counter: CounterNamespace): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length === 0) return;
    try {
      const { status } = await this.#ask(counter, { method: 'POST', body: JSON.stringify(batch) });
      if (status !== 204) throw new Error(`it answered ${status}`);
    } catch (error) {
      console.error(`${batch.length} polls are not counted: ${(error as Error).message}`);
    }
  }

  async #days(counter: CounterNamespace): Promise<readonly DayCounts[]> {
    // The report includes this worker's unsent polls.
    await this.#send(counter);
    const answer = await this.#ask(counter);
    if (!answer.ok) throw new Error(`the counter answered ${answer.status}`);
    return (await answer.json()) as readonly DayCounts[];
  }

  #ask(counter: CounterNamespace, init?: RequestInit): Promise<Response> {
    return counter.get(counter.idFromName(this.#options.name)).fetch('https://audience.invalid/', init);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
