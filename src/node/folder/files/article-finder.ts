import { posix, resolve, sep } from 'node:path';
import { once } from '../../../article/once.ts';
import { languageInPath } from '../../../article/seed/seed-path.ts';
import { seedName } from '../../../article/slug.ts';
import { decodePercent } from '../../../article/web-address.ts';

/** Returns the URL of the article whose file the article at `from` links to, as it is written there. */
export type FindArticle = (from: string, written: string) => string | undefined;

/**
 * Returns a function that finds the path of an article by a link to its file. A link from the root may leave out
 * folders, as Hugo's `relref "two.md"` does, or begin above the folder of articles, as Zola's `@/blog/two.md`: it means
 * the only file, or the one nearest to the article with the link, whose path ends like that.
 */
export function articleFinder(dir: string, paths: readonly string[]): FindArticle {
  const root = resolve(dir).split(sep).join('/').toLowerCase();
  const byName = once(() => Map.groupBy(paths, (path) => seedName(path).toLowerCase()));
  return (from, written) => {
    const language = languageInPath(from)?.toLowerCase();
    const meant = stemOf(pathOf(written));
    for (const name of language === undefined ? [meant] : [`${meant}.${language}`, meant]) {
      const namesakes = byName().get(posix.basename(name)) ?? [];
      const isRooted = name.startsWith('/');
      const whole = isRooted ? root + name : posix.resolve(root, posix.dirname(from).toLowerCase(), name);
      const exact = namesakes.find((path) => `${root}/${stemOf(path)}` === whole);
      const ending = isRooted ? namesakes.filter((path) => `${root}/${stemOf(path)}`.endsWith(name)) : [];
      const found = exact ?? nearest(from, ending);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Returns the name of the article that a link means, without its folder. */
export function linkedName(written: string): string {
  return posix.basename(stemOf(pathOf(written)));
}

function pathOf(written: string): string {
  return decodePercent(written.replace(/[?#].*$/s, ''));
}

/** Removes what links may leave out: the ending, and the name of a bundle's page. */
function stemOf(path: string): string {
  return path
    .toLowerCase()
    .replace(/\.[^./]*$/, '')
    .replace(/(?<=[^/])\/index(?=\.[a-z]{2}(?:-[a-z]{2,4})?$|$)/, '');
}

/** Returns the path that shares the most folders with another; `undefined` if several do. */
function nearest(from: string, paths: readonly string[]): string | undefined {
  const shared = (path: string): number => {
    const folders = posix.dirname(from).split('/');
    const differs = folders.findIndex((folder, i) => path.split('/')[i] !== folder);
    return differs === -1 ? folders.length : differs;
  };
  const [first, second] = paths.toSorted((a, b) => shared(b) - shared(a));
  return first !== undefined && (second === undefined || shared(first) > shared(second)) ? first : undefined;
}
