import { fragmentOf } from '../../../article/body/addresses.ts';
import { type Tag, tagsIn } from '../../../article/body/tags-in.ts';
import { startTag } from './written-html.ts';

/**
 * Has every link to an anchor of the body lead there as `#id`, wherever the body comes to stand, by whichever address of its page
 * it was written.
 */
export function withOwnAnchors(html: string, page: string, base: string): string {
  if (!html.includes('#')) return html;
  const tags = tagsIn(html);
  const ids = new Set(tags.map(anchorOf));
  const ownPart = ({ attributes: { href = '' } }: Tag): string | undefined => {
    const written = href.trim();
    if (written.startsWith('#')) return written;
    if (!written.includes('#') || !URL.canParse(written, base)) return undefined;
    const { hash, href: address } = new URL(written, base);
    return ids.has(fragmentOf(hash)) && pageOf(address) === pageOf(page) ? hash : undefined;
  };
  const targets = new Set(tags.map((tag) => fragmentOf(ownPart(tag) ?? '')));
  return withLinks(html, tags, (tag, written) => {
    const { id, href } = tag.attributes;
    const anchor = anchorOf(tag);
    const link = ledTo(ownPart(tag), tag, written);
    if (anchor === undefined || !targets.has(anchor) || (id !== undefined && href !== undefined)) return link;
    // Of what leads nowhere the anchor alone stays; nobody minds the end of a link that has no beginning.
    return `${startTag({ tagName: 'span', properties: { id: anchor } })}</span>${href === undefined ? '' : link}`;
  });
}

/** Has links to what else is on the page of a body, such as its comments, lead to that page. */
export function withLinksToPage(html: string, page: string): string {
  if (!html.includes('#')) return html;
  const tags = tagsIn(html);
  const ids = new Set(tags.map(anchorOf));
  return withLinks(html, tags, (tag, written) => {
    const href = tag.attributes.href?.trim() ?? '';
    const isElsewhere = /^#./.test(href) && !ids.has(fragmentOf(href));
    return isElsewhere ? ledTo(page.replace(/#.*$/s, '') + href, tag, written) : written;
  });
}

function withLinks(
  html: string,
  tags: readonly Tag[],
  settle: (tag: Tag, written: string) => string,
): string {
  let made = '';
  let from = 0;
  for (const tag of tags) {
    if (tag.name !== 'a') continue;
    const end = html.indexOf('>', tag.at) + 1;
    made += html.slice(from, tag.at) + settle(tag, html.slice(tag.at, end));
    from = end;
  }
  return made + html.slice(from);
}

function ledTo(address: string | undefined, { attributes }: Tag, written: string): string {
  if (address === undefined || address === attributes.href) return written;
  const { length } = '<a';
  const attribute = startTag({ tagName: 'a', properties: { href: address } }).slice(length, -1);
  return written.replace(hrefs, () => attribute);
}

const hrefs = /\shref\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/i;

/** What links call an element; a link's has long been said by `name`, too. */
function anchorOf({ name, attributes }: Tag): string | undefined {
  return attributes.id ?? (name === 'a' ? attributes.name : undefined);
}

function pageOf(address: string): string {
  return address.replace(/#.*$/s, '').replace(/^http:/, 'https:');
}
