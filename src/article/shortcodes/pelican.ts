import { isFileAddress } from './file-address.ts';
import type { Replacement, Source } from './source.ts';

const places = '[{|](?:static|attach|filename|tag|category|author|index|archives)[}|]';

/** An address that begins with what stands for a place of a Pelican site: `{static}/menu.pdf`, `|filename|/b.md`. */
export const pelicanOpener = String.raw`(?<=\]\(<?|\]:[ \t]{0,4}<?|\b(?:src|href)=["']?)${places}[^\s<>"')]*`;

/** A quick test for {@link pelicanOpener}. */
export const pelicanSuspect = places;

/**
 * Reads such an address. Pelican's root is that of the publication, so a file keeps its path, and so does an article; other
 * pages have no address.
 */
export function pelicanAddress({ around }: Source, at: number, written: string): Replacement {
  const [, place = '', path = ''] = /^.(\w+).(.*)$/s.exec(written) ?? [];
  const end = at + written.length;
  if (/^(?:static|attach)$/.test(place) || (place === 'filename' && isFileAddress(path))) return { end, text: path };
  const article = place === 'filename' && around.findFile !== undefined && /\.(?:md|markdown)(?:#|$)/i.test(path);
  if (article) return { end, text: path.startsWith('/') ? `@${path}` : path };
  return { end, text: '#', kind: `{${place}}`, as: 'text without a link' };
}
