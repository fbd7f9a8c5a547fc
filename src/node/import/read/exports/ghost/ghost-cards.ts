import { markdown } from '../../../../../article/body/markdown/markdown.ts';
import { escapeAttribute, escapeText } from '../../../../../article/escape.ts';
import { linkParagraph } from '../../html-markup.ts';
import { isRow, type Row, rowsOf, textOf } from '../json-rows.ts';

/** Renders a part of a post that is not text, such as a picture. Returns `undefined` for an unknown kind. */
export type RenderCard = (kind: string, payload: Row) => string | undefined;

type Card = (payload: Row) => string;

/** Renders a card of a Ghost post. */
export const cardHtml: RenderCard = (kind, payload) =>
  Object.hasOwn(cards, kind) ? cards[kind]?.(payload) : undefined;

const none: Card = () => '';
const code: Card = (card) => {
  const language = textOf(card, 'language');
  const name = language === '' ? '' : ` class="language-${escapeAttribute(language)}"`;
  return figure(`<pre><code${name}>${escapeText(textOf(card, 'code'))}</code></pre>`, card);
};
const markdownCard: Card = (card) => markdown.render(textOf(card, 'markdown'));
const rule: Card = () => '<hr>';

/** Cards of Lexical and Mobiledoc, which partly have other names. What is only for mail or members is left out. */
const cards: Readonly<Record<string, Card>> = {
  image: (card) => figure(picture(card), card),
  gallery: (card) =>
    rowsOf(card, 'images')
      .map((one) => figure(picture(one), {}))
      .join('') + caption(card, 'p'),
  html: (card) => textOf(card, 'html'),
  markdown: markdownCard,
  'card-markdown': markdownCard,
  code,
  codeblock: code,
  hr: rule,
  horizontalrule: rule,
  embed: (card) => figure(textOf(card, 'html') || linkParagraph(textOf(card, 'url')), card),
  bookmark: (card) => {
    const title = textOf(card, 'title') || textOf(isRow(card.metadata) ? card.metadata : {}, 'title');
    return link(textOf(card, 'url'), title) + caption(card, 'p');
  },
  video: (card) => figure(player('video', card), card),
  audio: (card) => `<p>${escapeText(textOf(card, 'title'))}</p><figure>${player('audio', card)}</figure>`,
  file: (card) => link(textOf(card, 'src'), textOf(card, 'fileTitle') || textOf(card, 'fileName')),
  callout: (card) =>
    `<blockquote><p>${escapeText(textOf(card, 'calloutEmoji'))} ${inner(card, 'calloutText')}</p></blockquote>`,
  toggle: (card) => `<details><summary>${inner(card, 'heading')}</summary>${textOf(card, 'content')}</details>`,
  button: (card) => link(textOf(card, 'buttonUrl'), textOf(card, 'buttonText')),
  header: (card) => title(inner(card, 'header')) + paragraph(inner(card, 'subheader')),
  product: (card) =>
    `${picture({ src: textOf(card, 'productImageSrc') })}${title(inner(card, 'productTitle'))}${textOf(card, 'productDescription')}${link(textOf(card, 'productUrl'), textOf(card, 'productButton'))}`,
  'call-to-action': none,
  email: none,
  'email-cta': none,
  paywall: none,
  signup: none,
};

function picture(card: Row): string {
  const src = textOf(card, 'src');
  if (src === '') return '';
  const img = `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(textOf(card, 'alt'))}">`;
  const href = textOf(card, 'href');
  return href === '' ? img : `<a href="${escapeAttribute(href)}">${img}</a>`;
}

function player(name: 'audio' | 'video', card: Row): string {
  const poster = textOf(card, 'thumbnailSrc');
  const shown = name === 'video' && poster !== '' ? ` poster="${escapeAttribute(poster)}"` : '';
  return `<${name} src="${escapeAttribute(textOf(card, 'src'))}"${shown} controls></${name}>`;
}

function figure(html: string, card: Row): string {
  return `<figure>${html}${caption(card, 'figcaption')}</figure>`;
}

function caption(card: Row, tagName: string): string {
  const text = inner(card, 'caption');
  return text === '' ? '' : `<${tagName}>${text}</${tagName}>`;
}

function link(url: string, text: string): string {
  if (url === '') return paragraph(escapeText(text));
  if (text.trim() === '') return linkParagraph(url);
  return `<p><a href="${escapeAttribute(url)}">${escapeText(text)}</a></p>`;
}

/** Returns stored HTML without the paragraph that some versions put around it. */
function inner(card: Row, key: string): string {
  return textOf(card, key).replace(/^\s*<p(?:\s[^<>]*)?>((?:(?!<p[\s>])[\s\S])*)<\/p>\s*$/i, '$1');
}

function title(html: string): string {
  return html === '' ? '' : `<h2>${html}</h2>`;
}

function paragraph(html: string): string {
  return html === '' ? '' : `<p>${html}</p>`;
}
