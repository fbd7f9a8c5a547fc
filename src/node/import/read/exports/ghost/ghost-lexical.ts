import { escapeAttribute, escapeText } from '../../../../../article/escape.ts';
import { isRow, numberOf, type Row, rowsOf, textOf } from '../json-rows.ts';
import type { RenderCard } from './ghost-cards.ts';

/** The editor nests lists, but no real post this deep. */
const deepest = 50;

/** Renders a document of the editor Lexical. */
export function lexicalHtml(document: Row, card: RenderCard): string {
  return isRow(document.root) ? nodeHtml(document.root, card, 0) : '';
}

function nodeHtml(node: Row, card: RenderCard, depth: number): string {
  const kind = textOf(node, 'type').replace(/^extended-/, '');
  const inner = (): string =>
    depth > deepest
      ? ''
      : rowsOf(node, 'children')
          .map((child) => nodeHtml(child, card, depth + 1))
          .join('');
  switch (kind) {
    case 'root':
      return inner();
    case 'text':
      return formatted(node);
    case 'linebreak':
      return '<br>';
    case 'tab':
      return ' ';
    case 'paragraph':
      return `<p>${inner()}</p>`;
    case 'heading': {
      const tag = textOf(node, 'tag');
      const name = /^h[1-6]$/.test(tag) ? tag : 'h2';
      return `<${name}>${inner()}</${name}>`;
    }
    case 'quote':
    case 'aside':
      return `<blockquote><p>${inner()}</p></blockquote>`;
    case 'list':
      return listHtml(node, inner());
    case 'listitem':
      return `<li>${inner()}</li>`;
    case 'link':
    case 'autolink':
      return `<a href="${escapeAttribute(textOf(node, 'url'))}">${inner()}</a>`;
    default:
      return card(kind, node) ?? inner();
  }
}

function listHtml(node: Row, items: string): string {
  const isNumbered = textOf(node, 'listType') === 'number' || textOf(node, 'tag') === 'ol';
  const start = numberOf(node, 'start') ?? 1;
  return isNumbered ? `<ol${start === 1 ? '' : ` start="${start}"`}>${items}</ol>` : `<ul>${items}</ul>`;
}

/** The bits of a text's format, innermost element first. */
const formats: readonly (readonly [number, string])[] = [
  [16, 'code'],
  [1, 'strong'],
  [2, 'em'],
  [8, 'u'],
  [4, 's'],
  [32, 'sub'],
  [64, 'sup'],
  [128, 'mark'],
];

function formatted(node: Row): string {
  const bits = numberOf(node, 'format') ?? 0;
  return formats.reduce(
    (html, [bit, name]) => ((bits & bit) === 0 ? html : `<${name}>${html}</${name}>`),
    escapeText(textOf(node, 'text')),
  );
}
