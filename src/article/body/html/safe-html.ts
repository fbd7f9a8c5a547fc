import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import { legalText } from '../../plain-text.ts';
import { removeComments } from '../tags/html-pieces.ts';
import { isPlayer, playedAddress, playerNames } from '../tags/players.ts';
import { anchorsOf, tagsIn } from '../tags/tags-in.ts';
import { replaceElements } from '../tags/whole-elements.ts';
import { type Addresses, addressesAt, type BodyPlace, fragmentOf } from './addresses.ts';
import { blockNames, boxNames, DroppedBlocks } from './dropped-blocks.ts';
import { EmbeddedFrames } from './embedded-frames.ts';
import { HiddenParts, isTracker } from './hidden-parts.ts';
import { htmlRules, ownNames, replaceOverrides, taskBox } from './html-rules.ts';
import { isStandIn, largest, loadedAttributes, removeTwins } from './lazy-pictures.ts';
import { purifyMath } from './math.ts';
import { shallowHtml } from './shallow-html.ts';

/**
 * Cleans HTML by an allow-list and makes it self-contained. Scripts, styles, forms, frames and tracking pixels are
 * removed, every URL becomes absolute, and links that lead nowhere become text.
 */
export function safeHtml(html: string, place: BodyPlace): string {
  const addresses = addressesAt(place, linkedAnchors(html));
  const frames = new EmbeddedFrames();
  const hidden = new HiddenParts();
  const blocks = new DroppedBlocks();
  const picture: OpenPicture = { isOpen: false, source: undefined };
  const clean = sanitizeHtml(shallowHtml(removeTwins(replaceElements(removeComments(html)))), {
    ...htmlRules,
    transformTags: transforms(addresses, frames, hidden, blocks, picture),
    onOpenTag: (name, attribs) => {
      frames.open(name);
      blocks.open(name);
      hidden.open(/^(?:amp-)?img$/.test(name) ? loadedAttributes(name, attribs) : attribs);
      // Before sanitize-html checks the values, since a value may become empty.
      for (const [key, value] of Object.entries(attribs)) attribs[key] = legalText(value);
      const [id] = anchorsOf({ name, attributes: attribs }).flatMap((one) => addresses.anchor(one) ?? []);
      if (id === undefined) delete attribs.id;
      else attribs.id = id;
    },
    onCloseTag: (name, isImplied) => {
      if (name === 'picture') picture.isOpen = false;
      frames.close(name, isImplied);
      hidden.close();
      blocks.close();
    },
  });
  const written = blocks.restore(frames.asLinks(clean).replace(/<\/?x-unwrapped>/g, ''));
  return legalText(replaceOverrides(purifyMath(written))).trim();
}

/** Lists the ids that a link of the same HTML leads to. */
function linkedAnchors(html: string): ReadonlySet<string> {
  if (!/href\s*=\s*["']?\s*#/i.test(html)) return new Set();
  const tags = tagsIn(html);
  const targets = new Set(
    tags.flatMap(({ attributes: { href = '' } }) => (/^\s*#./s.test(href) ? [fragmentOf(href.trim())] : [])),
  );
  return new Set(tags.flatMap(anchorsOf).filter((id) => targets.has(id)));
}

/**
 * Replaces a tag that is removed while its content stays.
 *
 * sanitize-html would do so for any name outside the allow-list, but then it writes the end of another element under
 * that name. So this name is allowed and removed afterwards.
 */
const unwrapped: Tag = { tagName: 'x-unwrapped', attribs: {} };

/** The last `<picture>`, and the address of its last source, for a picture that only has a placeholder. */
type OpenPicture = { isOpen: boolean; source: string | undefined };

type Transform = (tagName: string, attribs: Attributes) => Tag;

function transforms(
  addresses: Addresses,
  frames: EmbeddedFrames,
  hidden: HiddenParts,
  blocks: DroppedBlocks,
  picture: OpenPicture,
): Record<string, Transform> {
  const { link, media, page } = addresses;
  const resolve =
    (...names: string[]): Transform =>
    (tagName, attribs) => ({ tagName, attribs: resolveAll(attribs, names, media) });
  const cite: Transform = (tagName, attribs) => ({ tagName, attribs: resolveAll(attribs, ['cite'], page) });
  const embed: Transform = (name, attribs) => {
    const { src, title, playlabel, 'data-title': label } = loadedAttributes(name, attribs);
    const href = media(
      (isPlayer(name) ? playedAddress(name, attribs) : (src ?? (name === 'embed' ? attribs.data : undefined))) ?? '',
    );
    return href === undefined ? unwrapped : frames.embed(href, title || label || playlabel);
  };
  const image: Transform = (name, attribs) => {
    if (hidden.isPublicPath || isTracker(attribs) || isStandIn(attribs)) return unwrapped;
    const loaded = loadedAttributes(name, attribs);
    const resolved = pictureOf(loaded, addresses);
    if (picture.isOpen && picture.source !== undefined) resolved.src ??= picture.source;
    return shows(resolved) ? { tagName: 'img', attribs: resolved } : { ...unwrapped, text: attribs.alt ?? '' };
  };
  return {
    a: (tagName, attribs) => {
      const href = link(attribs.href);
      const { href: _, ...rest } = attribs;
      if (href === undefined) return rest.id === undefined ? unwrapped : { tagName, attribs: rest };
      return { tagName, attribs: { ...attribs, href } };
    },
    iframe: embed,
    embed,
    ...Object.fromEntries(playerNames.map((name) => [name, embed])),
    img: image,
    'amp-img': image,
    'amp-anim': image,
    picture: (tagName, attribs) => {
      Object.assign(picture, { isOpen: true, source: undefined });
      return { tagName, attribs };
    },
    input: (_, { type, checked }) =>
      type?.toLowerCase() === 'checkbox' ? { ...unwrapped, text: `${taskBox(checked !== undefined)} ` } : unwrapped,
    source: (tagName, attribs) => {
      const resolved = resolveAll(withSet(loadedAttributes(tagName, attribs), addresses), ['src'], media);
      picture.source = largest(resolved.srcset) ?? picture.source;
      return shows(resolved) ? { tagName, attribs: resolved } : unwrapped;
    },
    audio: playable(resolve('src'), 'audio'),
    'amp-audio': playable(resolve('src'), 'audio'),
    video: playable(resolve('src', 'poster'), 'video'),
    'amp-video': playable(resolve('src', 'poster'), 'video'),
    track: resolve('src'),
    blockquote: cite,
    q: cite,
    ins: cite,
    del: cite,
    th: alignment,
    td: alignment,
    dir: renamed('ul'),
    menu: renamed('ul'),
    strike: renamed('s'),
    acronym: renamed('abbr'),
    ms: renamed('mtext'),
    listing: renamed('pre'),
    ...Object.fromEntries(blockNames.map((name) => [name, (_, attribs) => blocks.replace(attribs)])),
    ...Object.fromEntries(boxNames.map((name) => [name, () => blocks.space()])),
    noscript: () => unwrapped,
    'model-viewer': (_, { alt }) => (alt === undefined ? unwrapped : { ...unwrapped, text: alt }),
    ...Object.fromEntries(ownNames.map((name) => [name, () => unwrapped])),
  };
}

/** Replaces an obsolete element by its successor. */
function renamed(tagName: string): Transform {
  return (_, attribs) => ({ tagName, attribs });
}

function resolveAll(
  attribs: Attributes,
  names: readonly string[],
  resolve: (written: string) => string | undefined,
): Attributes {
  const resolved: Attributes = { ...attribs };
  for (const name of names) {
    const value = attribs[name];
    const url = value === undefined ? undefined : resolve(value);
    if (url === undefined) delete resolved[name];
    else resolved[name] = url;
  }
  return resolved;
}

/** Resolves the addresses of a picture, and adds its size if the file is on this site and the size is known. */
export function pictureOf(attribs: Attributes, addresses: Addresses): Attributes {
  const resolved = resolveAll(withSet(attribs, addresses), ['src'], addresses.picture);
  const { width, height } = attribs.src === undefined ? {} : (addresses.file(attribs.src.trim()) ?? {});
  const isSized = resolved.width !== undefined || resolved.height !== undefined;
  if (isSized || width === undefined || height === undefined) return resolved;
  return { ...resolved, width: String(width), height: String(height) };
}

function withSet(attribs: Attributes, { set }: Addresses): Attributes {
  return resolveAll(attribs, ['srcset'], (srcset) => set(srcset) || undefined);
}

/** A picture without an address is replaced by its alternative text. */
function shows({ src, srcset }: Attributes): boolean {
  return src !== undefined || srcset !== undefined;
}

/** Without `controls` readers show nothing to start it with. */
function playable(resolve: Transform, tagName: string): Transform {
  return (_, attribs) => resolve(tagName, { ...loadedAttributes(tagName, attribs), controls: 'controls' });
}

/** Markdown aligns table cells by `style`, which readers and validators distrust; `align` has the same effect. */
function alignment(tagName: string, attribs: Attributes): Tag {
  const align = alignOf(attribs.style);
  return { tagName, attribs: align === undefined ? attribs : { ...attribs, align } };
}

export function alignOf(style = ''): string | undefined {
  return /^text-align:\s*(left|right|center)$/.exec(style)?.[1];
}
