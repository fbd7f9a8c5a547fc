import { mediaTypeOf } from '../media-types.ts';
import { articleAddress } from './file-address.ts';
import type { Replacement, Source } from './source.ts';

/**
 * Links and embedded files (`[[Page|words]]`, `![[dusk.png|300]]`), highlights (`==x==`), and ids of blocks (`^id`).
 */
export const obsidianOpeners = [
  String.raw`!?\[\[(?=[^\s[\]|])[^[\]\n]{0,300}\]\](?![(\]]|\[(?!\^))`,
  '==',
  String.raw`(?:^|[ \t]+)\^(?=[a-z\d-]*[a-z-])[A-Za-z\d-]{3,60}(?=[ \t]*$)`,
];

export function obsidian(source: Source, at: number, written: string): Replacement | undefined {
  if (written === '==') return highlight(source, at);
  const end = at + written.length;
  if (written.includes('[[')) return wikiLink(source, end, written);
  return { end, text: '' };
}

function wikiLink(source: Source, end: number, written: string): Replacement | undefined {
  const [, target = '', label = ''] = /^!?\[\[([^|]*)\|?(.*)\]\]$/.exec(written) ?? [];
  // "[[1]]" is a reference, "[[1, 2]]" a list of numbers, and "[[a]]" may be a link in brackets.
  if (/^[\d\s.,;-]*$/.test(target) || source.isReference(target.toLowerCase())) return undefined;
  // The folders of a page are its address, unless the name alone says too little: "2025/02/25".
  const page = target.replace(/^[^#]*\/(?=[^/#]*\p{L})/u, '');
  const words = (label || page.replace(/^#\^?/, '').replace(/#\^?/g, ' > ')).replace(/\\$/, '').trim();
  const address = source.around.findFile === undefined ? undefined : articleAddress(target.replace(/\\$|#.*$/s, ''));
  if (!written.startsWith('!') && address !== undefined) return { end, text: `[${words}](<${address}>)`, as: 'a link' };
  if (!written.startsWith('!')) return { end, text: words, kind: '[[ ]]', as: 'text without a link' };
  const path = target.replace(/\\$/, '').trim();
  const type = mediaTypeOf(path);
  if (type === undefined) return { end, text: '', kind: '![[ ]]' };
  const alt = /^[\dx\s|]*$/.test(label) ? '' : label.replace(/\|[\dx]+$/, '');
  return { end, text: type.startsWith('image/') ? `![${alt}](<${path}>)` : `[${alt || path}](<${path}>)` };
}

/** Marks text, but not in `a==b` or `a == b`. Of one pair, the second is read when the search comes to it. */
function highlight(source: Source, at: number): Replacement | undefined {
  const end = at + 2;
  if (at === source.markEnd) return { end, text: '</mark>' };
  if (/[\w=]/.test(source.text[at - 1] ?? '')) return undefined;
  const inner = /^[^\s=`](?:[^=`\n]{0,500}[^\s=`])?(?===(?![\w=]))/.exec(source.text.slice(end, end + 510))?.[0];
  if (inner === undefined) return undefined;
  source.markEnd = end + inner.length;
  return { end, text: '<mark>' };
}
