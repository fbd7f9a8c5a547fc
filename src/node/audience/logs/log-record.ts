import type { Poll } from '../../../http/audience/poll.ts';

/** The counted facts of a line of an access log. */
export interface LogRecord extends Poll {
  readonly address: string;
}

/** Reads a line; `undefined` if it has another format or its path is not counted. */
export type ReadLine = (line: string) => LogRecord | undefined;
