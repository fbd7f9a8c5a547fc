import { escapeAttribute, escapeText } from '../../../../../article/escape.ts';
import { isRow, type Row } from '../json-rows.ts';
import type { RenderCard } from './ghost-cards.ts';

/** Renders a document in Mobiledoc 0.3, whose sections and markers are lists of positional values. */
export function mobiledocHtml(document: Row, card: RenderCard): string {
  const [cards, atoms, markups] = ['cards', 'atoms', 'markups'].map((key) => listOf(document[key]));
  const inline = (markers: unknown): string => markersHtml(markers, listOf(markups), listOf(atoms));
  return listOf(document.sections)
    .map((section) => {
      const [kind, second, third] = listOf(section);
      if (kind === 1) return wrap(nameOf(second, 'p'), inline(third));
      if (kind === 2) return `<img src="${escapeAttribute(String(second))}" alt="">`;
      if (kind === 3) {
        const items = listOf(third).map((item) => wrap('li', inline(item)));
        return wrap(second === 'ol' ? 'ol' : 'ul', items.join(''));
      }
      const [name, payload] = listOf(listOf(cards)[Number(second)]);
      return kind === 10 ? (card(String(name), isRow(payload) ? payload : {}) ?? '') : '';
    })
    .join('\n');
}

/** A marker has its type (0 is text, 1 an atom), the markups that it opens, how many it closes, and its text. */
function markersHtml(markers: unknown, markups: readonly unknown[], atoms: readonly unknown[]): string {
  const open: string[] = [];
  let html = '';
  for (const marker of listOf(markers)) {
    const [kind, opened, closed, value] = listOf(marker);
    for (const index of listOf(opened)) {
      const [name, attributes] = listOf(markups[Number(index)]);
      const tag = nameOf(name, 'span');
      open.push(tag);
      html += `<${tag}${hrefOf(listOf(attributes))}>`;
    }
    html += kind === 1 ? atomHtml(listOf(atoms[Number(value)])) : escapeText(String(value ?? ''));
    for (let left = Number(closed); left > 0 && open.length > 0; left--) html += `</${open.pop()}>`;
  }
  return (
    html +
    open
      .reverse()
      .map((tag) => `</${tag}>`)
      .join('')
  );
}

function atomHtml([name, text]: readonly unknown[]): string {
  return name === 'soft-return' ? '<br>' : escapeText(typeof text === 'string' ? text : '');
}

/** Attributes are a list of names and values in turn. */
function hrefOf(attributes: readonly unknown[]): string {
  const at = attributes.indexOf('href');
  return at === -1 ? '' : ` href="${escapeAttribute(String(attributes[at + 1] ?? ''))}"`;
}

function nameOf(written: unknown, fallback: string): string {
  const name = String(written).toLowerCase();
  if (name === 'aside' || name === 'pull-quote') return 'blockquote';
  return /^(?:p|h[1-6]|blockquote|a|b|strong|i|em|u|s|del|code|sub|sup|mark)$/.test(name) ? name : fallback;
}

function wrap(name: string, html: string): string {
  return `<${name}>${html}</${name}>`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
