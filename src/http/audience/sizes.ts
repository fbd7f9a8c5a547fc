import type { Answer } from '../response/respond.ts';

/** Sizes in bytes that cannot be seen in the answer itself. */
export interface Sizes {
  /** The whole document or file without compression. */
  readonly whole?: number | undefined;
  /** The bytes of a recording with which a minute of it can be played. */
  readonly minute?: number | undefined;
}

const known = new WeakMap<Response, Sizes>();

/** Remembers the sizes of a document or file for its response, which has no place for them. */
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
