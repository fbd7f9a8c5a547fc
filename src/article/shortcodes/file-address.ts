import { mediaTypeOf } from '../media-types.ts';
import type { Call } from './call.ts';

/** Reports whether an address is that of a picture, a recording or another file that sites serve, and not of a page. */
export function isFileAddress(address: string): boolean {
  const type = mediaTypeOf(address.replace(/[?#)>].*$/s, ''));
  return type !== undefined && !/html/.test(type);
}

/**
 * Returns the address of the file that a tag inside an address names, such as `{% link assets/x.png %}`. The alias in
 * front of it stands for the root of the publication.
 */
export function namedFile({ positional, named }: Call): string | undefined {
  const names = ['path', 'src', 'file', 'url', 'image'].flatMap((name) => named.get(name) ?? []);
  const file = [...positional, ...names].find(
    (name) => isFileAddress(name) && !/[{}<>\n]|^[a-z][a-z0-9+.-]*:/i.test(name),
  );
  if (file === undefined) return undefined;
  const path = file.replaceAll(' ', '%20');
  return path.startsWith('.') ? path : `@/${path.replace(/^@?\/+/, '')}`;
}
