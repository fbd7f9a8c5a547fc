import { fragmentOf } from '../../../article/body/html/addresses.ts';
import { type Tag, tagsIn } from '../../../article/body/tags/tags-in.ts';
import { replaceTags, startTag } from '../read/html-markup.ts';

/**
 * Rewrites every link to an anchor of the body as `#id`, whichever address of its page the link states. The link then
 * works wherever the body is published.
 */
export function localizeAnchorLinks(html: string, page: string, base: string): string {
  if (!html.includes('#')) return html;
  const tags = tagsIn(html);
  const ids = new Set(tags.map(anchorOf));
  const localAddress = ({ attributes: { href = '' } }: Tag): string | undefined => {
    const written = href.trim();
    if (written.startsWith('#')) return written;
    if (!written.includes('#') || !URL.canParse(written, base)) return undefined;
    const { hash, href: address } = new URL(written, base);
    return ids.has(fragmentOf(hash)) && pageOf(address) === pageOf(page) ? hash : undefined;
  };
  const targets = new Set(tags.map((tag) => fragmentOf(localAddress(tag) ?? '')));
  return replaceTags(html, (tag, written) => {
    if (tag.name !== 'a') return undefined;
    const { id, href } = tag.attributes;
    const anchor = anchorOf(tag);
    const link = withAddress(localAddress(tag), tag, written);
    if (anchor === undefined || !targets.has(anchor) || (id !== undefined && href !== undefined)) return link;
    // A link without an address becomes its anchor alone. Parsers ignore the end tag that is left.
    return `${startTag('span', { id: anchor })}</span>${href === undefined ? '' : link}`;
  });
}

/** Resolves links to anchors outside the body, such as `#comments`, against the article's old page. */
export function resolvePageLinks(html: string, page: string): string {
  if (!html.includes('#')) return html;
  const ids = new Set(tagsIn(html).map(anchorOf));
  return replaceTags(html, (tag, written) => {
    const href = tag.attributes.href?.trim() ?? '';
    const isOutside = tag.name === 'a' && /^#./.test(href) && !ids.has(fragmentOf(href));
    return isOutside ? withAddress(page.replace(/#.*$/s, '') + href, tag, written) : undefined;
  });
}

function withAddress(address: string | undefined, { attributes }: Tag, written: string): string {
  if (address === undefined || address === attributes.href) return written;
  const attribute = startTag('a', { href: address }).slice('<a'.length, -1);
  return written.replace(hrefAttribute, () => attribute);
}

const hrefAttribute = /\shref\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/i;

/** Returns the name that links use for an element: its `id`, or the older `name` of a link. */
function anchorOf({ name, attributes }: Tag): string | undefined {
  return attributes.id ?? (name === 'a' ? attributes.name : undefined);
}

function pageOf(address: string): string {
  return address.replace(/#.*$/s, '').replace(/^http:/, 'https:');
}
