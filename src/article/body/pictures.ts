import type { Token } from 'markdown-it';
import { rasterData } from './html/addresses.ts';

/** Reports whether a token is a picture or contains one. */
export function holdsPicture({ type, content, children }: Token): boolean {
  return type === 'image' || (/^html/.test(type) && /<img\b/i.test(content)) || children?.some(holdsPicture) === true;
}

/** Reports whether a paragraph is a picture without words. */
export function isPicture(children: readonly Token[]): boolean {
  return opensWithPicture(children) && meaningful(children).every(({ type }) => type !== 'text');
}

/** Reports whether a paragraph begins with a picture, which may be a link. */
export function opensWithPicture(children: readonly Token[]): boolean {
  const first = meaningful(children).find(({ type }) => type !== 'link_open');
  return first?.type === 'image' || (first?.type === 'html_inline' && /^<img\b/i.test(first.content));
}

/** Reports whether a paragraph begins with a picture on a line of its own, which may be a link. */
export function isUnderOwnPicture(children: readonly Token[]): boolean {
  if (!opensWithPicture(children)) return false;
  const rest = meaningful(children).slice(1);
  const next = rest.find(({ type }) => type !== 'image' && type !== 'link_close');
  return next?.type === 'softbreak' || next?.type === 'hardbreak' || /^<br\b/i.test(next?.content ?? '');
}

/** Leaves out empty text. */
export function meaningful(children: readonly Token[]): Token[] {
  return children.filter(({ type, content }) => type !== 'text' || content.trim() !== '');
}

/** Leaves out pictures. */
export function withoutPictures(children: readonly Token[]): Token[] {
  return children.filter(({ type, content }) => type !== 'image' && !/^<img\b/i.test(content));
}

/** Leaves out pictures, except those without a usable address: they are shown as their alternative text. */
export function withoutShownPictures(children: readonly Token[]): Token[] {
  return children.filter((token) => token.type !== 'image' || !mayBeShown(String(token.attrGet('src') ?? '')));
}

function mayBeShown(address: string): boolean {
  return /^data:/i.test(address) ? rasterData.test(address) : URL.canParse(address, 'https://site.invalid/');
}
