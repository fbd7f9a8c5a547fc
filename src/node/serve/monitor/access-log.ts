import { appendFileSync, closeSync, openSync } from 'node:fs';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { networkOf } from '../../../http/audience/network.ts';
import { hasCondition, isPrefetch } from '../../../http/audience/visit.ts';
import { messageOf } from '../../disk/write/file-error.ts';
import type { ClientAddress } from './client-address.ts';
import type { Exchange } from './exchange.ts';

/** The forms of a line in an access log. */
export const logFormats = ['common', 'combined', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

export interface AccessLogOptions {
  /** A file that is appended to, or `-` for standard output. */
  readonly file: string;
  readonly format: LogFormat;
  /** Whether addresses are written whole. Otherwise only the network is: 24 bits of IPv4, 48 of IPv6. */
  readonly hasAddresses: boolean;
  readonly clientOf: ClientAddress;
  readonly onError: (error: Error) => void;
}

/** Milliseconds until lines are written, together with those that follow. */
const delay = 1000;
/** The most lines that wait to be written. */
const longestQueue = 1000;

/** Writes a line for each request. A log that can't be written costs lines, never an answer. */
export class AccessLog {
  readonly #options: AccessLogOptions;
  #file: number | undefined;
  #lines: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #hasFailed = false;

  /** Throws if the file can't be opened. */
  constructor(options: AccessLogOptions) {
    this.#options = options;
    this.#open();
  }

  add(exchange: Exchange): void {
    const { format, hasAddresses, clientOf } = this.#options;
    const address = clientOf(exchange.request);
    this.#lines.push(formatExchange(exchange, format, hasAddresses ? address : networkOf(address, 3, 3)));
    if (this.#lines.length >= longestQueue) this.#write();
    this.#timer ??= setTimeout(() => this.#write(), delay).unref();
  }

  /** Opens the file again, for a program that has renamed it (logrotate). */
  reopen(): void {
    this.#write();
    try {
      this.#close();
      this.#open();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Writes what is left. */
  close(): void {
    this.#write();
    this.#close();
  }

  #open(): void {
    const { file } = this.#options;
    if (file === '-') return;
    try {
      this.#file = openSync(file, 'a', 0o640);
    } catch (error) {
      throw new Error(`the access log can't be opened: ${messageOf(error)}`, { cause: error });
    }
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#lines.join('');
    this.#lines = [];
    if (text === '') return;
    if (this.#file === undefined) {
      if (this.#options.file === '-') process.stdout.write(text);
      return;
    }
    try {
      appendFileSync(this.#file, text);
      this.#hasFailed = false;
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Reports the first of several failures. */
  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#options.onError(new Error(`the access log is not written: ${messageOf(error)}`));
  }
}

function formatExchange(
  { request, status, bytes, began, duration, isComplete, whole, minute }: Exchange,
  format: LogFormat,
  address: string,
): string {
  const { method = '', url = '', httpVersion, headers } = request;
  const client = address === '' ? '-' : address;
  const { host, referer, 'user-agent': agent } = headers;
  if (format === 'json') {
    const time = new Date(began).toISOString();
    const milliseconds = Math.round(duration * 1000) / 1000;
    const aborted = isComplete ? undefined : true;
    const protocol = `HTTP/${httpVersion}`;
    // What `dateline audience` counts.
    const field = (name: string): string | null => (headers[name.toLowerCase()] as string | undefined) ?? null;
    const audience = {
      whole,
      minute,
      conditional: hasCondition(field) || undefined,
      prefetch: isPrefetch(field) || undefined,
    };
    const line = {
      time,
      client,
      method,
      host,
      url,
      protocol,
      status,
      bytes,
      milliseconds,
      referer,
      agent,
      aborted,
      ...audience,
    };
    return `${JSON.stringify(omitUndefined(line))}\n`;
  }
  const quoted = (text: string): string => `"${escaped(text)}"`;
  const common = `${client} - - [${logTime(began)}] ${quoted(`${method} ${url} HTTP/${httpVersion}`)} ${status} ${bytes === 0 ? '-' : bytes}`;
  return format === 'common' ? `${common}\n` : `${common} ${quoted(referer ?? '-')} ${quoted(agent ?? '-')}\n`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Formats a time as the logs of web servers do, in UTC: `30/Nov/2026:02:03:04 +0000`. */
function logTime(milliseconds: number): string {
  const [date = '', time = ''] = new Date(milliseconds).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

/** Escapes what could end a field or a line, as Apache's mod_log_config does. */
function escaped(text: string): string {
  return text
    .replace(/["\\]/g, '\\$&')
    .replace(/[^\x20-\x7e]/g, (character) =>
      Array.from(Buffer.from(character), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
    );
}
