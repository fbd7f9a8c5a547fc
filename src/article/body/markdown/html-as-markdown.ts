/** Writes HTML as a block of Markdown, which a blank line would end. */
export function htmlAsMarkdown(html: string): string {
  if (html.trim() === '') return '';
  const lines = html.trim().replace(/<pre[\s>][\s\S]*?<\/pre>|\n(?:[ \t]*\n)+/g, (part) => {
    return part.startsWith('<') ? part.replace(/\n(?=[ \t]*\n)/g, '&#10;') : '\n';
  });
  return /^<(?:blockquote|div|dl|figure|h[1-6]|hr|ol|p|section|table|ul)[\s>]/.test(lines)
    ? lines
    : `<div>\n${lines}\n</div>`;
}

/** Escapes text for a line of Markdown. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#&|~$]/g, '\\$&');
}
