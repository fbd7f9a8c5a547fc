import type { Token } from 'markdown-it';
import { omitUndefined } from '../omit-undefined.ts';
import { oneLine } from '../plain-text.ts';
import { inlineText } from './markdown/inline-text.ts';
import {
  holdsPicture,
  isPicture,
  isUnderOwnPicture,
  meaningful,
  opensWithPicture,
  withoutPictures,
  withoutShownPictures,
} from './pictures.ts';

/** The beginning of a body, as plain text on one line. */
export interface Opening {
  readonly lede: string;
  /** The caption of the picture above the lede. */
  readonly caption?: string;
  /** The indexes of the texts of all captions above the lede. */
  readonly captions: readonly number[];
}

/**
 * Finds the lede of a body: its first paragraph of prose.
 *
 * Skips pictures, captions, bylines, credits and lines that only point elsewhere ("Related article: …"). Falls back to
 * the first text of any kind.
 */
export function findLede(tokens: readonly Token[]): Opening {
  const speaking = tokens.flatMap((token, index) => {
    const opener = tokens[index - 1];
    if (token.type !== 'inline' || opener?.type !== 'paragraph_open' || opener.level !== 0) return [];
    const children = token.children ?? [];
    // A picture among words is no part of the sentence.
    const text = oneLine(inlineText(withoutShownPictures(children)));
    return text === '' || isPicture(children) || isAside(text) ? [] : [{ index, children, text }];
  });
  const [first] = speaking;
  if (first === undefined) {
    const texts = tokens.map(({ type, children }) => (type === 'inline' ? inlineText(children ?? []) : ''));
    return { lede: oneLine(texts.find((text) => /\S/.test(text)) ?? ''), captions: [] };
  }
  // Only pictures can come before a caption.
  const leads = tokens.slice(0, first.index).every(({ type }) => /^(?:paragraph|inline|html_block)/.test(type));
  const captions = leads
    ? speaking.findIndex(
        ({ index, children, text }, i) =>
          !isCaption(children, text) &&
          !((opensWithPicture(children) || isUnderPicture(tokens, index)) && isLabel(text, speaking[i + 1]?.text)),
      )
    : 0;
  const lede = speaking[captions] ?? first;
  const isShown = tokens.slice(0, lede.index).some(holdsPicture);
  const caption = captions > 0 && isShown ? oneLine(inlineText(withoutPictures(first.children))) : '';
  return omitUndefined({
    lede: lede.text,
    caption: caption === '' ? undefined : caption,
    captions: speaking.slice(0, Math.max(0, captions)).map(({ index }) => index),
  });
}

function isUnderPicture(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 2]?.type === 'paragraph_close' ? tokens[index - 3] : tokens[index - 2];
  return before?.type === 'html_block' ? /<img\b/i.test(before.content) : isPicture(before?.children ?? []);
}

/** Reports whether a text is not a sentence but the next text is. */
function isLabel(text: string, next = ''): boolean {
  return text.length <= 200 && !sentenceEnd.test(text) && sentenceEnd.test(next);
}

/** Reports whether a line is about the article and not part of it: further reading, the author, contributors. */
function isAside(text: string): boolean {
  return (
    /^(?:related(?: (?:article|story|stories|reading|news))?|(?:also )?read(?: (?:more|also|next))?|see also|more|watch|listen)s?:/i.test(
      text,
    ) ||
    /^[Bb][Yy] \p{Lu}[^.!?]{1,80}$/u.test(text) ||
    (text.length <= 200 &&
      /^\(?(?:(?:[Aa]dditional|[Ww]ith) )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by \p{Lu}|contributed (?:reporting|to this (?:report|story|article))\.?$/u.test(
        text,
      ))
  );
}

/**
 * Reports whether a paragraph above the lede is the caption of a picture. Captions carry a credit: they end in a bold
 * or italic name, are entirely italic, begin with "Photo:", or end with a name after a slash or a full stop; or they
 * are the lines below a picture in one paragraph. A sentence that ends this way is not a caption.
 */
function isCaption(children: readonly Token[], text: string): boolean {
  if (text.length > 400) return false;
  if (isUnderOwnPicture(children) || openingLabel.test(text) || closingLabel.test(text)) return true;
  // A full stop after the credit or a line break at the end of the paragraph can be ignored.
  const all = meaningful(withoutPictures(children));
  const tokens = /^\s*[.\\]\s*$/.test(all.at(-1)?.content ?? '') ? all.slice(0, -1) : all;
  const last = tokens.at(-1);
  const emphasis = /^(strong|em)_close$/.exec(last?.type ?? '')?.[1];
  const opened = tokens.findLastIndex(({ type, level }) => type === `${emphasis}_open` && level === last?.level);
  // A paragraph that is entirely bold is a standfirst, unless it ends with an agency.
  if (opened === 0) return emphasis === 'em' || agencyCredit.test(text);
  const before = inlineText(tokens.slice(0, Math.max(0, opened)));
  const after = inlineText(tokens).slice(before.length);
  // A credit in bold or italics may end with a full stop, inside or after the marks.
  if (opened > 0 && sentenceEnd.test(before.trim()) && (agencyCredit.test(after) || creditedName.test(after)))
    return true;
  if (sentenceEnd.test(text) && !agencyEnd.test(text)) return false;
  if (goesOn.test(before) && !agencyCredit.test(after)) return false;
  if (emphasis !== undefined && inlineText(tokens.slice(opened)).length <= 100) return true;
  return closingName.test(text);
}

/**
 * Reports whether a caption names who made the picture, in so many words or marks. A short line of names may be
 * anything else.
 */
export function hasCredit(children: readonly Token[]): boolean {
  const text = oneLine(inlineText(children));
  const opened = children.findLastIndex(({ type }) => type === 'strong_open' || type === 'em_open');
  const before = opened > 0 ? oneLine(inlineText(children.slice(0, opened))) : '';
  return (
    [openingLabel, closingLabel, agencyCredit].some((credit) => credit.test(text)) ||
    (sentenceEnd.test(before) && creditedName.test(oneLine(inlineText(children.slice(opened))).replace(/\.$/, '')))
  );
}

const kind = '(?:file |ap )?(?:photo(?:graph)?|image|picture|illustration|graphic|credit|caption|video)s?';
const openingLabel = new RegExp(`^${kind}(?: (?:by|credit|courtesy(?: of)?))?:`, 'i');
const closingLabel = new RegExp(`[(\\[]${kind}(?: by|(?: courtesy(?: of)?)?:|/)[^()[\\]]*[)\\]]\\.?$`, 'i');
const sentenceEnd = /[.!?…:;,。！？]["'”’»)\]]*$/u;
/** A word that never comes before a credit: the sentence continues with the name. */
const goesOn =
  /(?<!\b(?:photos?|photographs?|images?|pictures?|courtesy|credits?))\s(?:a|an|and|are|as|at|called|for|from|in|is|named|of|on|or|than|the|to|was|were|with|by)\s*$/iu;
/** Initials, such as `/ A.P.`, end with a full stop that does not end a sentence. */
const agencyEnd = /\/ ?(?:\p{Lu}\.){1,4}$/u;
const name = String.raw`\p{Lu}[\p{L}\p{M}'’.&-]*(?:(?: ?[/,] ?| )(?:(?:of|the|for|via|and|de|van|von|del|la) )*\p{Lu}[\p{L}\p{M}'’.&-]*){0,7}`;
const agencyCredit = new RegExp(`/ ?${name}[.]?$`, 'u');
/** Two or three names and nothing else. */
const creditedName = /^\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{Lu}[\p{L}\p{M}'’.-]*){1,2}$/u;
const closingName = new RegExp(
  String.raw`(?:^|[.!?…]["'”’»)]? |[/|©(\[–—] ?|(?:[Pp]hoto|[Ii]mage|[Cc]redit)(?:graph)?(?: by|:) ?)${name}[)\]]?$`,
  'u',
);
