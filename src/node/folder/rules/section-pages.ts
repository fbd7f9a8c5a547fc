import { posix } from 'node:path';
import { readFrontMatter } from '../../../article/front-matter/front-matter.ts';
import { text, truth } from '../../../article/front-matter/syntax/read.ts';
import { firstInside, firstUnder, type Table } from '../../../article/front-matter/syntax/value.ts';
import { mediaTypeOf } from '../../../article/media-types.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { mediaPath } from '../../../publication/addresses/address.ts';
import type { DescribedSlice } from '../../../publication/site/slice-title.ts';
import { sliceSlug } from '../../../publication/slices/slice.ts';
import type { FileStateChange } from '../../disk/file-state.ts';
import type { FolderReader } from '../../disk/folder-reader.ts';

/** What the `_index.md` of each top folder says about its section, as Hugo and Zola write it. */
export class SectionPages {
  readonly #pages = new Map<string, DescribedSlice | undefined>();
  #listed: { readonly paths: readonly string[]; readonly files: readonly string[] } = { paths: [], files: [] };

  /** Reads the files that changed; `paths` are all files of the folder, `url` is the site's address. */
  read(
    reader: FolderReader,
    changes: readonly FileStateChange[],
    paths: readonly string[],
    url: string,
  ): readonly DescribedSlice[] {
    // The list stays the same when files are only saved.
    if (this.#listed.paths !== paths)
      this.#listed = { paths, files: paths.filter((path) => /^[^/]+\/_index\.md$/.test(path)) };
    const { files } = this.#listed;
    for (const path of this.#pages.keys()) if (!files.includes(path)) this.#pages.delete(path);
    if (files.length === 0) return [];
    const all = new Set(paths);
    // A page may name a file that was added or removed.
    const isListChanged = changes.some(({ before, after }) => before === undefined || after === undefined);
    const changed = new Set(changes.map(({ path }) => path));
    for (const path of files)
      if (isListChanged || changed.has(path) || !this.#pages.has(path))
        this.#pages.set(
          path,
          describe(path, reader.read(path).text, (written) => pictureAt(written, path, all, url)),
        );
    return files.flatMap((path) => this.#pages.get(path) ?? []);
  }
}

function describe(
  path: string,
  written: string | undefined,
  find: (written: string) => string | undefined,
): DescribedSlice | undefined {
  // Mistakes are reported where the file is read as a rule for its folder.
  const matter = readFrontMatter(written ?? '', () => undefined);
  if (matter === undefined || matter === 'broken') return undefined;
  const { table } = matter;
  const draft = firstUnder(table, ['draft']);
  if (draft !== undefined && truth(draft) !== false) return undefined;
  const textUnder = (names: readonly string[]) => {
    const value = firstUnder(table, names);
    return value && text(value);
  };
  const described = omitUndefined({
    title: textUnder(['title']),
    description: textUnder(['description', 'summary']),
    picture: pictureOf(table, find),
  });
  return Object.keys(described).length === 0 ? undefined : { slug: sliceSlug(path.split('/')[0] ?? ''), ...described };
}

function pictureOf(table: Table, find: (written: string) => string | undefined): string | undefined {
  const value = firstUnder(table, ['picture', 'image', 'cover']);
  const inside = value && firstInside(value, ['url']);
  const written = (value && text(value)) ?? (inside && text(inside));
  return written === undefined ? undefined : find(written);
}

/**
 * Returns the address of a picture that the page at `from` names: an address, a file beside the page or, with a leading
 * slash, in the folder. Another path with a slash is one at the root of the site, where `public/` is.
 */
function pictureAt(written: string, from: string, files: ReadonlySet<string>, url: string): string | undefined {
  if (/^https?:\/\//.test(written)) return URL.canParse(written) ? new URL(written).href : undefined;
  const isAtRoot = written.startsWith('/');
  const path = isAtRoot ? posix.normalize(written).slice(1) : posix.join(posix.dirname(from), written);
  const found = (isAtRoot ? [path, `static/${path}`, `assets/${path}`] : [path]).find((one) => files.has(one));
  if (found !== undefined && mediaTypeOf(found) !== undefined) return new URL(mediaPath(found), url).href;
  return isAtRoot && URL.canParse(written, url) ? new URL(path, url).href : undefined;
}
