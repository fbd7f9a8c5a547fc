import type { Attributes } from 'sanitize-html';

/**
 * The elements of a body that nobody is meant to see. Their words stay, since a reader knows no style sheet that would
 * show them later; a picture in them would only tell its server who reads.
 */
export class HiddenParts {
  /** How many elements are open from the outermost hidden one on. */
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

/** Tells a picture that is too small to be seen: it tells its server who reads. */
export function isTracker({ width, height, style = '' }: Attributes): boolean {
  const styled = (side: string): string | undefined =>
    new RegExp(`(?:^|;)\\s*${side}\\s*:\\s*([\\d.]+)(?:px)?\\s*(?:!important\\s*)?(?:;|$)`, 'i').exec(
      style,
    )?.[1];
  const written = [width ?? styled('width'), height ?? styled('height')];
  const sides = written
    .filter((side) => side !== undefined)
    .map((side) => (/^\s*[\d.]/.test(side) ? Number.parseFloat(side) : Number.POSITIVE_INFINITY));
  return sides.includes(0) || (sides.length > 0 && sides.every((side) => side <= 1));
}

/** Tells an element that a page doesn't show, or not at first. */
export function isHidden({ hidden, style = '' }: Attributes): boolean {
  return hidden !== undefined || invisible.test(style);
}

const invisible =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0*\.?0*%?\s*(?:!important\s*)?(?:;|$))/i;
