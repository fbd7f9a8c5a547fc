import { inodeOf, readFileState } from '../../disk/file-state.ts';

/** Finds which of the files are one and the same under several names, by links of either kind; gives each another of its names. */
export function sharedFiles(files: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string[]>();
  for (const file of files) {
    // What is gone, or can't be seen now, is met when it is read.
    const seen = readFileState(file);
    if (seen?.kind !== 'file') continue;
    const identity = inodeOf(seen);
    const known = names.get(identity);
    if (known === undefined) names.set(identity, [file]);
    else known.push(file);
  }
  return new Map(
    [...names.values()].flatMap((known) =>
      known.length === 1 ? [] : known.map((file, index) => [file, known[index === 0 ? 1 : 0] ?? ''] as const),
    ),
  );
}
