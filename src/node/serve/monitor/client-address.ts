import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6, type Socket } from 'node:net';

/** Returns the address of the client that sent a request. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * Creates a function that finds the client behind the named proxies: addresses, or ranges such as `10.0.0.0/8`. Each
 * proxy appends to X-Forwarded-For whom it serves, so the last address there that is no proxy is the client. What
 * comes from elsewhere is not believed.
 *
 * Throws if a proxy is neither an address nor a range.
 */
export function clientAddress(proxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const proxy of proxies) addProxy(trusted, proxy);
  const isProxy = (address: string): boolean => trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  const known = new WeakMap<Socket, string>();
  return (request) => {
    const { socket } = request;
    let address = known.get(socket);
    if (address === undefined) {
      address = plainAddress(socket.remoteAddress ?? '');
      known.set(socket, address);
    }
    if (proxies.length === 0) return address;
    // Node.js makes the object of all fields when it is first read, which a poll does not need.
    const field = request.headers['x-forwarded-for'];
    const forwarded = (Array.isArray(field) ? field.join() : (field ?? '')).split(',');
    while (isIP(address) !== 0 && isProxy(address)) {
      const before = plainAddress(forwarded.pop()?.trim() ?? '');
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

function addProxy(trusted: BlockList, proxy: string): void {
  const [address = '', bits] = proxy.split('/');
  const longest = isIPv6(address) ? 128 : 32;
  const length = bits === undefined ? longest : Number(bits);
  const isRange = isIP(address) !== 0 && (bits === undefined || /^\d{1,3}$/.test(bits)) && length <= longest;
  if (!isRange) throw new Error(`"${proxy}" is neither an address nor a range such as 10.0.0.0/8`);
  trusted.addSubnet(address, length, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Removes what a socket or a proxy adds to an address: a port, brackets, or the prefix of IPv4 in IPv6. */
function plainAddress(written: string): string {
  const address = written.replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
