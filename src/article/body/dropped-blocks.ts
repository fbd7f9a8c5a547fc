import type { Attributes, Tag } from 'sanitize-html';

/**
 * The elements that browsers show as a block and no feed has, whose words must not run into those beside them. Each
 * becomes a `<div>`; one inside a paragraph ends it first, as it does in a browser; where no block can stand, white
 * space takes the place of its tags.
 *
 * sanitize-html can write no end of another element before a tag, so they pass it under names of our own.
 */
export class DroppedBlocks {
  /** What the open elements have room for. */
  readonly #rooms: Room[] = [];

  open(name: string): void {
    this.#rooms.push(roomIn(name, this.#room));
  }

  close(): void {
    this.#rooms.pop();
  }

  /** Gives what stands for a block that was just opened. */
  replace(attribs: Attributes): Tag {
    this.#rooms.pop();
    const room = this.#room;
    this.#rooms.push(room === 'line' ? 'line' : 'block');
    return { tagName: standIns[room], attribs };
  }

  /** Likewise of a box inside a line. */
  space(): Tag {
    return { tagName: standIns.line, attribs: {} };
  }

  /** Writes what the names of our own stand for into the cleaned HTML, which has an end for every element. */
  settle(clean: string): string {
    if (!/<x-(?:split|space)/.test(clean)) return clean;
    return clean
      .replace(/(?:<\/?x-space(?: [^>]*)?>)+/g, '\n')
      .replaceAll('<x-split', '</p>\n<div')
      .replaceAll('</x-split>', '</div>\n<p>')
      .replace(/<p>[ \t\r\n]*<\/p>\n?/g, '');
  }

  get #room(): Room {
    return this.#rooms.at(-1) ?? 'block';
  }
}

/** A block, a block that ends the paragraph, or words alone. */
type Room = 'block' | 'paragraph' | 'line';

const standIns: Readonly<Record<Room, string>> = { block: 'div', paragraph: 'x-split', line: 'x-space' };

function roomIn(name: string, around: Room): Room {
  if (name === 'p') return 'paragraph';
  if (containers.test(name)) return 'block';
  if (lines.test(name)) return 'line';
  return around === 'paragraph' && phrases.test(name) ? 'line' : around;
}

/** What browsers show as a block by itself (HTML §15.3.3, §15.3.9 to 12) and isn't allowed. */
export const blockNames = [
  'center',
  'dialog',
  'fieldset',
  'form',
  'legend',
  'main',
  'nav',
  'search',
] as const;
/** What browsers show as a box of its own inside a line. */
export const boxNames = ['button', 'marquee', 'optgroup', 'option'] as const;

const containers =
  /^(?:address|article|aside|blockquote|caption|d[dt]|details|div|fig(?:ure|caption)|footer|header|li|section|t[dh])$/;
/** Elements that hold words alone, or no words but those of inner elements. */
const lines =
  /^(?:audio|col(?:group)?|dl|h[1-6]|hgroup|[ou]l|picture|pre|rp|rt|ruby|summary|t(?:able|body|foot|head|r)|video)$/;
/** Elements that would stand open when their paragraph ends. */
const phrases =
  /^(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|su[bp]|time|u|var)$/;
