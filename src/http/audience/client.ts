import { bots, browsersName, namelessName, scripts } from './bots.ts';
import { type ClientKind, knownClients } from './readers.ts';

/** What a User-Agent says about a client. None of its text is kept except the name of a known program. */
export interface Client {
  readonly name: string;
  readonly kind: ClientKind;
  /** How many people the client says it fetches for. */
  readonly subscribers?: number;
  /** The aggregator's own number or hash of the feed, which differs for http and https. */
  readonly feedId?: string;
  /** The product of an unknown program, to name refused clients and to distinguish unknown aggregators. */
  readonly product?: string;
}

/** The name of a client that is in no table. */
export const otherName = 'Other';
const otherBots = 'Other bots';

/**
 * Identifies a client. Aggregators write "12 subscribers" in many places, so the number is read anywhere.
 *
 * @example identifyClient('Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)')
 */
export function identifyClient(agent: string): Client {
  const text = decoded(decoded(agent.slice(0, agentLimit))).toLowerCase();
  const { name, kind } = nameOf(text);
  if (kind === 'bot' && name !== otherBots) return { name, kind };
  const isUnknown = name === otherName || name === otherBots;
  const [, stated] = /(?<!\d)(\d{1,8}) (?:active )?(?:subscriber|reader|user)s?\b/.exec(text) ?? [];
  if (stated === undefined) {
    return { name, kind, ...(isUnknown ? productOf(agent) : {}) };
  }
  const subscribers = Number(stated);
  const [, feedId] = /\bfeed-?id[:=] ?([\w-]{1,40})/.exec(text) ?? [];
  return {
    // An unknown aggregator may call itself a bot.
    ...(name === otherBots ? { name: otherName, kind: 'reader' } : { name, kind }),
    subscribers,
    ...(feedId === undefined ? {} : { feedId }),
    ...(isUnknown ? productOf(agent) : {}),
  };
}

/** Returns the name before the first version, so never a whole User-Agent. */
function productOf(agent: string): Pick<Client, 'product'> {
  const [product] = /^[a-z][\w.-]{1,30}(?=\/)/i.exec(agent) ?? [];
  return product === undefined || /^mozilla$/i.test(product) ? {} : { product };
}

/** The most characters of a User-Agent that are read. */
const agentLimit = 400;

/** Decodes a text whose UTF-8 was taken for Latin-1, as Node.js does with header fields, and a log with them again. */
function decoded(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[\u0100-\uffff]/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
    );
  } catch {
    return text;
  }
}

function nameOf(text: string): Pick<Client, 'name' | 'kind'> {
  if (text === '' || text === '-') return { name: namelessName, kind: 'script' };
  const bot = bots.find(([mark]) => text.includes(mark));
  if (bot !== undefined) return { name: bot[1], kind: 'bot' };
  if (text === 'spotify/1.0') return { name: 'Spotify', kind: 'aggregator' };
  const known = knownClients.find(({ mark }) => text.includes(mark));
  if (known !== undefined) return known;
  if (botWord.test(text)) return { name: otherBots, kind: 'bot' };
  const script = scripts.find(([mark]) => text.includes(mark));
  if (script !== undefined) return { name: script[1], kind: 'script' };
  if (browserWord.test(text)) return { name: browsersName, kind: 'browser' };
  return { name: otherName, kind: 'reader' };
}

const botWord = /bot\b|bot[/;-]|crawl|spider|slurp|scrap|preview|monitor|scanner|indexer|archiv|\bseo/;

const browserWord = /^(?:mozilla|opera)\/.*(?:chrome|firefox|safari|trident|opr|msie|gecko)/;
