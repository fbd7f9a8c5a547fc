import { markdown } from '../../../../../article/body/markdown/markdown.ts';
import { parseRow, type Row, textOf } from '../json-rows.ts';
import { cardHtml, type RenderCard } from './ghost-cards.ts';
import { lexicalHtml } from './ghost-lexical.ts';
import { mobiledocHtml } from './ghost-mobiledoc.ts';

/**
 * Returns the HTML of a Ghost post. Ghost stores it beside the source; where it is missing, as in some drafts, the
 * source is rendered.
 */
export function renderGhostPost(post: Row): { readonly html: string; readonly unknown: readonly string[] } {
  const html = textOf(post, 'html');
  if (html.trim() !== '') return { html: html.replace(/<!--kg-card-(?:begin|end)[^>]*-->/g, ''), unknown: [] };
  const unknown = new Set<string>();
  const render: RenderCard = (kind, payload) => {
    const card = cardHtml(kind, payload);
    if (card === undefined) unknown.add(kind);
    return card;
  };
  const [lexical, mobiledoc] = [parseRow(textOf(post, 'lexical')), parseRow(textOf(post, 'mobiledoc'))];
  const rendered =
    lexical !== undefined
      ? lexicalHtml(lexical, render)
      : mobiledoc !== undefined
        ? mobiledocHtml(mobiledoc, render)
        : markdown.render(textOf(post, 'markdown'));
  return { html: rendered, unknown: [...unknown] };
}
