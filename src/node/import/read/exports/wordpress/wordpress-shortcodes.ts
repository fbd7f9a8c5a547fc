import { escapeAttribute, escapeText } from '../../../../../article/escape.ts';
import { linkParagraph } from '../../html-markup.ts';
import type { Attachment, WordPressContext } from './wordpress-export.ts';

type Attributes = Readonly<Record<string, string>>;
type Show = (attributes: Attributes, inner: string, context: WordPressContext) => string | undefined;

/** WordPress's own shortcodes and those that show code. One that returns `undefined` stays as text. */
const known: Readonly<Record<string, Show>> = {
  caption: captionedFigure,
  wp_caption: captionedFigure,
  gallery: (attributes, _, context) => gallery(attributes, context),
  playlist: (attributes, _, context) => playlist(attributes, context),
  embed: (attributes, inner) => link(attributes.src ?? inner.trim()),
  audio: (attributes, inner) => player('audio', attributes, inner),
  video: (attributes, inner) => player('video', attributes, inner),
  code: codeBlock,
  sourcecode: codeBlock,
};

/** Shortcodes with content. The end of another has no meaning. */
const enclosing = /^(?:caption|wp_caption|embed|code|sourcecode|audio|video)$/;
const names = Object.keys(known).join('|');

/** Replaces shortcodes by HTML. Double brackets are an escape: `[[gallery]]` shows `[gallery]`. */
export function replaceShortcodes(html: string, context: WordPressContext, unknown: Set<string>): string {
  const opening = new RegExp(String.raw`\[(\[?)(/?)(${names}|[a-z][\w-]{1,40})((?:\s[^\[\]]{0,2000})?)\]`, 'gi');
  const ends = lastEnds(html);
  const lower = html.toLowerCase();
  let shown = '';
  let from = 0;
  for (let match = opening.exec(html); match !== null; match = opening.exec(html)) {
    const [tag, bracket, slash, written = '', rest = ''] = match;
    const name = written.toLowerCase();
    const end = match.index + tag.length;
    if (bracket === '[' && html[end] === ']') {
      shown += html.slice(from, match.index) + tag.slice(1);
      from = end + 1;
      continue;
    }
    const show = Object.hasOwn(known, name) ? known[name] : undefined;
    if (show === undefined || slash === '/') {
      // Only an end or attributes tell a shortcode from a word in brackets.
      if (slash === '/' || /\w=["'\w]/.test(rest)) unknown.add(name);
      continue;
    }
    const close = `[/${name}]`;
    const at = enclosing.test(name) && (ends.get(name) ?? -1) >= end ? lower.indexOf(close, end) : -1;
    const isClosed = at !== -1;
    const inner = isClosed ? html.slice(end, at) : '';
    const text = show(attributesIn(rest), inner, context);
    if (text === undefined) continue;
    shown += html.slice(from, match.index) + text;
    from = isClosed ? at + close.length : end;
    opening.lastIndex = from;
  }
  return shown + html.slice(from);
}

/** Finds the last end of each shortcode, beyond which a search would be wasted. */
function lastEnds(html: string): ReadonlyMap<string, number> {
  const found = html.matchAll(new RegExp(`\\[/(${names})\\]`, 'gi'));
  return new Map([...found].map(({ 1: name = '', index }) => [name.toLowerCase(), index]));
}

function attributesIn(written: string): Attributes {
  const found = written.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g);
  return Object.fromEntries(
    [...found].map(([, name = '', double, single, bare]) => [name.toLowerCase(), double ?? single ?? bare ?? '']),
  );
}

/** A caption follows the picture. Older posts have it in an attribute. */
function captionedFigure(attributes: Attributes, inner: string): string | undefined {
  if (inner.trim() === '') return undefined;
  const [, picture = inner, words = ''] =
    /^\s*((?:<a\s[^<>]*>\s*)?<img[^<>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(inner) ?? [];
  const caption = words.trim() || attributes.caption || '';
  return `\n\n<figure>${picture.trim()}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>\n\n`;
}

function gallery(attributes: Attributes, { attachments, post }: WordPressContext): string | undefined {
  const ids = (attributes.ids ?? attributes.include ?? '').split(/[\s,]+/).filter((id) => id !== '');
  const own = [...attachments.values()].filter(({ parent }) => parent === (attributes.id ?? post));
  const pictures = ids.length > 0 ? ids.flatMap((id) => attachments.get(id) ?? []) : own.filter(isPicture);
  if (pictures.length === 0) return undefined;
  return `\n\n${pictures.map(figure).join('\n\n')}\n\n`;
}

function isPicture({ url }: Attachment): boolean {
  return /\.(?:avif|gif|jpe?g|png|webp)(?:\?|$)/i.test(url);
}

function figure({ url, alt, caption }: Attachment): string {
  const words = caption === '' ? '' : `<figcaption>${escapeText(caption)}</figcaption>`;
  return `<figure><img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt)}">${words}</figure>`;
}

function playlist({ ids = '', type = 'audio' }: Attributes, { attachments }: WordPressContext): string | undefined {
  const files = ids.split(/[\s,]+/).flatMap((id) => attachments.get(id) ?? []);
  if (files.length === 0) return undefined;
  return files.map(({ url }) => player(type === 'video' ? 'video' : 'audio', { src: url }, '')).join('\n\n');
}

const formats = ['src', 'mp3', 'm4a', 'ogg', 'wav', 'flac', 'mp4', 'm4v', 'webm', 'ogv', 'mov'];

function player(name: 'audio' | 'video', attributes: Attributes, inner: string): string | undefined {
  const src = formats.map((format) => attributes[format]).find((url) => url !== undefined) ?? inner.trim();
  if (!/^(?:https?:)?\/\/?/.test(src)) return undefined;
  return `\n\n<figure><${name} src="${escapeAttribute(src)}" controls></${name}></figure>\n\n`;
}

function link(url: string): string | undefined {
  if (!/^https?:\/\//.test(url)) return undefined;
  return `\n\n${linkParagraph(url.replaceAll('&amp;', '&'))}\n\n`;
}

/** Code may be escaped or not, so only angle brackets are escaped again. */
function codeBlock(attributes: Attributes, inner: string): string | undefined {
  const text = inner.replace(/^\s*\n|\s+$/g, '');
  if (text === '') return undefined;
  const { language = attributes.lang ?? '' } = attributes;
  const name = /^[\w+#.-]+$/.test(language) ? ` class="language-${language}"` : '';
  const code = text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `\n\n<pre><code${name}>${code}</code></pre>\n\n`;
}
