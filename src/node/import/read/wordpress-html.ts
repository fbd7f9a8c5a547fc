import { escapeText } from '../../../article/escape.ts';
import type { WordPressSetting } from './wordpress-export.ts';
import { withFootnotes } from './wordpress-footnotes.ts';
import { paragraphsOf } from './wordpress-paragraphs.ts';
import { replaceShortcodes } from './wordpress-shortcodes.ts';

/** Makes of what WordPress stores what it shows. `unknown` are shortcodes of plug-ins, which stay as text. */
export function wordPressHtml(
  stored: string,
  setting: WordPressSetting,
): { readonly text: string; readonly unknown: readonly string[] } {
  const unknown = new Set<string>();
  const whole = withFootnotes(withSharedBlocks(stored, setting.blocks), setting.footnotes ?? []);
  // Posts of the block editor have their paragraphs; older ones get them when they are shown.
  const isBlocks = /<!-- wp:/.test(stored);
  const plain = withoutComments(whole);
  const shown = replaceShortcodes(isBlocks ? linkedAlone(plain) : plain, setting, unknown);
  return { text: isBlocks ? shown : paragraphsOf(linkedAlone(shown)), unknown: [...unknown] };
}

function withSharedBlocks(stored: string, blocks: WordPressSetting['blocks']): string {
  return stored.replace(/<!-- wp:block \{"ref":(\d{1,12})[^>]{0,200}-->/g, (whole, id: string) => {
    return blocks.get(id) ?? whole;
  });
}

/** An address alone on a line is shown as what it leads to; here it is a link. */
function linkedAlone(html: string): string {
  return html.replace(/^[ \t]*(https?:\/\/[^\s<>"]+)[ \t]*$/gm, (_, url: string) => {
    const address = escapeText(url.replaceAll('&amp;', '&'));
    return `<p><a href="${address}">${address}</a></p>`;
  });
}

/** Comments are marks of the editor's, each up to its own end. */
function withoutComments(html: string): string {
  let text = '';
  let from = 0;
  for (let at = html.indexOf('<!--'); at !== -1; at = html.indexOf('<!--', from)) {
    const end = html.indexOf('-->', at);
    if (end === -1) break;
    text += html.slice(from, at);
    from = end + 3;
  }
  return text + html.slice(from);
}
