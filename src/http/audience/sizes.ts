import type { Answer } from '../response/respond.ts';

/** Sizes that an answer's own bytes don't show, in bytes. */
export interface Sizes {
  /** The whole document or file without compression. */
  readonly whole?: number | undefined;
  /** A recording until a minute of it can be played. */
  readonly minute?: number | undefined;
}

const known = new WeakMap<Response, Sizes>();

/** Notes the sizes of what an answer is about, which the response doesn't have. */
export function noteSizes(response: Response, { whole, minute }: Pick<Answer, 'whole'> & Sizes): Response {
  if (whole !== undefined || minute !== undefined) known.set(response, { whole, minute });
  return response;
}

/** Returns the sizes of the document or file that a response is about, as far as they are known. */
export function sizesOf(response: Response): Sizes {
  const { minute, whole = lengthIn(response) } = known.get(response) ?? {};
  return { whole, minute };
}

function lengthIn({ status, headers }: Response): number | undefined {
  const range = /\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1];
  const length = range ?? (status === 200 ? headers.get('Content-Length') : null);
  return length === null || headers.has('Content-Encoding') ? undefined : Number(length);
}
