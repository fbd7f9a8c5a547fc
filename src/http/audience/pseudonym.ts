/**
 * Returns the text whose keyed hash is a client's pseudonym for a day: address and User-Agent, as the IAB counts. An
 * IPv6 address is cut to its network, because devices change the rest every day or more often.
 */
export function pseudonymText(address: string, agent: string): string {
  return `${networkOf(address)}\n${agent}`;
}

/** Characters of a pseudonym in base64: 96 bits, so that two clients of a day never share one. */
export const pseudonymLength = 16;

function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
