import type { Tag } from 'sanitize-html';
import { isPlayer } from '../tags/players.ts';

/**
 * Replaces frames by links to what they show, because readers cannot show a frame safely.
 *
 * The content of a frame is a fallback for browsers without frames (HTML §4.8.5) and is removed, unless the frame is
 * never closed: then it is the rest of the article. sanitize-html cannot tell the difference, so frames pass it under a
 * name of our own.
 */
export class EmbeddedFrames {
  /** For each frame that becomes a link, in document order, whether it has an end tag. */
  readonly #isClosed: boolean[] = [];
  /** The open frames; `undefined` for a frame that does not become a link. */
  readonly #open: (number | undefined)[] = [];

  open(name: string): void {
    if (isFrame(name)) this.#open.push(undefined);
  }

  /** Makes the frame that was just opened a link. */
  embed(href: string, title = ''): Tag {
    this.#open[this.#open.length - 1] = this.#isClosed.push(false) - 1;
    return { tagName: 'x-embed', attribs: { href, title } };
  }

  close(name: string, isImplied: boolean): void {
    if (!isFrame(name)) return;
    const frame = this.#open.pop();
    if (frame !== undefined) this.#isClosed[frame] = !isImplied;
  }

  /** Writes the links into the cleaned HTML, in which every element is closed. */
  asLinks(clean: string): string {
    if (this.#isClosed.length === 0) return clean;
    let written = '';
    let from = 0;
    let frame = 0;
    // The number of frames around the current position whose content is removed.
    let hidden = 0;
    let isInLink = false;
    for (const { 0: tag, 1: href, 2: title, index } of clean.matchAll(frameTag)) {
      if (/^<\/?a\b/.test(tag)) {
        if (hidden === 0) isInLink = tag === '<a';
        continue;
      }
      if (hidden === 0) written += clean.slice(from, index);
      from = index + tag.length;
      if (href === undefined) hidden = Math.max(0, hidden - 1);
      else {
        const words = title?.trim() || href;
        // A link cannot contain another one.
        if (hidden === 0) written += isInLink ? words : `<a href="${href}">${words}</a>`;
        if (hidden > 0 || this.#isClosed[frame]) hidden++;
        frame++;
      }
    }
    return written + clean.slice(from);
  }
}

const frameTag = /<x-embed href="([^"]*)"(?: title="([^"]*)")?>|<\/x-embed>|<\/?a(?=[ >])/g;

function isFrame(name: string): boolean {
  return name === 'iframe' || name === 'embed' || isPlayer(name);
}
