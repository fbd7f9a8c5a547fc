import { readFrontMatter } from '../../../article/front-matter/front-matter.ts';
import { text, truth } from '../../../article/front-matter/syntax/read.ts';
import { firstInside, firstUnder, type Table } from '../../../article/front-matter/syntax/value.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import type { DescribedSlice } from '../../../publication/site/slice-title.ts';
import { sliceSlug } from '../../../publication/slices/slice.ts';
import type { FileStateChange } from '../../disk/file-state.ts';
import type { FolderReader } from '../../disk/folder-reader.ts';

/** What the `_index.md` of each top folder says about its section, as Hugo and Zola write it. */
export class SectionPages {
  readonly #pages = new Map<string, DescribedSlice | undefined>();

  /** Reads the files that changed; `paths` are all files of the folder, `url` is the site's address. */
  read(
    reader: FolderReader,
    changes: readonly FileStateChange[],
    paths: readonly string[],
    url: string,
  ): readonly DescribedSlice[] {
    const files = paths.filter((path) => /^[^/]+\/_index\.md$/.test(path));
    for (const path of this.#pages.keys()) if (!files.includes(path)) this.#pages.delete(path);
    const changed = new Set(changes.map(({ path }) => path));
    for (const path of files)
      if (changed.has(path) || !this.#pages.has(path))
        this.#pages.set(path, describe(path, reader.read(path).text, url));
    return files.flatMap((path) => this.#pages.get(path) ?? []);
  }
}

function describe(path: string, written: string | undefined, url: string): DescribedSlice | undefined {
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
    picture: pictureOf(table, url),
  });
  return Object.keys(described).length === 0 ? undefined : { slug: sliceSlug(path.split('/')[0] ?? ''), ...described };
}

/** A picture by its address or by a path from the root, as in `publication.yaml`. */
function pictureOf(table: Table, url: string): string | undefined {
  const value = firstUnder(table, ['picture', 'image', 'cover']);
  const inside = value && firstInside(value, ['url']);
  const written = (value && text(value)) ?? (inside && text(inside));
  if (written === undefined || !/^(?:https?:\/\/|\/)/.test(written) || !URL.canParse(written, url)) return undefined;
  return written.startsWith('/') ? new URL(written.replace(/^\/+/, ''), url).href : new URL(written).href;
}
