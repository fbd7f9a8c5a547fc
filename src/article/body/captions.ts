import MarkdownIt, { type Token } from 'markdown-it';
import { hasCredit } from './lede.ts';
import { holdsPicture, isPicture } from './pictures.ts';

const parser = new MarkdownIt();
const { Token: NewToken } = new parser.core.State('', parser, {});

/**
 * Makes a figure of each picture that has a caption: a title, emphasized text after it in its paragraph, or the caption
 * that is the next paragraph. `captions` are the indexes of the texts of captions above the lede. If no picture stands
 * above them, those with a credit become small print at the end of the text, so that an article opens with its lede.
 */
export function setCaptions(tokens: readonly Token[], captions: readonly number[]): Token[] {
  const last = captions.at(-1) ?? 0;
  const isIllustrated = tokens.slice(0, last + 1).some(holdsPicture);
  const body: Token[] = [];
  const credits: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const [open, text, close] = tokens.slice(index, index + 3);
    if (open === undefined) break;
    if (open.type !== 'paragraph_open' || open.level > 0 || text === undefined || close === undefined) {
      body.push(open);
      continue;
    }
    index += 2;
    const isCaption = captions.includes(index - 1);
    if (isCaption && !isIllustrated && hasCredit(text.children ?? [])) credits.push(open, inSmallPrint(text), close);
    else if (isCaption && closesPicture(body)) body.splice(-3, 3, ...figure(body.at(-3), body.at(-2), text.children));
    else if (captions.includes(index + 2) && isPicture(text.children ?? [])) body.push(open, text, close);
    else body.push(...illustrated(open, text, close, isCaption));
  }
  const notes = body.findLastIndex(({ type }) => type === 'footnote_block_open');
  body.splice(notes === -1 ? body.length : notes, 0, ...credits);
  return body;
}

/** Reports whether the last paragraph is a picture and nothing else. */
function closesPicture(body: readonly Token[]): boolean {
  const [open, text] = body.slice(-3);
  return open?.type === 'paragraph_open' && open.level === 0 && open.tag === 'p' && isPicture(text?.children ?? []);
}

/** Makes a figure of a paragraph with one picture that has a title, or that text follows. */
function illustrated(open: Token, text: Token, close: Token, isCaption: boolean): Token[] {
  const children = text.children ?? [];
  const [image, ...rest] = children;
  const [space, first] = rest;
  if (image?.type !== 'image') return [open, text, close];
  if (rest.length === 0) {
    const title = String(image.attrGet('title') ?? '');
    if (title.trim() === '') return [open, text, close];
    image.attrs = image.attrs?.filter(([name]) => name !== 'title') ?? null;
    return figure(open, text, [Object.assign(new NewToken('text', '', 0), { content: title })]);
  }
  const isApart = space?.type === 'softbreak' || space?.type === 'hardbreak' || /^\s+$/.test(space?.content ?? '');
  const closed =
    first?.type === 'em_open' ? rest.findIndex(({ type, level }) => type === 'em_close' && level === first.level) : -1;
  const isCredit = isApart && closed === rest.length - 1;
  if ((!isCredit && !(isCaption && isApart)) || rest.some(({ type }) => type === 'image')) return [open, text, close];
  text.children = [image];
  // A caption looks like one without emphasis.
  return figure(open, text, isCredit ? rest.slice(2, -1) : rest.slice(1));
}

/** Writes the tokens of a figure. `open` is the beginning of the paragraph that it replaces. */
function figure(open: Token | undefined, picture: Token | undefined, caption: Token[] | null): Token[] {
  const block = (type: string, tag: string, nesting: -1 | 1, level: number): Token =>
    Object.assign(new NewToken(type, tag, nesting), { block: true, map: open?.map ?? null, level });
  const words = Object.assign(new NewToken('inline', '', 0), { map: open?.map ?? null, level: 2 });
  words.children = caption;
  return [
    block('figure_open', 'figure', 1, 0),
    ...(picture === undefined ? [] : [picture]),
    block('figcaption_open', 'figcaption', 1, 1),
    words,
    block('figcaption_close', 'figcaption', -1, 1),
    block('figure_close', 'figure', -1, 0),
  ];
}

function inSmallPrint(text: Token): Token {
  const tag = (type: string, nesting: -1 | 1): Token => new NewToken(type, 'small', nesting);
  text.children = [tag('small_open', 1), ...(text.children ?? []), tag('small_close', -1)];
  return text;
}
