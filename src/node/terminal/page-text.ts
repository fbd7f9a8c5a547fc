import { stripVTControlCharacters, styleText } from 'node:util';
import MarkdownIt, { type Token } from 'markdown-it';

/**
 * Formats a section of the documentation for a terminal: without Markdown's marks, code indented, web addresses after
 * their words, lines as wide as `stream` or 100 characters. It is colored if the stream is a terminal with colors and
 * the environment doesn't forbid them (`NO_COLOR`).
 */
export function pageText(markdown: string, stream: NodeJS.WriteStream): string {
  const width = Math.min(stream.columns || 80, 100);
  const tokens = new MarkdownIt().parse(markdown, {});
  return tokens
    .flatMap((token, place) => {
      if (token.type === 'fence') return [codeText(token, stream)];
      if (token.type !== 'inline') return [];
      const isHeading = tokens[place - 1]?.type === 'heading_open';
      return [isHeading ? styleText('bold', plain(token), { stream }) : wrapped(spans(token, stream), width)];
    })
    .join('\n\n');
}

/** The name of the file, which stands after the language, and the lines of the code. */
function codeText({ info, content }: Token, stream: NodeJS.WriteStream): string {
  const name = info.split(' ')[1];
  const lines = content.trimEnd().split('\n');
  const code = lines.map((line) => (line === '' ? '' : `    ${styleText('dim', line, { stream })}`));
  return [...(name === undefined ? [] : [`  ${name}:`]), ...code].join('\n');
}

function plain({ children }: Token): string {
  return (children ?? []).map(({ content }) => content).join('');
}

function spans({ children }: Token, stream: NodeJS.WriteStream): string {
  let isStrong = false;
  const addresses: string[] = [];
  return (children ?? [])
    .map(({ type, content, attrs, info }) => {
      if (type === 'softbreak') return ' ';
      if (type === 'code_inline') return styleText('cyan', content, { stream });
      if (type === 'strong_open' || type === 'strong_close') isStrong = type === 'strong_open';
      if (type === 'link_open') addresses.push(info === 'auto' ? '' : String(new Map(attrs).get('href')));
      if (type === 'link_close') return afterWords(addresses.pop() ?? '');
      return isStrong && content !== '' ? styleText('bold', content, { stream }) : content;
    })
    .join('');
}

/** A terminal can't open another page of the documentation. */
function afterWords(address: string): string {
  return /^https?:/.test(address) ? ` (${address})` : '';
}

/** Wraps a paragraph between words at `width` characters. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stripVTControlCharacters(longer).length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}
