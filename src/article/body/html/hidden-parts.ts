import type { Attributes } from 'sanitize-html';

/**
 * Tracks the elements of a body that are hidden. Their text stays, since no style sheet in a reader would show it
 * later, but their pictures are removed: a hidden picture only reports to its server who reads.
 */
export class HiddenParts {
  /** The number of open elements from the outermost hidden one on. */
  #depth = 0;

  get isPublicPath(): boolean {
    return this.#depth > 0;
  }

  open(attribs: Attributes): void {
    if (this.#depth > 0 || isHidden(attribs)) this.#depth++;
  }

  close(): void {
    if (this.#depth > 0) this.#depth--;
  }
}

/** Reports whether a picture is too small to see, so that it only counts readers. */
export function isTracker({ width, height, style = '' }: Attributes): boolean {
  const styled = (side: string): string | undefined =>
    new RegExp(`(?:^|;)\\s*${side}\\s*:\\s*([\\d.]+)(?:px)?\\s*(?:!important\\s*)?(?:;|$)`, 'i').exec(style)?.[1];
  const written = [width ?? styled('width'), height ?? styled('height')];
  const sides = written
    .filter((side) => side !== undefined)
    .map((side) => (/^\s*[\d.]/.test(side) ? Number.parseFloat(side) : Number.POSITIVE_INFINITY));
  return sides.includes(0) || (sides.length > 0 && sides.every((side) => side <= 1));
}

/** Reports whether a page hides an element, at least at first. */
export function isHidden({ hidden, style = '' }: Attributes): boolean {
  return hidden !== undefined || invisible.test(style);
}

const invisible =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0*\.?0*%?\s*(?:!important\s*)?(?:;|$))/i;
