import { keepsAttribute } from '../../../article/body/html/html-rules.ts';
import { type Tag, tagsIn } from '../../../article/body/tags/tags-in.ts';
import { escapeAttribute, escapeText } from '../../../article/escape.ts';

/** Writes a paragraph that is a link with its own address as text. */
export function linkParagraph(url: string): string {
  return `<p><a href="${escapeAttribute(url)}">${escapeText(url)}</a></p>`;
}

/** Writes a start tag with the attributes that articles may have, safe inside Markdown. */
export function startTag(tagName: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([name, value]) => {
    if (!keepsAttribute(tagName, name, value)) return '';
    if (value === '' && name !== 'alt') return ` ${name}`;
    return ` ${name}="${value.replace(/["&<>{}`]|\n/g, characterReference)}"`;
  });
  return `<${tagName}${written.join('')}>`;
}

/** Replaces start tags that have attributes. A tag stays if `replace` returns `undefined`. */
export function replaceTags(html: string, replace: (tag: Tag, written: string) => string | undefined): string {
  let result = '';
  let from = 0;
  for (const tag of tagsIn(html)) {
    const end = html.indexOf('>', tag.at) + 1;
    const replacement = replace(tag, html.slice(tag.at, end));
    if (replacement === undefined) continue;
    result += html.slice(from, tag.at) + replacement;
    from = end;
  }
  return result + html.slice(from);
}

export function characterReference(character: string): string {
  return references[character] ?? `&#${character.charCodeAt(0)};`;
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Writes a footnote mark in the form that becomes Markdown's. `use` counts the marks of one note from 0.
 *
 * Such footnotes are a `<sup class="footnote-ref">` each and end in a `<section class="footnotes">`.
 */
export function footnoteMark(number: number, use: number): string {
  return `<sup class="footnote-ref"><a href="#fn${number}" id="${markId(number, use)}">[${number}]</a></sup>`;
}

/** Writes the links from a note back to each of its marks. */
export function footnoteBacklinks(number: number, uses: number): string {
  return Array.from(
    { length: uses },
    (_, use) => ` <a href="#${markId(number, use)}" class="footnote-backref">↩\uFE0E</a>`,
  ).join('');
}

function markId(number: number, use: number): string {
  return `fnref${number}${use === 0 ? '' : `:${use + 1}`}`;
}

export function footnoteSection(notes: readonly { readonly number: number; readonly html: string }[]): string {
  const items = notes.map(({ number, html }) => `<li id="fn${number}">${html}</li>`);
  return `<section class="footnotes"><ol>${items.join('')}</ol></section>`;
}
