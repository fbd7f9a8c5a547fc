import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../../src/node/serve/monitor/client-address.ts';

const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('the address of a client', () => {
  it.each([
    ['no proxy is named', [], '198.51.100.7', '192.0.2.1', '198.51.100.7'],
    ['the sender is no proxy', ['10.0.0.0/8'], '198.51.100.7', '192.0.2.1', '198.51.100.7'],
    ['a proxy forwards', ['127.0.0.1'], '127.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['a client invents addresses', ['127.0.0.1'], '127.0.0.1', '203.0.113.9, 192.0.2.1', '192.0.2.1'],
    ['two proxies forward', ['127.0.0.1', '10.0.0.0/8'], '127.0.0.1', '203.0.113.9, 192.0.2.1, 10.1.2.3', '192.0.2.1'],
    ['the proxy says nothing', ['127.0.0.1'], '127.0.0.1', undefined, '127.0.0.1'],
    ['the proxy says nonsense', ['127.0.0.1'], '127.0.0.1', 'unknown', '127.0.0.1'],
    ['the socket is IPv4 in IPv6', ['127.0.0.1'], '::ffff:127.0.0.1', '192.0.2.1:4711', '192.0.2.1'],
    ['all is IPv6', ['2001:db8:ffff::/48'], '2001:db8:ffff::1', '[2001:db8::5]:443', '2001:db8::5'],
  ] as const)('if %s', (_, proxies, socket, forwarded, client) => {
    expect(clientAddress(proxies)(request(socket, forwarded))).toBe(client);
  });

  it.each(['', 'proxy.example', '10.0.0.0/33', '10.0.0.0/x', '::1/129', '10.0.0.0/-1'])(
    'needs no proxy %j',
    (proxy) => {
      expect(() => clientAddress([proxy])).toThrow(`"${proxy}" is neither an address nor a range such as 10.0.0.0/8`);
    },
  );
});
