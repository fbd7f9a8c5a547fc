import { omitUndefined } from '../../../article/omit-undefined.ts';
import { targetOf } from '../../../http/audience/poll.ts';
import { pathOf, readTime } from './combined-log.ts';
import { hostOf, type LogRecord } from './log-record.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a line of JSON from Dateline, Caddy, Cloudflare's Logpush, CloudFront, or nginx with the names of its
 * variables. Only Dateline's lines have the sizes of documents and files, and whether the request was conditional.
 */
export function readJson(line: string): LogRecord | undefined {
  const fields = parse(line);
  if (fields === undefined) return undefined;
  const inner = objectIn(fields, 'request') ?? {};
  const headers = objectIn(inner, 'headers') ?? objectIn(fields, 'RequestHeaders') ?? {};
  const [fromRequest, target] = partsOf(first(fields, 'request'));
  const path = pathOf(
    target ?? first(fields, ...names.path) ?? first(inner, 'uri', 'path') ?? first(fields, 'cs-uri-stem') ?? '',
  );
  const method = fromRequest ?? first(fields, ...names.method) ?? first(inner, 'method') ?? '';
  if (method !== 'GET' || targetOf(path) === undefined) return undefined;
  const time = timeOf(fields);
  const status = Number(first(fields, ...names.status));
  const [whole, minute] = [numberIn(fields, 'whole'), numberIn(fields, 'minute')];
  if (time === undefined || !(status >= 100)) return undefined;
  const [condition, since] = [headers['If-None-Match'], headers['If-Modified-Since']];
  const isConditional = status === 304 || hasCondition(fields) || condition !== undefined || since !== undefined;
  return {
    ...{ time, method, path, status, isConditional },
    bytes: Number(first(fields, ...names.bytes)) || 0,
    ...omitUndefined({ whole, minute }),
    ...(fields.prefetch === true ? { isPrefetch: true } : {}),
    address: first(fields, ...names.address) ?? first(inner, 'client_ip', 'remote_ip', 'remote_addr') ?? '',
    agent: first(fields, ...names.agent) ?? first(headers, 'User-Agent') ?? '',
    ...hostOf(first(fields, ...names.host) ?? first(inner, 'host')),
  };
}

function numberIn(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  return typeof value === 'number' ? value : undefined;
}

/** The names of the fields: Dateline's, nginx's, Cloudflare's and CloudFront's. */
const names = {
  path: ['url', 'request_uri', 'uri', 'ClientRequestURI', 'ClientRequestPath'],
  method: ['method', 'request_method', 'ClientRequestMethod', 'cs-method'],
  status: ['status', 'EdgeResponseStatus', 'sc-status'],
  bytes: ['bytes', 'size', 'body_bytes_sent', 'EdgeResponseBodyBytes', 'EdgeResponseBytes', 'bytes_sent', 'sc-bytes'],
  address: ['client', 'remote_addr', 'ClientIP', 'c-ip'],
  agent: ['agent', 'http_user_agent', 'user_agent', 'ClientRequestUserAgent', 'cs(User-Agent)'],
  host: ['host', 'http_host', 'server_name', 'ClientRequestHost', 'x-host-header'],
  time: ['time', 'ts', 'msec', 'time_iso8601', 'time_local', 'EdgeStartTimestamp', '@timestamp', 'timestamp'],
} as const;

function parse(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the first field that has a value, as text; of a list, as in Caddy's header fields, its first. */
function first(fields: Fields, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const field = fields[key];
    const value: unknown = Array.isArray(field) ? field[0] : field;
    if (typeof value === 'string' && value !== '-') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

function objectIn(fields: Fields, key: string): Fields | undefined {
  const value = fields[key];
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

/** Splits nginx's `$request`: `GET /rss.xml HTTP/1.1`. */
function partsOf(request: string | undefined): readonly [method?: string, target?: string] {
  const [method, target] = request?.split(' ') ?? [];
  return method === undefined || target === undefined ? [] : [method, target];
}

function hasCondition(fields: Fields): boolean {
  if (fields.conditional === true) return true;
  return [fields.http_if_none_match, fields.http_if_modified_since].some(
    (one) => typeof one === 'string' && one !== '',
  );
}

function timeOf(fields: Fields): number | undefined {
  const text =
    first(fields, ...names.time) ??
    (fields.date === undefined ? undefined : `${first(fields, 'date')}T${first(fields, 'time')}Z`);
  if (text === undefined) return undefined;
  const day = first(fields, 'date');
  if (day !== undefined && /^\d\d:\d\d:\d\d$/.test(text)) return Date.parse(`${day}T${text}Z`);
  const number = Number(text);
  if (!Number.isNaN(number)) return milliseconds(number);
  const time = Date.parse(text);
  return Number.isNaN(time) ? readTime(`[${text}`, 0) : time;
}

/** Returns milliseconds of a time in seconds, milliseconds, microseconds or nanoseconds since 1970. */
function milliseconds(time: number): number {
  if (time < 1e11) return time * 1000;
  if (time < 1e14) return time;
  return time < 1e17 ? time / 1000 : time / 1e6;
}
