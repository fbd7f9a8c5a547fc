import type { Span } from '../seed-text.ts';

/** A text that is looked through for shortcodes. */
export interface Source {
  readonly text: string;
  /** Finds the next place from an offset on that a pattern matches; never looks twice where it found nothing. */
  readonly next: (pattern: string, from: number) => Span | undefined;
  /** Characters that may still be looked at for what closes a brace: a text of open ones would never end. */
  patience: number;
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
  return {
    text,
    patience: 20 * text.length + 100_000,
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
  };
}
