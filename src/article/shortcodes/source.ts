import type { Span } from '../place.ts';

/** A text that is looked through for shortcodes. */
export interface Source {
  readonly text: string;
  /** Finds the next place from an offset on that a pattern matches; never looks twice where it found nothing. */
  readonly next: (pattern: string, from: number) => Span | undefined;
  /**
   * Finds the next place that a pattern matches with a name for its first group. It looks through the text once, not
   * once for each name, so offsets must not go back.
   */
  readonly nextNamed: (pattern: string, name: string, from: number) => Span | undefined;
  /** Tells whether a link may lead to an anchor of this name. */
  readonly isTarget: (name: string) => boolean;
  /** Characters that may still be looked at for what closes a brace: a text of open ones would never end. */
  patience: number;
  /** Where the last shortcode ends, and so where another may follow without a gap. */
  readTo: number;
}

/** A shortcode and what stands in its place. */
export interface Finding {
  /** Where it begins, if that is not where it was found. */
  readonly start?: number;
  readonly end: number;
  /** Markdown. */
  readonly text: string;
  /** What is reported, once a line; absent where nothing is lost. */
  readonly kind?: string;
  /** What it is shown as; absent where it is left out. */
  readonly as?: string;
}

export function sourceOf(text: string): Source {
  const found = new Map<string, { readonly from: number; readonly span: Span | undefined }>();
  let targets: ReadonlySet<string> | undefined;
  const named = new Map<string, ReadonlyMap<string, Places>>();
  return {
    text,
    isTarget: (name) => {
      targets ??= new Set([...text.matchAll(/(?:[(<"']|\]: )#([\w-]+)/g)].map(([, target = '']) => target));
      return targets.has(name);
    },
    patience: 20 * text.length + 100_000,
    readTo: 0,
    next: (pattern, from) => {
      const known = found.get(pattern);
      if (known !== undefined && from >= known.from && (known.span === undefined || known.span.start >= from))
        return known.span;
      const search = new RegExp(pattern, 'g');
      search.lastIndex = from;
      const match = search.exec(text);
      const span = match === null ? undefined : { start: match.index, end: match.index + match[0].length };
      found.set(pattern, { from, span });
      return span;
    },
    nextNamed: (pattern, name, from) => {
      const byName = named.get(pattern) ?? placesByName(text, pattern, from);
      named.set(pattern, byName);
      const places = byName.get(name);
      if (places === undefined) return undefined;
      while ((places.spans[places.next]?.start ?? from) < from) places.next++;
      return places.spans[places.next];
    },
  };
}

/** Where one name stands, and the first of these places that is not yet passed. */
interface Places {
  readonly spans: Span[];
  next: number;
}

function placesByName(text: string, pattern: string, from: number): ReadonlyMap<string, Places> {
  const byName = new Map<string, Places>();
  const search = new RegExp(pattern, 'g');
  search.lastIndex = from;
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const { 0: whole, 1: name = '', index } = match;
    const places = byName.get(name) ?? { spans: [], next: 0 };
    places.spans.push({ start: index, end: index + whole.length });
    byName.set(name, places);
  }
  return byName;
}
