/** Removes tags nested deeper than on any real page: htmlparser2 needs the square of the depth. */
export function shallowHtml(html: string): string {
  // For each name, an upper bound of the open elements: a tolerant parser closes some earlier.
  const open = new Map<string, number>();
  let depth = 0;
  return html.replace(nestingTag, (tag, end: string, written: string) => {
    const name = written.toLowerCase();
    const count = open.get(name) ?? 0;
    const change = end === '' ? 1 : count === 0 ? 0 : -1;
    if (depth + change > deepest) return '';
    depth += change;
    open.set(name, count + change);
    return tag;
  });
}

/** Browsers stop at 512, but this count includes elements with an optional end tag. */
const deepest = 5000;
/** Any tag except those of void elements, which have no content. */
const nestingTag =
  /<(\/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)(?![^\s/>]))([a-z][^\s/>]*)[^>]*>?/gi;
