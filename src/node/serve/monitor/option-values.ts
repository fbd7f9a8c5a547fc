import { InvalidArgumentError } from 'commander';
import type { ListenAddress } from '../server.ts';

/** Reads a port; throws if it is none. */
export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}

/** Reads values separated by commas. */
export function list(text: string): readonly string[] {
  return text.split(',').map((one) => one.trim());
}

/** Reads a port, or a host and a port: `9100`, `0.0.0.0:9100`, `[::]:9100`. */
export function listenAddress(text: string): ListenAddress {
  const [, host = '127.0.0.1', number = text] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(text) ?? [];
  return { host, port: port(number) };
}
