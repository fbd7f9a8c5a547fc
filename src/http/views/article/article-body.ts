import type { Article } from '../../../article/article.ts';
import { escapeHtml } from '../../../feed/xml.ts';
import type { Site } from '../../../publication/site/site.ts';
import type { Words } from '../../../publication/words/en.ts';

/**
 * Adapts an article's content, which is safe HTML for every reader, to its page on this site: links to its own anchors
 * and files become relative, headings continue the page's outline, wide parts can be scrolled by keyboard, links back
 * from footnotes have names, and videos have links for print.
 */
export function articleBody({ content, permalink }: Article, site: Site, root: string, words: Words): string {
  const anchor = `${escapeHtml(permalink)}#`;
  const own = escapeHtml(site.url);
  const relative = (address: string): string =>
    address.startsWith(own) ? `${root}${address.slice(own.length)}` : address;
  return withPrintedFilms(renumberHeadings(content))
    .replace(/<[a-z][^<>]*>/g, (tag) =>
      tag.replace(addressAttribute, (_, name: string, value: string) => {
        if (name === 'href' && value.startsWith(anchor)) return ` href="#${value.slice(anchor.length)}"`;
        return ` ${name}="${name === 'srcset' ? value.replace(/[^\s,]\S*/g, relative) : relative(value)}"`;
      }),
    )
    .replace(backReference, (_, place: string) => {
      const name = words.backToReference.replace('{}', place.replace(/^.*-(?=\d+(?::\d+)?$)/, '').replace(':', '.'));
      return `${_} aria-label="${escapeHtml(name)}" title="${escapeHtml(name)}"`;
    })
    .replace(/<pre(?=[ >])/g, '<pre tabindex="0"')
    .replace(/<table(?=[ >])/g, '<div class="wide" tabindex="0"><table')
    .replaceAll('</table>', '</table></div>');
}

/** A link from a footnote back to a reference, whose anchor ends in its number: `1`, then `1:2`. */
const backReference = /<a href="#fnref-([^"]*)" class="footnote-backref"/g;

/** Adds the address of a video below it; only print shows it. */
function withPrintedFilms(content: string): string {
  return content.replace(/<video\b([^<>]*)>[\s\S]*?<\/video>/g, (video, attributes: string) => {
    const address = / src="([^"]*)"/.exec(attributes)?.[1] ?? /<source [^<>]*\bsrc="([^"]*)"/.exec(video)?.[1];
    return address === undefined ? video : `${video}<span class="printed">${address}</span>`;
  });
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
