import type { Article } from '../../article/article.ts';
import { escapeHtml } from '../../feed/xml.ts';
import type { Site } from '../../publication/site.ts';

/**
 * Adapts an article's content, which is safe HTML for every reader, to its page on this site: links to its own anchors
 * and files become relative, headings continue the page's outline, and wide parts can be scrolled by keyboard.
 */
export function articleBody({ content, permalink }: Article, site: Site, root: string): string {
  const anchor = `${escapeHtml(permalink)}#`;
  const own = escapeHtml(site.url);
  const relative = (address: string): string =>
    address.startsWith(own) ? `${root}${address.slice(own.length)}` : address;
  return renumberHeadings(content)
    .replace(/<[a-z][^<>]*>/g, (tag) =>
      tag.replace(addressAttribute, (_, name: string, value: string) => {
        if (name === 'href' && value.startsWith(anchor)) return ` href="#${value.slice(anchor.length)}"`;
        return ` ${name}="${name === 'srcset' ? value.replace(/[^\s,]\S*/g, relative) : relative(value)}"`;
      }),
    )
    .replace(/<pre(?=[ >])/g, '<pre tabindex="0"')
    .replace(/<table(?=[ >])/g, '<div class="wide" tabindex="0"><table')
    .replaceAll('</table>', '</table></div>');
}

/** An attribute that holds an address. An alternative text or a title that looks like one is text. */
const addressAttribute = / (href|src|srcset|poster|cite)="([^"]*)"/g;

/** Renumbers headings from level 2 without gaps, each at most as deep below the previous one as the author wrote. */
function renumberHeadings(content: string): string {
  // The original levels of the headings above the current one.
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
