/** The lines of a Markdown text, for finding the position of what the parser read. */
export interface SourceLines {
  /**
   * Maps offsets in the content of a block, which begins at a given line, to offsets in the text. The offsets must not
   * decrease. The parser may have removed markers and spaces at both ends of each line; in a line that it changed
   * otherwise, every offset maps to the start of the line.
   */
  places(firstLine: number, content: string): (offset: number) => number;
}

export function sourceLines(text: string): SourceLines {
  const starts = lineStarts(text);
  let line = 0;
  /** Where the previous content ended in its line: a table row has several cells. */
  let from = 0;
  return {
    places(firstLine, content) {
      if (firstLine !== line) {
        line = firstLine;
        from = starts[line] ?? 0;
      }
      let contentStart = 0;
      let contentEnd = endOfLine(content, 0);
      let base = 0;
      let isFound = false;
      let hasPipes = false;
      let pipes = 0;
      let counted = 0;
      const find = (): void => {
        const start = Math.max(starts[line] ?? text.length, from);
        const end = endOfLine(text, start);
        const part = content.slice(contentStart, contentEnd).trimEnd();
        const written = text.slice(start, end);
        // In a table cell a vertical bar is escaped by a backslash, which the parser removes (GFM, tables).
        const escaped = part.replaceAll('|', '\\|');
        const whole = written.indexOf(part);
        hasPipes = whole === -1 && part.includes('|');
        const at = hasPipes ? written.indexOf(escaped) : whole;
        isFound = at !== -1;
        base = isFound ? start + at : (starts[line] ?? 0);
        if (isFound) from = base + (hasPipes ? escaped : part).length;
        pipes = 0;
        counted = contentStart;
      };
      find();
      return (offset) => {
        while (offset > contentEnd && contentEnd < content.length) {
          contentStart = contentEnd + 1;
          contentEnd = endOfLine(content, contentStart);
          line++;
          from = starts[line] ?? text.length;
          find();
        }
        if (!isFound || offset <= contentStart) return base;
        if (hasPipes) {
          pipes += content.slice(counted, offset).split('|').length - 1;
          counted = offset;
        }
        return base + offset - contentStart + pipes;
      };
    },
  };
}

/** Lists the offsets at which the lines of a text begin. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found === -1 ? text.length : found;
}
