/**
 * Returns the network of an address: the first `octets` of IPv4 (192.0.2.0), or the first `groups` of 16 bits of IPv6
 * (2001:db8:1::). IPv4 inside IPv6 counts as IPv4; other text is returned as it is.
 */
export function networkOf(address: string, octets: number, groups: number): string {
  const [, inner = address] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address) ?? [];
  if (!inner.includes(':')) {
    const parts = inner.split('.');
    return parts.length === 4 ? parts.map((part, i) => (i < octets ? part : '0')).join('.') : inner;
  }
  const [head = '', tail] = inner.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const kept = [...before, ...zeros, ...after].slice(0, groups).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${kept.join(':').replace(/(?::?\b0)+$/, '')}::`;
}
