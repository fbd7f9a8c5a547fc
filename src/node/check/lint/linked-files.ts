import { inodeOf, readFileState } from '../../disk/file-state.ts';

/** Finds files that are the same file under several names, by symbolic or hard links, and gives each another name. */
export function linkedFiles(files: readonly string[]): ReadonlyMap<string, string> {
  const namesOf = new Map<string, string[]>();
  for (const file of files) {
    // A file that is gone or unreadable is reported when it is read.
    const found = readFileState(file);
    if (found?.kind !== 'file') continue;
    const identity = inodeOf(found);
    const names = namesOf.get(identity);
    if (names === undefined) namesOf.set(identity, [file]);
    else names.push(file);
  }
  return new Map(
    [...namesOf.values()].flatMap((names) =>
      names.length === 1 ? [] : names.map((file, index) => [file, names[index === 0 ? 1 : 0] ?? ''] as const),
    ),
  );
}
