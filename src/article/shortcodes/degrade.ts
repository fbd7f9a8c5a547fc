import { mediaTypeOf } from '../media-types.ts';
import { oneLine } from '../plain-text.ts';
import type { Call } from './call.ts';

/** The Markdown that replaces a shortcode. */
export interface Fallback {
  /** Markdown. */
  readonly text: string;
  /** What it is, in words, for the warning. */
  readonly as: string;
}

/** Returns what a shortcode can show without its framework: a picture, a link or its text. */
export function degrade(call: Call): Fallback | undefined {
  return picture(call) ?? embedded(call) ?? recording(call) ?? link(call) ?? words(call) ?? mentionedLink(call);
}

const pictureFile = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#].*)?$/i;
const pictureName = /^(?:fig(?:ure)?|image|img|lightbox|photo|picture)s?$/i;

const layout =
  /^(?:left|right|center|centre|true|false|lazy|eager|full|wide|large|medium|small|thumb\w*|border|shadow|rounded|\w+-\w+)$/i;

function picture({ name, positional, named }: Call): Fallback | undefined {
  const sources = [...firstOf(named, ['src', 'url', 'image', 'image_path', 'file', 'path', 'link', 'href'])];
  const src =
    [...sources, ...positional].find((source) => pictureFile.test(source)) ??
    (pictureName.test(name.replace(/^.*[./]/, '')) ? (sources[0] ?? positional[0]) : undefined);
  if (src === undefined || /[{}\n]/.test(src)) return undefined;
  const others = positional.filter((part) => part !== src && /\s/.test(part));
  const [caption = ''] = [...firstOf(named, ['caption', 'title', 'attr', 'description']), ...others];
  // A word after the address is most likely its alternative text, and not worth a caption.
  const word = positional.slice(positional.indexOf(src) + 1).find((part) => /^\p{L}/u.test(part) && !layout.test(part));
  const [alt = caption || (positional.includes(src) ? word : undefined) || ''] = firstOf(named, ['alt']);
  const below = caption === '' ? '' : /[*_]/.test(caption) ? ` ${oneLine(caption)}` : ` *${oneLine(caption)}*`;
  return { text: `![${escapeLabel(alt)}](<${src.replace(/[<>]/g, '')}>)${below}`, as: 'a picture' };
}

/** The public address of content that shortcodes embed by its id. */
const services: readonly (readonly [name: RegExp, address: (...ids: string[]) => string])[] = [
  [/^(?:lite-?|embed-?)?(?:youtube|yt)(?:-?(?:embed|video|lite))?$/i, (id) => `https://www.youtube.com/watch?v=${id}`],
  [/^vimeo$/i, (id) => `https://vimeo.com/${id}`],
  [/^gist$/i, (...ids) => `https://gist.github.com/${ids.slice(0, 2).join('/')}`],
  [/^(?:tweet|twitter|x)$/i, (...ids) => `https://x.com/${ids.length > 1 ? ids[0] : 'i'}/status/${ids.at(-1)}`],
  [/^instagram$/i, (id) => `https://www.instagram.com/p/${id}/`],
  [/^(?:asciinema|asciicast)$/i, (id) => `https://asciinema.org/a/${id}`],
  [/^codepen$/i, (...ids) => `https://codepen.io/${ids.length > 1 ? `${ids[0]}/` : ''}pen/${ids.at(-1)}`],
  [/^scribd$/i, (id) => `https://www.scribd.com/document/${id}`],
];

function embedded({ name, positional, named }: Call): Fallback | undefined {
  const [provider = name.replace(/^.*\/|\.\w+$/g, '')] = firstOf(named, ['provider']);
  // "include youtube.html" names the service in its argument.
  const called = /^(?:include|render|partial|video)$/i.test(provider)
    ? (positional[0] ?? provider).replace(/^.*\/|\.\w+$/g, '')
    : provider;
  const service = services.find(([pattern]) => pattern.test(called))?.[1];
  if (service === undefined) return undefined;
  const said = [...firstOf(named, ['user']), ...firstOf(named, ['id', 'videoid', 'video_id', 'v', 'url', 'src'])];
  const ids = said.length > 0 ? said : positional.filter((part) => /^[\w./:?=&%-]+$/.test(part) && part !== called);
  const url = ids.find((id) => /^https?:\/\//.test(id));
  if (url === undefined && (ids.length === 0 || !ids.every((id) => /^[\w./-]+$/.test(id)))) return undefined;
  return { text: `<${(url ?? service(...ids)).replace(/[<>\s]/g, '')}>`, as: 'a link' };
}

/** Audio or video, which readers can only open, with what is written below it. */
function recording({ positional, named }: Call): Fallback | undefined {
  const src = [...firstOf(named, ['src', 'url', 'video', 'audio', 'file', 'path', 'mp4', 'href']), ...positional].find(
    (source) => /^(?:audio|video)\//.test(mediaTypeOf(source.replace(/[?#].*$/s, '')) ?? ''),
  );
  if (src === undefined || /[{}\n<>]/.test(src)) return undefined;
  const [title, caption] = [
    firstOf(named, ['title', 'alt', 'label'])[0],
    firstOf(named, ['caption', 'description'])[0],
  ];
  if (title === undefined && caption === undefined && /^https?:/.test(src)) return { text: `<${src}>`, as: 'a link' };
  const label = title ?? caption ?? src.replace(/^.*\//, '');
  const below = caption === undefined || caption === label ? '' : ` *${oneLine(caption)}*`;
  return { text: `[${escapeLabel(label)}](<${src}>)${below}`, as: 'a link' };
}

function link({ named }: Call): Fallback | undefined {
  const [url] = firstOf(named, ['url', 'href', 'link']);
  const [label] = firstOf(named, ['text', 'title', 'label', 'name', 'caption', 'alt']);
  if (url === undefined || /[{}\n<>]/.test(url)) return undefined;
  const isWeb = /^https?:\/\//.test(url);
  if (label === undefined && !isWeb) return undefined;
  return { text: label === undefined ? `<${url}>` : `[${escapeLabel(label)}](<${url}>)`, as: 'a link' };
}

function words({ named }: Call): Fallback | undefined {
  const [text] = firstOf(named, 'title caption summary description text label content message alt'.split(' '));
  if (text === undefined || /^[\s{}]*$/.test(text)) return undefined;
  return { text: oneLine(text), as: 'text' };
}

/** An address among the arguments, and a text that looks like its label: `{% card "https://…", "Ana Ruiz" %}`. */
function mentionedLink({ name, positional }: Call): Fallback | undefined {
  const url = positional.find((part) => /^https?:\/\/[^\s{}<>]+$/.test(part));
  if (url === undefined || logic.test(name)) return undefined;
  const label = positional.find((part) => part !== url && /^\p{L}.*\s|^\p{Lu}/u.test(part) && !/[{}<>]/.test(part));
  return { text: label === undefined ? `<${url}>` : `[${escapeLabel(label)}](<${url}>)`, as: 'a link' };
}

/** Tags that compute something or load a part of the page, and whose arguments no reader sees. */
const logic =
  /^(?:if|unless|els\w*|case|when|for|while|set|let|assign|capture|cycle|with|import|from|macro|call|block|extends|layout|render\w*|include\w*|partial|script|style\w*|css|js|asset\w*|meta|head|filter|echo|eval|return)$|^[.$]/i;

/** Returns the words of a footnote or side note that is written as an argument. */
export function noteIn({ name, positional }: Call): string | undefined {
  const words = /^(?:foot|side|margin)note(?:ref)?$/i.test(name)
    ? positional.find((part) => /\S\s+\S/.test(part))
    : undefined;
  return words === undefined ? undefined : oneLine(words);
}

function firstOf(named: Call['named'], names: readonly string[]): string[] {
  const value = names.map((name) => named.get(name)).find((value) => value !== undefined && value !== '');
  return value === undefined ? [] : [value];
}

/** Escapes the text of a link in Markdown. */
export function escapeLabel(text: string): string {
  return oneLine(text).replace(/[\\[\]]/g, '\\$&');
}
