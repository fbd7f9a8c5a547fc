/**
 * Takes away tags that are nested deeper than any page is, so that a hostile one is read in a time that grows with
 * its length: htmlparser2 needs the square of the depth.
 */
export function shallowHtml(html: string): string {
  // Of each name as many as are open at most; a parser that mends HTML closes some earlier.
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

/** Browsers stop at 512; but elements whose end may be left out are counted here as well. */
const deepest = 5000;
/** Any tag but those of void elements, which hold nothing. */
const nestingTag =
  /<(\/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)(?![^\s/>]))([a-z][^\s/>]*)[^>]*>?/gi;
