import type { Poll } from '../../../http/audience/poll.ts';

/** The counted facts of a line of an access log. */
export interface LogRecord extends Poll {
  readonly address: string;
  /** The name of the site that was asked, in lower case and without a port, if the log has it. */
  readonly host?: string;
}

/** Returns a host as records have it. */
export function hostOf(written: string | undefined): Pick<LogRecord, 'host'> {
  return written === undefined || written === '-' ? {} : { host: written.toLowerCase().replace(/:\d+$/, '') };
}

/** Reads a line; `undefined` if it has another format or its path is not counted. */
export type ReadLine = (line: string) => LogRecord | undefined;
