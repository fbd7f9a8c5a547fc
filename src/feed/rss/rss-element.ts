import type { Extension } from 'feed';
import type { PodcastElement } from '../../article/media/episode.ts';
import { escapeAttribute } from '../xml.ts';
import { carried } from './rss-text.ts';

/** An element, in the form that the library `feed` takes. */
export type Element = Record<string, unknown>;
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Makes an extension, or none without content. The library repeats the element for a list, despite its types. */
export function extension(name: string, content: Element | readonly Element[] | undefined): Extension[] {
  const isNothing = content === undefined || (Array.isArray(content) && content.length === 0);
  return isNothing ? [] : [{ name, objects: content as Element }];
}

/** Makes an element with attributes and no text; those that are `undefined` are left out. */
export function empty(attributes: Attributes): Element {
  const written = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, escapeAttribute(String(value))]],
  );
  return { _attributes: Object.fromEntries(written) };
}

/** Makes extensions of elements of Podcasting 2.0, grouped by name. */
export function written(elements: readonly PodcastElement[]): Extension[] {
  return Object.entries(byName(elements)).flatMap(([name, all]) => extension(name, all));
}

/** The elements by their names, with the prefix. */
export function byName(elements: readonly PodcastElement[]): Record<string, Element[]> {
  const named = Map.groupBy(elements, ({ name }) => `podcast:${name}`);
  return Object.fromEntries([...named].map(([name, all]) => [name, all.map(elementOf)]));
}

function elementOf({ attributes = {}, text, inner = [] }: PodcastElement): Element {
  return { ...empty(attributes), ...(text === undefined ? {} : { _text: carried(text) }), ...byName(inner) };
}
