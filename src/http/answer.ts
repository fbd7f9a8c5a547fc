import type { HonoRequest } from 'hono';
import { instantAt } from '../article/article.ts';
import { lackingEntries } from '../feed/delta.ts';
import type { RenderedDocument } from '../feed/document.ts';
import { type Edition, Unavailable } from '../publication/publication.ts';
import type { Site } from '../publication/site.ts';
import { deltaBase } from './conditional.ts';
import { DocumentCache, Preparations } from './document-cache.ts';
import { dated, isFresh, type KeptDocuments } from './kept-documents.ts';
import { missing } from './missing.ts';
import {
  type Answer,
  type Asked,
  type Code,
  type RespondOptions,
  respond,
  respondDelta,
  respondNotModified,
  respondWhole,
  toResponse,
} from './respond.ts';
import type { Route } from './routes.ts';

/** A read of an address at which a route has a document. */
export interface Question {
  readonly route: Route;
  /** Whether it is asked under one of the route's other addresses. */
  readonly alias: boolean;
  readonly req: HonoRequest;
  readonly edition: Edition;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Answers reads with documents, each rendered once an edition.
 *
 * A document that is at hand is answered with at once and not in a later turn: that, and that its header fields are
 * made once, is what makes a poll cost little more than the server's own work.
 */
export class Answerer {
  readonly #documents: DocumentCache;
  // Readers choose what they are measured against, and most of them have the same, so few are worth keeping.
  readonly #deltas = new DocumentCache(4 * 1024 * 1024, 100, false);
  readonly #preparations = new Preparations();
  readonly #code: Code | undefined;
  readonly #kept: KeptDocuments | undefined;

  /**
   * `code` codes documents for readers that accept it; it is left out where the platform does so itself. `documents`
   * keeps them in memory, `kept` where the runtime has another place for them.
   */
  constructor(code?: Code, documents = new DocumentCache(), kept?: KeptDocuments) {
    this.#code = code;
    this.#documents = documents;
    this.#kept = kept;
  }

  /** Answers a read at an address that a route has. */
  answer(question: Question): Response | Promise<Response> {
    const { edition, req, now } = question;
    const known = this.#documents.peek(edition, keyOf(question), now);
    if (known === undefined) return this.#render(question);
    const answer = this.#atHand(req.raw, known, this.#optionsOf(question, known));
    if (answer === undefined) return this.#respond(question, known);
    return answer instanceof Promise ? answer.then(toResponse) : toResponse(answer);
  }

  /**
   * Answers a read of a path, without query, where all that the answer needs is at hand; `undefined` where it isn't or
   * where no route has the path. A runtime may ask this first and spare itself the making of requests and responses.
   */
  answerAtHand(
    edition: Edition,
    path: string,
    asked: Asked,
    now: number,
  ): Answer | Promise<Answer | undefined> | undefined {
    const known = this.#documents.peek(edition, path, now);
    if (known === undefined)
      return this.#preparations.end(edition, path)?.then(() => this.answerAtHand(edition, path, asked, now));
    const location = locationOf(edition.site, known.path);
    return this.#atHand(asked, known, { ttl: edition.site.ttl, now, code: this.#code, location });
  }

  /** Makes and codes the document of a route without parameters before somebody asks for it. */
  async prepare(edition: Edition, route: Route, now: number): Promise<void> {
    const instant = instantAt(now);
    const made = this.#documents.get(
      edition,
      route.path,
      instant,
      () => route.render(edition, {}, instant),
      () => route.version?.(edition, {}, instant),
    );
    this.#preparations.begin(edition, route.path, made);
    const document = await made;
    if (document !== undefined) await this.#code?.(document, 'gzip');
  }

  #atHand(
    asked: Asked,
    document: RenderedDocument,
    options: RespondOptions,
  ): Answer | Promise<Answer> | undefined {
    const unmodified = respondNotModified(asked, document, options);
    if (unmodified !== undefined) return unmodified;
    if (deltaBase(asked.headers) !== undefined) return undefined;
    return respondWhole(asked, document, options);
  }

  async #render(question: Question): Promise<Response> {
    const { edition, route, req, now } = question;
    const params = req.param();
    const instant = instantAt(now);
    const key = keyOf(question);
    const kept = await this.#kept?.find(key);
    try {
      const render = async (): Promise<RenderedDocument | undefined> => {
        if (isFresh(kept, edition, instant)) return kept.document;
        const rendered = dated(await route.render(edition, params, instant), kept);
        if (rendered !== undefined)
          this.#kept?.keep(key, { edition: edition.name, document: rendered }, req.raw);
        return rendered;
      };
      const version = () => route.version?.(edition, params, instant);
      const document = await this.#documents.get(edition, key, instant, render, version);
      if (document !== undefined) return this.#respond(question, document);
      return await missing(edition, req.raw, now, route.path, await wasThere(question, params));
    } catch (error) {
      const stale = this.#documents.last(key) ?? kept?.document;
      if (stale === undefined || !(error instanceof Unavailable)) throw error;
      return this.#respondStale(question, stale);
    }
  }

  /**
   * Answers with what an address had, where what it has now can't be read (RFC 9111 §4.2.4): the same bytes and tag as
   * before, for a minute.
   */
  async #respondStale(question: Question, document: RenderedDocument): Promise<Response> {
    const options = { ...this.#optionsOf(question, document), ttl: 1 };
    return toResponse(await respond(question.req.raw, document, options));
  }

  async #respond(question: Question, document: RenderedDocument): Promise<Response> {
    const { edition, route, req, now } = question;
    const options = this.#optionsOf(question, document);
    const unmodified = respondNotModified(req.raw, document, options);
    if (unmodified !== undefined) return toResponse(unmodified);
    const held = route.delta === undefined ? undefined : deltaBase(req.raw.headers);
    const lacking = held === undefined ? undefined : lackingEntries(document.etag, held);
    const instant = instantAt(now);
    const delta =
      lacking === undefined
        ? undefined
        : await this.#deltas
            .get(edition, `${keyOf(question)} ${lacking}`, instant, async () =>
              route.delta?.(edition, req.param(), instant, lacking),
            )
            .catch(wholeInstead);
    const answer =
      delta === undefined
        ? respondWhole(req.raw, document, options)
        : respondDelta(req.raw, delta, document, options);
    return toResponse(await answer);
  }

  #optionsOf({ edition, route, alias, now }: Question, { path }: RenderedDocument): RespondOptions {
    const { site } = edition;
    const location = locationOf(site, path ?? (alias ? route.path.slice(1) : undefined));
    return { ttl: site.ttl, now, code: this.#code, location };
  }
}

function locationOf({ url }: Site, path: string | undefined): string | undefined {
  return path === undefined ? undefined : new URL(path, url).href;
}

/** A part that can't be read now is no reason to keep back the whole, which is at hand. */
function wholeInstead(error: unknown): undefined {
  if (!(error instanceof Unavailable)) throw error;
}

async function wasThere({ edition, route }: Question, params: Record<string, string>): Promise<boolean> {
  const path = route.past?.(params);
  return path !== undefined && (await edition.isGone(path));
}

function keyOf({ route, alias, req }: Question): string {
  return alias ? route.path : req.path;
}
