import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { readPodcastElements } from '../../article/front-matter/episode/podcast-elements.ts';
import { keyOf, type Table, type Value } from '../../article/front-matter/syntax/value.ts';
import type { PodcastElement } from '../../article/media/episode.ts';
import { podcastKeysAt, podcastRules } from '../../article/media/podcast-rules.ts';
import { typeOfFile } from '../../article/media-types.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { instantOf } from '../../article/seed/date.ts';
import { canonicalUrl } from '../../article/web-address.ts';
import type { LiveShow } from '../site/podcast.ts';
import { describe, type Key, text, type Wrong } from './key-file.ts';

/** The keys of Podcasting 2.0 below `podcast`, each read as elements of the channel. */
export const podcastElementKeys = Object.fromEntries(
  podcastKeysAt('channel').map((key) => [
    key,
    { expects: podcastRules[key]?.expects ?? '', read: (node: ParsedNode, wrong: Wrong) => elements(key, node, wrong) },
  ]),
) as Readonly<Record<string, Key & { read(node: ParsedNode, wrong: Wrong): readonly PodcastElement[] | undefined }>>;

/** Lists the elements of the channel that a podcast's keys became, in the order of feeds. */
export function elementsIn(written: object): readonly PodcastElement[] {
  const read = written as Readonly<Record<string, readonly PodcastElement[] | undefined>>;
  return ['people', ...podcastKeysAt('channel')].flatMap((key) => read[key] ?? []);
}

function elements(key: string, node: ParsedNode, wrong: Wrong): readonly PodcastElement[] | undefined {
  const nodes = new Map<Value, ParsedNode>();
  let isWrong = false;
  const read = readPodcastElements(key, valueAt(node, nodes), (value, message) => {
    isWrong = true;
    wrong(nodes.get(value) ?? node, message);
  });
  return isWrong ? undefined : read;
}

/** Makes a value of front matter of a node, so that both are read by the same rules; `nodes` gets their places. */
function valueAt(node: ParsedNode, nodes: Map<Value, ParsedNode>): Value {
  const at = node.range[0];
  let value: Value;
  if (isMap(node)) {
    const entries = new Map<string, Value>();
    for (const { key, value: inner } of node.items)
      if (inner !== null && isScalar(key)) entries.set(keyOf(String(key.value)), valueAt(inner, nodes));
    value = { kind: 'table', entries, at } satisfies Table;
  } else if (isSeq(node)) value = { kind: 'list', items: node.items.map((item) => valueAt(item, nodes)), at };
  else {
    const isText = isScalar(node) && typeof node.value === 'string';
    value = { kind: 'scalar', text: text(node) ?? '', isText, at };
  }
  nodes.set(value, node);
  return value;
}

export const expectsLive = 'a list of shows, each a map of title, start, end, url, type, link and description';

/** Reads the live shows. */
export function liveShows(node: ParsedNode, wrong: Wrong): readonly LiveShow[] | undefined {
  if (!isSeq(node)) return undefined;
  const all = node.items.map((item) => liveShow(item, wrong));
  return all.every((one) => one !== undefined) ? all : undefined;
}

function liveShow(node: ParsedNode, wrong: Wrong): LiveShow | undefined {
  if (!isMap(node)) return wrong(node, `expected ${expectsLive}, got ${describe(node)}`);
  const field = (name: string): ParsedNode | undefined =>
    (node.items.find(({ key }) => isScalar(key) && key.value === name)?.value ?? undefined) as ParsedNode | undefined;
  const words = (name: string): string | undefined => {
    const found = field(name);
    return found && text(found);
  };
  const [title, url] = [words('title'), canonicalUrl(words('url') ?? '')];
  const [start, end] = [moment(words('start')), moment(words('end'))];
  if (title === undefined) return wrong(node, 'expected a show with a title');
  if (url === undefined) return wrong(field('url') ?? node, 'expected the address of the stream in "url"');
  if (start === undefined || end === undefined || end <= start)
    return wrong(
      field(start === undefined ? 'start' : 'end') ?? node,
      'expected "start" and a later "end" with a time zone, such as 2026-03-01T20:00:00+01:00',
    );
  const [link, description] = [words('link'), words('description')];
  const address = link === undefined ? undefined : canonicalUrl(link);
  if (link !== undefined && address === undefined)
    return wrong(field('link') ?? node, 'expected an absolute address in "link"');
  const type = words('type') ?? typeOfFile(url) ?? 'audio/mpeg';
  return omitUndefined({ title, start, end, url, type, link: address ?? url, description });
}

function moment(written: string | undefined): string | undefined {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/.test(written ?? '')) return undefined;
  return instantOf(Date.parse((written ?? '').replace(' ', 'T')));
}
