/** The lines of a Markdown text, to find in it again what a parser took out of it. */
export interface SourceLines {
  /**
   * Gives, for offsets that go up in the content of a block that begins at a line, those in the text. Of each line the
   * parser may have taken away marks and spaces at both ends; a line that it changed is known by its start alone.
   */
  places(firstLine: number, content: string): (offset: number) => number;
}

export function sourceLines(text: string): SourceLines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  let line = 0;
  /** Where the content before this one ended in its line: a row of a table has many. */
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
        // In a cell of a table a stroke is written with a backslash, which the parser takes away (GFM, tables).
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

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found === -1 ? text.length : found;
}
