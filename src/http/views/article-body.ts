import type { Article } from '../../article/article.ts';
import type { Site } from '../../publication/site.ts';

/**
 * Fits an article's content, which is safe HTML for readers of every kind, into its page on this site: links to its
 * own anchors and files lead to where the page is, headings stand in order below the headline, and what may be too
 * wide can be scrolled by keyboard.
 */
export function articleBody({ content, permalink }: Article, site: Site, root: string): string {
  const anchor = `href="${escaped(permalink)}#`;
  const own = `="${escaped(site.url)}`;
  return inOrder(content)
    .replace(/<[a-z][^<>]*>/g, (tag) => tag.replaceAll(anchor, 'href="#').replaceAll(own, `="${root}`))
    .replace(/<pre(?=[ >])/g, '<pre tabindex="0"')
    .replace(/<table(?=[ >])/g, '<div class="wide" tabindex="0"><table')
    .replaceAll('</table>', '</table></div>');
}

/** Gives headings levels from 2 on without a gap, each as deep below the one before as the author meant at most. */
function inOrder(content: string): string {
  // The levels, as written, of the headings that the one at hand stands below.
  const above: number[] = [];
  return content.replace(/<(\/?)h([1-6])\b/g, (_, end: string, digit: string) => {
    const level = Number(digit);
    if (end === '') {
      while ((above.at(-1) ?? 0) >= level) above.pop();
      above.push(level);
    }
    return `<${end}h${Math.min(6, above.length + 1)}`;
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
