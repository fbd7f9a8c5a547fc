/** An open list item, or the text outside all lists. */
export interface Item {
  /** The column of its text; lines indented as far belong to it (CommonMark §5.2). */
  readonly content: number;
  /** Columns by which its lines are moved to the left. */
  readonly shift: number;
}

/** The open list items of a text that is read line by line. */
export interface Items {
  /** Closes the items that a line does not belong to, and returns the innermost open one. */
  readonly enter: (indent: number) => Item;
  /** Returns the innermost open item. */
  readonly innermost: () => Item;
  /** Opens the items that begin in a line. Returns whether the last of them begins with indented code. */
  readonly open: (line: string, indent: number, shift: number) => boolean;
}

export function itemsOf(): Items {
  const items: Item[] = [];
  const innermost = (): Item => items.at(-1) ?? { content: 0, shift: 0 };
  return {
    innermost,
    enter: (indent) => {
      while (innermost().content > indent) items.pop();
      return innermost();
    },
    open: (line, indent, shift) => {
      if (rule.test(line)) return false;
      const marks = new RegExp(mark, 'y');
      marks.lastIndex = line.search(/[^ \t]|$/);
      let column = indent;
      for (let found = marks.exec(line); found !== null; found = marks.exec(line)) {
        const [, sign = '', gap = ''] = found;
        const behind = column + sign.length;
        const width = widthOf(gap, behind);
        const isCode = width > 4 && marks.lastIndex < line.length;
        column = behind + (isCode || marks.lastIndex === line.length ? 1 : width);
        items.push({ content: column, shift });
        if (isCode) return true;
      }
      return false;
    },
  };
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

const mark = /([-*+]|\d{1,9}[.)])([ \t]+|$)/;
const rule = /^[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
