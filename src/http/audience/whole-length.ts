import type { Answer } from '../response/respond.ts';

const lengths = new WeakMap<Response, number>();

/** Notes the uncompressed length of an answer's whole document, which the response doesn't have. */
export function noteLength(response: Response, { whole }: Answer): Response {
  if (whole !== undefined) lengths.set(response, whole);
  return response;
}

/** Returns the length of the whole document or file that a response is about, if known. */
export function wholeLength(response: Response): number | undefined {
  const noted = lengths.get(response);
  if (noted !== undefined) return noted;
  const range = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  const length = range ?? (response.status === 200 ? response.headers.get('Content-Length') : null);
  return length === null || response.headers.has('Content-Encoding') ? undefined : Number(length);
}
