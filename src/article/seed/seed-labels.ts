/**
 * Tells whether a line of a text, from an offset on, may begin with "Id:", "Original url:", "Source:" or what only
 * wants to be one of them. Nearly all texts have none, and to know it is a small part of the time that it takes to split
 * them into blocks.
 */
export function hasLabels(text: string, from: number): boolean {
  // Regular expressions take them for ends of lines.
  if (text.includes('\u2028') || text.includes('\u2029')) return true;
  for (let start = from; ; ) {
    label.lastIndex = start;
    if (label.test(text)) return true;
    const end = text.indexOf('\n', start);
    if (end === -1) return false;
    start = end + 1;
  }
}

const label = /[^a-z0-9\n]*(?:id[*_ ]*:|source|(?:this (?:article|post|story) )?(?:was )?original)/iy;
