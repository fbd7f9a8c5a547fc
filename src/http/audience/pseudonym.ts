import { networkOf } from './network.ts';

/**
 * Returns the text whose keyed hash is a client's pseudonym for a day: address and User-Agent, as the IAB counts. An
 * IPv6 address is cut to its first 64 bits, because devices change the rest every day or more often.
 */
export function pseudonymText(address: string, agent: string): string {
  return `${networkOf(address, 4, 4)}\n${agent}`;
}

/** Characters of a pseudonym in base64: 96 bits, so that two clients of a day never share one. */
export const pseudonymLength = 16;
