import type { HonoRequest } from 'hono';
import type { Instant } from '../article/article.ts';
import { lackingEntries } from '../feed/delta.ts';
import type { RenderedDocument } from '../feed/document.ts';
import type { Edition } from '../publication/publication.ts';
import { goneTarget, type Site } from '../publication/site.ts';
import { deltaBase } from './delta-request.ts';
import { DocumentCache } from './document-cache.ts';
import { errorPage, isForPeople } from './error-pages.ts';
import { failed, movedPermanently, notFound, preflight } from './plain-answers.ts';
import { findRedirect } from './redirect.ts';
import {
  type Answer,
  type Asked,
  type Code,
  type RespondOptions,
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
  readonly #documents = new DocumentCache();
  // Readers choose what they are measured against, and most of them have the same, so few are worth keeping.
  readonly #deltas = new DocumentCache(4 * 1024 * 1024, 100);
  readonly #code: Code | undefined;

  /** `code` codes documents for readers that accept it; it is left out where the platform does so itself. */
  constructor(code?: Code) {
    this.#code = code;
  }

  /** Answers a read at an address that a route has. */
  answer(question: Question): Response | Promise<Response> {
    const { edition, req, now } = question;
    const known = this.#documents.peek(edition, keyOf(question), now);
    if (known === undefined) return this.#render(question);
    const answer = this.#atHand(req.raw, known, this.#optionsOf(question, known));
    return answer === undefined ? this.#respond(question, known) : toResponse(answer);
  }

  /**
   * Answers a read of a path, without query, where all that the answer needs is at hand; `undefined` where it isn't or
   * where no route has the path. A runtime may ask this first and spare itself the making of requests and responses.
   */
  answerAtHand(edition: Edition, path: string, asked: Asked, now: number): Answer | undefined {
    const known = this.#documents.peek(edition, path, now);
    if (known === undefined) return undefined;
    const location = locationOf(edition.site, known.path);
    return this.#atHand(asked, known, { ttl: edition.site.ttl, now, code: this.#code, location });
  }

  #atHand(asked: Asked, document: RenderedDocument, options: RespondOptions): Answer | undefined {
    const unmodified = respondNotModified(asked, document, options);
    if (unmodified !== undefined) return unmodified;
    if (deltaBase(asked.headers) !== undefined) return undefined;
    const whole = respondWhole(asked, document, options);
    return whole instanceof Promise ? undefined : whole;
  }

  async #render(question: Question): Promise<Response> {
    const { edition, route, req, now } = question;
    const params = req.param();
    const instant = instantAt(now);
    const document = await this.#documents.get(edition, keyOf(question), instant, () =>
      route.render(edition, params, instant),
    );
    if (document === undefined)
      return missing(edition, req.raw, now, route.path, await wasThere(question, params));
    return this.#respond(question, document);
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
        : await this.#deltas.get(edition, `${keyOf(question)} ${lacking}`, instant, async () =>
            route.delta?.(edition, req.param(), instant, lacking),
          );
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

async function wasThere({ edition, route }: Question, params: Record<string, string>): Promise<boolean> {
  const path = route.past?.(params);
  return path !== undefined && (await edition.isGone(path));
}

/**
 * Answers where no document is: by the publication's own redirects, by what it knows of its past, or with 404. `path` is
 * the route's where there is one.
 */
export async function missing(
  edition: Edition,
  request: Request,
  now: number,
  path: string,
  isGone = false,
): Promise<Response> {
  const { site } = edition;
  const { pathname } = new URL(request.url);
  const moved = findRedirect(site, pathname);
  if (moved !== undefined && request.method === 'OPTIONS') return preflight();
  if (moved !== undefined && moved !== goneTarget) return movedPermanently(moved);
  const status = isGone || moved === goneTarget ? 410 : 404;
  const page = isForPeople(path) ? await errorPage(status, site, pathname) : undefined;
  if (status === 410) return failed(410, page);
  const due = edition.nextDue(instantAt(now));
  return notFound(page, due === undefined ? undefined : Math.ceil((Date.parse(due) - now) / 1000));
}

function keyOf({ route, alias, req }: Question): string {
  return alias ? route.path : req.path;
}

function instantAt(milliseconds: number): Instant {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
