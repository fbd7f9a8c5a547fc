import type { Poll } from '../../../http/audience/poll.ts';

/** A line of an access log, as far as it is counted. */
export interface LogRecord extends Poll {
  readonly address: string;
}

/** Reads a line; `undefined` if it is none of the format, or leads to nothing that is counted. */
export type ReadLine = (line: string) => LogRecord | undefined;
