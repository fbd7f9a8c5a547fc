/** An open list item, or the text outside all lists. */
export interface Item {
  /** The column of its text; lines indented as far belong to it (CommonMark §5.2). */
  readonly content: number;
  /** Columns by which its lines are moved to the left. */
  readonly shift: number;
  /** Whether it is a component. */
  readonly isComponent?: true;
}

/** The open list items of a text that is read line by line. */
export class ListItems {
  readonly #items: Item[] = [];

  get innermost(): Item {
    return this.#items.at(-1) ?? { content: 0, shift: 0 };
  }

  /** Closes the items that a line does not belong to, and returns the innermost open one. */
  enter(indent: number): Item {
    while (this.innermost.content > indent) this.#items.pop();
    return this.innermost;
  }

  /**
   * Opens a component whose text below is indented, as MDC allows; below `:::`, if another component or a fence
   * follows.
   */
  openComponent(indent: number, line: string, below: string): void {
    const [, gap = '', next = ''] = /^(?:[ \t]*\n)*([ \t]*)(.*)/.exec(below) ?? [];
    const content = widthOf(gap);
    const isNested =
      /^[ \t]*::(?!:)/.test(line) || this.innermost.isComponent === true || /^(?::{2,}|`{3}|~{3})/.test(next);
    if (content <= indent || !isNested) return;
    this.#items.push({ content, shift: this.innermost.shift + content - indent, isComponent: true });
  }

  /** Opens the items that begin in a line. Reports whether the last one begins with indented code. */
  open(line: string, indent: number, shift: number): boolean {
    if (rule.test(line)) return false;
    const marks = new RegExp(itemMark, 'y');
    marks.lastIndex = line.search(/[^ \t]|$/);
    let column = indent;
    for (let found = marks.exec(line); found !== null; found = marks.exec(line)) {
      const [, sign = '', gap = ''] = found;
      const afterMark = column + sign.length;
      const width = widthOf(gap, afterMark);
      const isCode = width > 4 && marks.lastIndex < line.length;
      column = afterMark + (isCode || marks.lastIndex === line.length ? 1 : width);
      this.#items.push({ content: column, shift });
      if (isCode) return true;
    }
    return false;
  }
}

/** Columns of white space at the start of a text; a tab goes to the next multiple of four. */
export function widthOf(text: string, from = 0): number {
  let column = from;
  for (const sign of text) {
    if (sign === ' ') column++;
    else if (sign === '\t') column += 4 - (column % 4);
    else break;
  }
  return column - from;
}

const itemMark = /([-*+]|\d{1,9}[.)])([ \t]+|$)/;
const rule = /^[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
