import type { Token } from 'markdown-it';

/** The text of inline tokens: without marks, tags and scripts, a picture as its alternative text. */
export function inlineText(tokens: readonly Token[]): string {
  let text = '';
  let hidden: RegExp | undefined;
  for (const token of tokens) {
    if (hidden !== undefined) {
      if (token.type === 'html_inline' && hidden.test(token.content)) hidden = undefined;
    } else if (token.type === 'image') text += inlineText(token.children ?? []);
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' ';
    else if (token.type === 'html_inline') {
      const silent = /^<(script|style|textarea)\b/i.exec(token.content)?.[1];
      if (silent !== undefined) hidden = new RegExp(`^</${silent}`, 'i');
      else text += /^<br\b/i.test(token.content) ? ' ' : unknownTag(token.content);
    } else text += token.content;
  }
  return text;
}

/** What looks like a tag but is none that HTML knows, such as `<T>` in a headline, is what the author wrote. */
export function unknownTag(source: string): string {
  const name = /^<\/?([a-z][a-z0-9]*)>$/i.exec(source)?.[1]?.toLowerCase();
  return name === undefined || elements.has(name) ? '' : source;
}

/** All that browsers know or knew. */
const elements = new Set(
  (
    'a abbr acronym address animate applet area article aside audio b base basefont bdi bdo bgsound big blink ' +
    'blockquote body br button canvas caption center cite circle code col colgroup command content data datalist dd ' +
    'defs del desc details dfn dialog dir div dl dt element em embed fieldset figcaption figure font footer ' +
    'foreignobject form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins ' +
    'isindex kbd keygen label legend li line link listing main map mark marquee math menu menuitem meta meter mglyph ' +
    'mi mn mo ms mtext multicol nav nobr noembed noframes noscript object ol optgroup option output p param path ' +
    'picture plaintext polygon portal pre progress q rb rect rp rt rtc ruby s samp script search section select set ' +
    'shadow slot small source spacer span strike strong style sub summary sup svg table tbody td template text ' +
    'textarea tfoot th thead time title tr track tt u ul use var video wbr xml xmp'
  ).split(' '),
);
