import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Sizes } from '../../../http/audience/sizes.ts';

/** A request and its answer, once the answer has been sent or the client is gone. */
export interface Exchange extends Sizes {
  readonly request: IncomingMessage;
  readonly status: number;
  /** Bytes of the answer's content, without its header. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly began: number;
  /** Milliseconds from the header of the request to the end of the answer. */
  readonly duration: number;
  /** Whether the whole answer was sent. */
  readonly isComplete: boolean;
}

/** Calls `onEnd` for each exchange of a listener. */
export function observed(
  listener: RequestListener,
  onEnd: (exchange: Exchange) => void,
  sizesByRequest?: Pick<WeakMap<IncomingMessage, Sizes>, 'get'>,
): RequestListener {
  return (request, response) => {
    const [began, start] = [Date.now(), performance.now()];
    const count = countContent(response);
    response.once('close', () => {
      const isComplete = response.writableFinished;
      const { statusCode: status } = response;
      const sizes = sizesByRequest?.get(request);
      onEnd({ request, status, bytes: count(), began, duration: performance.now() - start, isComplete, ...sizes });
    });
    return listener(request, response);
  };
}

/** Counts the bytes of content that are given to a response. */
export function countContent(response: ServerResponse): () => number {
  let bytes = 0;
  const add = (part: unknown): void => {
    if (typeof part === 'string') bytes += Buffer.byteLength(part);
    else if (part instanceof Uint8Array) bytes += part.byteLength;
  };
  const { write, end } = response;
  response.write = (part: unknown, ...rest: unknown[]) => {
    add(part);
    return Reflect.apply(write, response, [part, ...rest]);
  };
  response.end = (part?: unknown, ...rest: unknown[]) => {
    add(part);
    return Reflect.apply(end, response, [part, ...rest]);
  };
  return () => bytes;
}
