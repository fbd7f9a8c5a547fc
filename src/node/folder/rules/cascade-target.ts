import { text } from '../../../article/front-matter/syntax/read.ts';
import { itemsOf, type Table, type Value } from '../../../article/front-matter/syntax/value.ts';
import { globToRegExp } from './glob.ts';

/** The articles that a part of Hugo's `cascade` applies to. */
export interface CascadeTarget {
  readonly matches: (path: string) => boolean;
  /** A key of the target that is not understood: the target may match fewer articles than `matches` does. */
  readonly unclear?: string;
}

/** Reads the target of a cascade: globs of paths and kinds of pages. Everything else needs Hugo itself. */
export function readTarget(value: Value | undefined, sitePath: string): CascadeTarget {
  if (value === undefined) return { matches: () => true };
  if (value.kind !== 'table') return { matches: () => true, unclear: 'target' };
  let unclear = [...value.entries.keys()].find((key) => key !== 'path' && key !== 'kind');
  const globs = (key: string): readonly RegExp[] | undefined => {
    const written = value.entries.get(key);
    if (written === undefined) return undefined;
    const all = itemsOf(written).map((item) => globToRegExp(text(item) ?? ''));
    if (!all.includes(undefined)) return all.filter((glob) => glob !== undefined);
    unclear ??= key;
    return undefined;
  };
  const [paths, kinds] = [globs('path'), globs('kind')];
  const isPage = kinds?.some((kind) => kind.test('page')) ?? true;
  const matches = (path: string): boolean => {
    // Hugo before 0.123 compares the path of the file.
    const written = [logicalPath(path), `/${path.toLowerCase()}`].flatMap((one) => [one, sitePath + one]);
    return isPage && (paths?.some((glob) => written.some((one) => glob.test(one))) ?? true);
  };
  return unclear === undefined ? { matches } : { matches, unclear };
}

/** Returns the parts of a cascade; the first has precedence. */
export function cascadesIn(table: Table): readonly Table[] {
  const cascade = table.entries.get('cascade');
  return cascade === undefined ? [] : itemsOf(cascade).filter((item) => item.kind === 'table');
}

/** Hugo's path of a page: `/posts/trip` for `posts/Trip/index.de.md`. */
function logicalPath(path: string): string {
  const name = path.toLowerCase().replace(/(?:\.[a-z]{2}(?:-[a-z]{2,4})?)?\.[^./]+$/, '');
  return `/${name.replace(/(?:^|\/)_?index$/, '')}`;
}
