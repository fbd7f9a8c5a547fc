import type { Site } from '../../../publication/site/site.ts';
import type { DayCounts } from '../counts.ts';
import { reportOf } from '../report.ts';
import { writeCsv } from './audience-csv.ts';
import { audiencePage, tokenPage } from './audience-view.ts';

/** Where the publisher sees who reads. */
export const audiencePath = '/_audience';

/** What the publisher's page is made of. */
export interface AudienceSource {
  readonly site: Site;
  /** The publisher's secret; without one of {@link shortestToken} characters, there is no page. */
  readonly token: string | undefined;
  readonly days: () => readonly DayCounts[] | Promise<readonly DayCounts[]>;
}

/**
 * Answers a request for the numbers of the audience, as a page, JSON or CSV; the token comes in `Authorization` or in a
 * form. Returns `undefined` for other paths, and if the publisher has no token; the app then answers 404.
 */
export async function answerAudience(request: Request, path: string, source: AudienceSource) {
  const { site, token = '', days } = source;
  const ending = path.startsWith(audiencePath) ? path.slice(audiencePath.length) : undefined;
  if ((ending !== '' && ending !== '.json' && ending !== '.csv') || token.length < shortestToken) return undefined;
  const isForm = request.method === 'POST' && ending === '';
  if (!isForm && request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const form = isForm ? await formOf(request) : undefined;
  const given = form?.get('token') ?? /^Bearer +(\S+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1] ?? '';
  // Never stored: a cache would answer the publisher with it.
  if (!(await isSame(given, token)))
    return ending === ''
      ? respond(404, 'text/html', tokenPage(site, given !== ''))
      : respond(404, 'text/plain', 'Not found.\n');
  const report = await Promise.resolve()
    .then(days)
    .then(reportOf, () => undefined);
  if (report === undefined) return respond(503, 'text/plain', 'The numbers cannot be read now.\n');
  const format = form?.get('format') ?? ending.slice(1);
  if (format === 'json') return respond(200, 'application/json', `${JSON.stringify(report, null, 2)}\n`);
  if (format === 'csv') return respond(200, 'text/csv', writeCsv(report));
  return respond(200, 'text/html', audiencePage(site, report));
}

/** The least characters of a token, so that nobody guesses it. */
const shortestToken = 16;

/** The most bytes of the form. */
const formLimit = 2 * 1024;

async function formOf(request: Request): Promise<URLSearchParams> {
  const length = Number(request.headers.get('Content-Length') ?? Number.NaN);
  // The page's own form has a length and is short.
  return new URLSearchParams(length <= formLimit ? await request.text() : '');
}

/** Compares in constant time. */
async function isSame(given: string, token: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(given), digest(token)]);
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

async function respond(status: number, type: string, text: string | Promise<string>): Promise<Response> {
  const body = await text;
  return new Response(body, {
    status,
    headers: {
      'Content-Type': type === 'application/json' ? type : `${type}; charset=utf-8`,
      'Content-Length': String(new TextEncoder().encode(body).byteLength),
      'Content-Security-Policy': `${audiencePolicy}; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
  });
}

/** As for other pages, without scripts and with the form. */
const audiencePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'";
