import { secondsOf } from '../duration.ts';
import { canonicalUrl } from '../web-address.ts';

/** Where an element of Podcasting 2.0 may stand. */
export type ElementPlace = 'channel' | 'item';

/** How a key becomes elements, whose names and attributes are those of the specification. */
export interface ElementRule {
  readonly name: string;
  readonly places: readonly ElementPlace[];
  /** What a value must be, for messages. */
  readonly expects: string;
  /** The key of the text; a value that is not a map is the text. */
  readonly text?: readonly [key: string, read: Check];
  /** Whether the text may be missing. */
  readonly isTextOptional?: true;
  /** Keys and the attributes that they become; names that end in `!` are required. */
  readonly attributes?: Readonly<Record<string, readonly [attribute: string, read: Check]>>;
  /** A key with elements inside. */
  readonly inner?: readonly [key: string, rule: ElementRule];
  /** Whether there can be only one. */
  readonly isSingle?: true;
}

/** Reads the text of a value; `undefined` if it is wrong. */
type Check = (written: string) => string | undefined;

const any: Check = (written) => written;
const address: Check = (written) => canonicalUrl(written);
const number: Check = (written) => (/^\d{1,12}(?:\.\d{1,12})?$/.test(written) ? written : undefined);
const seconds: Check = (written) => (/^\d{1,7}\.\d{1,3}$/.test(written) ? written : secondsOf(written)?.toString());
const uuid: Check = (written) =>
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(written) ? written.toLowerCase() : undefined;
const flag: Check = (written) => (/^(?:true|false)$/i.test(written) ? written.toLowerCase() : undefined);
const matching =
  (pattern: RegExp): Check =>
  (written) =>
    pattern.test(written) ? written : undefined;
const mediums = 'podcast music video film audiobook newsletter blog publisher course mixed'.split(' ');
const medium: Check = (written) => (mediums.includes(written.replace(/L$/, '')) ? written : undefined);

const recipient: ElementRule = {
  name: 'valueRecipient',
  places: [],
  expects: 'a list of recipients, each a map of name, type, address and split',
  attributes: {
    name: ['name', any],
    'type!': ['type', any],
    'address!': ['address', any],
    'split!': ['split', matching(/^\d{1,9}$/)],
    customKey: ['customKey', any],
    customValue: ['customValue', any],
    fee: ['fee', flag],
  },
};

export const remoteItem: ElementRule = {
  name: 'remoteItem',
  places: [],
  expects: 'a list of podcasts, each a map of guid and url',
  attributes: {
    'guid!': ['feedGuid', uuid],
    url: ['feedUrl', address],
    title: ['title', any],
    medium: ['medium', medium],
  },
};

/** The keys with their elements, in the order in which feeds have them. */
export const podcastRules: Readonly<Record<string, ElementRule>> = {
  medium: {
    name: 'medium',
    places: ['channel'],
    expects: `one of ${mediums.join(', ')}`,
    text: ['name', medium],
    isSingle: true,
  },
  updateFrequency: {
    name: 'updateFrequency',
    places: ['channel'],
    expects: 'text such as Weekly, or a map of text, rrule, start and complete',
    text: ['text', any],
    attributes: {
      rrule: ['rrule', matching(/^FREQ=[A-Z]+(?:;[A-Z]+=[^;=]+)*$/)],
      start: ['dtstart', matching(/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?$/)],
      complete: ['complete', flag],
    },
    isSingle: true,
  },
  funding: {
    name: 'funding',
    places: ['channel', 'item'],
    expects: 'a map of url and text, or a list of them',
    text: ['text', any],
    attributes: { 'url!': ['url', address] },
  },
  location: {
    name: 'location',
    places: ['channel', 'item'],
    expects: 'the name of a place, or a map of name, rel, geo, osm and country, or a list of them',
    text: ['name', any],
    attributes: {
      rel: ['rel', matching(/^(?:subject|creator)$/)],
      geo: ['geo', matching(/^geo:-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?\S*$/)],
      osm: ['osm', matching(/^[NWR]\d+(?:#\d+)?$/)],
      country: ['country', matching(/^[A-Z]{2}$/)],
    },
  },
  license: {
    name: 'license',
    places: ['channel', 'item'],
    expects: 'an identifier such as cc-by-4.0, or a map of name and url',
    text: ['name', any],
    attributes: { url: ['url', address] },
    isSingle: true,
  },
  value: {
    name: 'value',
    places: ['channel', 'item'],
    expects: 'a map of type, method, suggested and recipients, or a list of them',
    attributes: { 'type!': ['type', any], 'method!': ['method', any], suggested: ['suggested', number] },
    inner: ['recipients', recipient],
  },
  soundbite: {
    name: 'soundbite',
    places: ['item'],
    expects: 'a map of start, duration and title, or a list of them',
    text: ['title', any],
    isTextOptional: true,
    attributes: { 'start!': ['startTime', seconds], 'duration!': ['duration', seconds] },
  },
  social: {
    name: 'socialInteract',
    places: ['item'],
    expects: 'a map of url, protocol and account, or a list of them',
    attributes: {
      'url!': ['uri', address],
      'protocol!': ['protocol', matching(/^[\w-]+$/)],
      account: ['accountId', any],
    },
  },
  contentLink: {
    name: 'contentLink',
    places: ['item'],
    expects: 'a map of url and text, or a list of them',
    text: ['text', any],
    attributes: { 'url!': ['href', address] },
  },
  txt: {
    name: 'txt',
    places: ['channel', 'item'],
    expects: 'text, or a map of text and purpose, or a list of them',
    text: ['text', any],
    attributes: { purpose: ['purpose', any] },
  },
  block: {
    name: 'block',
    places: ['channel'],
    expects: 'true, or the names of services such as amazon',
    text: ['block', matching(/^[a-z0-9-]{1,32}$/)],
  },
  podroll: {
    name: 'podroll',
    places: ['channel'],
    expects: remoteItem.expects,
    inner: ['', remoteItem],
    isSingle: true,
  },
};

/** The keys that may stand at a place. */
export function podcastKeysAt(place: ElementPlace): readonly string[] {
  return Object.keys(podcastRules).filter((key) => podcastRules[key]?.places.includes(place));
}
