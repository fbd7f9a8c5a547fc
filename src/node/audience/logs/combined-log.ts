import { isIP } from 'node:net';
import { targetOf } from '../../../http/audience/poll.ts';
import { hostOf, type LogRecord } from './log-record.ts';

/**
 * Reads a line in the Common or Combined Log Format of web servers, also with the host before it (`vhost_combined`).
 * The path is checked first, because most lines are about pages and pictures.
 *
 * @example 192.0.2.7 - - [30/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 304 0 "-" "Miniflux/2.2"
 */
export function readCombined(line: string): LogRecord | undefined {
  const opens = line.indexOf('"');
  if (!line.startsWith('"GET ', opens)) return undefined;
  const pathEnd = line.indexOf(' ', opens + 5);
  const closes = endOfQuote(line, opens);
  if (pathEnd === -1 || closes === -1) return undefined;
  const path = pathOf(line.slice(opens + 5, Math.min(pathEnd, closes)));
  if (targetOf(path) === undefined) return undefined;
  const time = readTime(line, line.indexOf('['));
  const status = Number(line.slice(closes + 2, closes + 5));
  if (time === undefined || !(status >= 100)) return undefined;
  const bytesEnd = line.indexOf(' ', closes + 6);
  const bytes = Number(line.slice(closes + 6, bytesEnd === -1 ? line.length : bytesEnd)) || 0;
  return {
    ...{ time, method: 'GET', path, status, bytes },
    isConditional: status === 304,
    ...senderOf(line),
    agent: agentOf(line, closes),
  };
}

/** Returns the path of a request target, which a proxy may send as a whole URL. */
export function pathOf(target: string): string {
  if (target.startsWith('/')) return target;
  const host = target.indexOf('://');
  const path = host === -1 ? -1 : target.indexOf('/', host + 3);
  return path === -1 ? target : target.slice(path);
}

/** Reads the address: the first field, or the second if that is an address, after the host. */
function senderOf(line: string): Pick<LogRecord, 'address' | 'host'> {
  const first = line.slice(0, line.indexOf(' '));
  const second = line.slice(first.length + 1, line.indexOf(' ', first.length + 1));
  // Otherwise it is the name of a user, or a dash.
  return isIP(second) === 0 ? { address: first } : { address: second, ...hostOf(first) };
}

/** Reads the second quoted field after the request, the User-Agent. */
function agentOf(line: string, requestEnd: number): string {
  const referer = line.indexOf('"', requestEnd + 1);
  const refererEnd = referer === -1 ? -1 : endOfQuote(line, referer);
  const agent = refererEnd === -1 ? -1 : line.indexOf('"', refererEnd + 1);
  if (agent === -1) return '';
  const end = endOfQuote(line, agent);
  return unescaped(line.slice(agent + 1, end === -1 ? line.length : end));
}

/** Finds the quotation mark that ends a field; one after an odd number of backslashes is part of it. */
function endOfQuote(line: string, start: number): number {
  let end = line.indexOf('"', start + 1);
  while (end > 0 && isEscaped(line, end)) end = line.indexOf('"', end + 1);
  return end;
}

function isEscaped(line: string, at: number): boolean {
  let start = at;
  while (line[start - 1] === '\\') start--;
  return (at - start) % 2 === 1;
}

/** Decodes the escapes for quotation marks and bytes outside ASCII: `\"`, `\xd0`. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text === '-' ? '' : text;
  return text.replace(/\\(?:x([\da-f]{2})|(.))/gi, (_, code: string | undefined, character: string) =>
    code === undefined ? character : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

let last = { text: '', midnight: 0 };

/** Reads a time such as `[30/Nov/2026:02:03:04 +0000]`. */
export function readTime(line: string, start: number): number | undefined {
  if (start === -1 || line[start + 12] !== ':') return undefined;
  const date = line.slice(start + 1, start + 12);
  // The lines of a day have the same date.
  if (date !== last.text) last = { text: date, midnight: Date.parse(`${date.replaceAll('/', ' ')} UTC`) };
  const digits = (at: number): number => Number(line.slice(start + at, start + at + 2));
  const seconds = digits(13) * 3600 + digits(16) * 60 + digits(19);
  const offset = digits(23) * 60 + digits(25);
  const minutes = line[start + 22] === '-' ? -offset : offset;
  const time = last.midnight + seconds * 1000 - minutes * 60_000;
  return Number.isNaN(time) ? undefined : time;
}
