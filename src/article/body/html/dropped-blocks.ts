import type { Attributes, Tag } from 'sanitize-html';

/**
 * Replaces elements that browsers show as blocks but feeds do not have, so that their words do not run into those
 * beside them. Each becomes a `<div>`. Inside a paragraph it first ends the paragraph, as in a browser. Where no block
 * is allowed, white space replaces its tags.
 *
 * sanitize-html cannot write the end of another element before a tag, so these elements pass it under names of our own.
 */
export class DroppedBlocks {
  /** What each open element may contain. */
  readonly #rooms: Room[] = [];

  open(name: string): void {
    this.#rooms.push(roomIn(name, this.#room));
  }

  close(): void {
    this.#rooms.pop();
  }

  /** Returns the stand-in for the block that was just opened. */
  replace(attribs: Attributes): Tag {
    this.#rooms.pop();
    const room = this.#room;
    this.#rooms.push(room === 'line' ? 'line' : 'block');
    return { tagName: replacements[room], attribs };
  }

  /** Returns the stand-in for a box inside a line. */
  space(): Tag {
    return { tagName: replacements.line, attribs: {} };
  }

  /** Replaces the names of our own in the cleaned HTML, in which every element is closed. */
  restore(clean: string): string {
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

/** What an element may contain: blocks, the blocks that end a paragraph, or words only. */
type Room = 'block' | 'paragraph' | 'line';

const replacements: Readonly<Record<Room, string>> = { block: 'div', paragraph: 'x-split', line: 'x-space' };

function roomIn(name: string, around: Room): Room {
  if (name === 'p') return 'paragraph';
  if (containers.test(name)) return 'block';
  if (lines.test(name)) return 'line';
  return around === 'paragraph' && phrases.test(name) ? 'line' : around;
}

/** Elements that browsers show as blocks (HTML §15.3.3, §15.3.9 to 12) and that are not allowed. */
export const blockNames = 'center dialog fieldset form legend main nav search'.split(' ');
/** Elements that browsers show as a box inside a line. */
export const boxNames = ['button', 'marquee', 'optgroup', 'option'] as const;

const containers =
  /^(?:address|article|aside|blockquote|caption|d[dt]|details|div|fig(?:ure|caption)|footer|header|li|section|t[dh])$/;
/** Elements that contain only words, or only words inside other elements. */
const lines =
  /^(?:audio|col(?:group)?|dl|h[1-6]|hgroup|[ou]l|picture|pre|rp|rt|ruby|summary|t(?:able|body|foot|head|r)|video)$/;
/** Elements that would stay open when their paragraph ends. */
const phrases =
  /^(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|su[bp]|time|u|var)$/;
