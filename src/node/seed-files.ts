/**
 * Finds the files that hold articles among all files of a folder: by the endings of their names.
 *
 * Left out are Jekyll's drafts, what Astro and Jekyll hold back by a name that begins with `_`, and a text file in the folder of another article, which belongs to that
 * (`trip/index.md`, `trip/notes.txt`).
 */
export function seedsAmong(paths: readonly string[]): string[] {
  const bundles = new Set(
    paths.flatMap((path) => /^(.+\/)index(?:\.[a-z-]+)?\.(?:md|markdown|mdx)$/i.exec(path)?.[1] ?? []),
  );
  return paths.filter(
    (path) =>
      /\.(?:txt|md|markdown|mdx)$/i.test(path) &&
      !/(?:^|\/)_drafts\//.test(path) &&
      !/(?:^|\/)_(?!_|index\b)[^/]*$/i.test(path) &&
      !(/\.txt$/i.test(path) && !/(?:^|\/)index\.txt$/i.test(path) && bundles.has(folderOf(path))),
  );
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
