import { BlockList, isIPv4 } from 'node:net';

/**
 * Reports whether an IP address belongs to the public internet. An IPv6 address that contains an IPv4 address is judged
 * by the IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !specialIPv4.check(address);
  const groups = groupsOf(address);
  const embedded = embeddings.find(({ prefix }) => prefix.every((group, i) => groups[i] === group));
  if (embedded !== undefined) return isPublicAddress(dotted(groups.slice(embedded.at, embedded.at + 2)));
  return globalIPv6.check(address, 'ipv6') && !specialIPv6.check(address, 'ipv6');
}

/** What is not globally reachable (IANA IPv4 Special-Purpose Address Registry), multicast and reserved addresses. */
const specialIPv4 = subnets('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);

/** Global unicast (RFC 4291 §2.4). Loopback, unique local, link-local and multicast addresses lie outside of it. */
const globalIPv6 = subnets('ipv6', ['2000::/3']);

/** Unicast addresses that are not globally reachable (IANA IPv6 Special-Purpose Address Registry). */
const specialIPv6 = subnets('ipv6', ['2001::/23', '2001:db8::/32', '3fff::/20']);

/** Prefixes of addresses that contain an IPv4 address, and the first of its two groups. */
const embeddings: readonly { readonly prefix: readonly number[]; readonly at: number }[] = [
  // IPv4-mapped (RFC 4291 §2.5.5.2) and IPv4-translated (RFC 2765 §2.1).
  { prefix: [0, 0, 0, 0, 0, 0xffff], at: 6 },
  { prefix: [0, 0, 0, 0, 0xffff, 0], at: 6 },
  // NAT64 (RFC 6052 §2.1) and 6to4 (RFC 3056 §2).
  { prefix: [0x64, 0xff9b, 0, 0, 0, 0], at: 6 },
  { prefix: [0x2002], at: 1 },
];

function subnets(family: 'ipv4' | 'ipv6', written: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of written) {
    const [address = '', bits] = subnet.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Returns the eight groups of an IPv6 address, which may name a zone. */
function groupsOf(address: string): readonly number[] {
  const { hostname } = new URL(`http://[${address.replace(/%.*$/s, '')}]/`);
  const [before = [], after = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16))));
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function dotted(groups: readonly number[]): string {
  return groups.flatMap((group) => [group >> 8, group & 255]).join('.');
}
