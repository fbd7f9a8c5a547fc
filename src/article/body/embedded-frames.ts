import type { Tag } from 'sanitize-html';

/**
 * The frames of a body, each of which becomes a link to what it shows, because a frame cannot be shown safely in a
 * reader.
 *
 * What stands inside a frame is for browsers that know none (HTML §4.8.5) and goes, unless the frame never ends: then
 * it is the rest of the article. sanitize-html cannot tell, so frames pass it under a name of our own.
 */
export class EmbeddedFrames {
  /** Of each frame that becomes a link, in the order in which they begin, whether its end was written. */
  readonly #isClosed: boolean[] = [];
  /** The open frames; `undefined` for one that does not become a link. */
  readonly #open: (number | undefined)[] = [];

  open(name: string): void {
    if (isFrame(name)) this.#open.push(undefined);
  }

  /** Makes a link of the frame that was opened last. */
  embed(href: string, title = ''): Tag {
    this.#open[this.#open.length - 1] = this.#isClosed.push(false) - 1;
    return { tagName: 'x-embed', attribs: { href, title } };
  }

  close(name: string, isImplied: boolean): void {
    if (!isFrame(name)) return;
    const frame = this.#open.pop();
    if (frame !== undefined) this.#isClosed[frame] = !isImplied;
  }

  /** Writes the links into the cleaned HTML, which has an end for every element. */
  asLinks(clean: string): string {
    if (this.#isClosed.length === 0) return clean;
    let written = '';
    let from = 0;
    let frame = 0;
    // How many frames around the current place are hidden.
    let hidden = 0;
    for (const { 0: tag, 1: href, 2: title, index } of clean.matchAll(frameTag)) {
      if (hidden === 0) written += clean.slice(from, index);
      from = index + tag.length;
      if (href === undefined) hidden = Math.max(0, hidden - 1);
      else {
        if (hidden === 0) written += `<a href="${href}">${title?.trim() || href}</a>`;
        if (hidden > 0 || this.#isClosed[frame]) hidden++;
        frame++;
      }
    }
    return written + clean.slice(from);
  }
}

const frameTag = /<x-embed href="([^"]*)"(?: title="([^"]*)")?>|<\/x-embed>/g;

function isFrame(name: string): boolean {
  return name === 'iframe' || name === 'embed';
}
