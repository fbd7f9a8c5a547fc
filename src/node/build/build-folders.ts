import { listingsOf } from '../../publication/memory.ts';
import type { ArticleNames } from './draft/article-names.ts';
import type { BuildFacts, Built } from './draft/build-input.ts';
import { keyOf } from './draft/build-key.ts';
import type { BuildRecord } from './draft/build-record.ts';
import type { MediaPaths } from './draft/copy-media.ts';
import { type BuiltFiles, Draft } from './draft/draft.ts';
import { spareFolder } from './draft/spare-folder.ts';
import { type EarlierBuild, readEarlierBuild } from './earlier/earlier-build.ts';
import { buildEdge } from './edge/build-edge.ts';
import { readFileTable } from './edge/file-table.ts';
import { Threads } from './parallel/threads.ts';
import { buildSite } from './static/build-site.ts';

/** What a build made. */
export interface BuiltFolders {
  readonly built: Built;
  readonly edgeFiles: BuiltFiles;
  /** What to remember of each folder that was written, by its real path. */
  readonly records: ReadonlyMap<string, BuildRecord>;
}

/** What was there before. */
export interface Before {
  /** The real paths of the folders that are replaced. */
  readonly targets: readonly string[];
  /** What was written into each, as far as that is known. */
  readonly records: readonly (BuildRecord | undefined)[];
  readonly earlier?: EarlierBuild | undefined;
  readonly replaced?: EarlierBuild | undefined;
}

/** Builds into drafts: the worker's, and perhaps a static host's. Adds folders that mostly stay to `mostlyKept`. */
export async function buildFolders(
  facts: BuildFacts,
  drafts: readonly string[],
  { targets, records, earlier, replaced }: Before,
  mostlyKept: Set<string>,
): Promise<BuiltFolders> {
  const { ordered, names, now, state } = facts;
  const [edge, site] = drafts.map((draft, i) => {
    const target = targets[i] ?? '';
    return new Draft(draft, target, records[i]?.files, state === undefined ? undefined : spareFolder(state, target));
  });
  if (edge === undefined) throw new Error('a build needs a folder for the worker');
  const threads = new Threads();
  try {
    // Made once: the stored edition, the static site and the plan of its documents need them.
    const input = { ...facts, threads, listings: listingsOf(ordered, facts.site) };
    const [target = ''] = targets;
    const past = earlier ?? (await readEarlierBuild(target, now, replaced));
    const { media, blocks, search, pictures, cards, ...stored } = await buildEdge(
      input,
      edge,
      past,
      await readFileTable(target),
      records[0],
    );
    const documents =
      site === undefined
        ? { documents: 0 }
        : await buildSite(input, site, edge.folder, { media, search, pictures, cards });
    const written = edge.written.length + (site?.written.length ?? 0);
    const built: Built = { articles: ordered.length, ...stored, ...documents, written };
    const made = { key: keyOf(facts, media.values()) ?? '', built };
    for (const [i, draft] of [edge, site].entries()) if (draft?.isMostlyKept) mostlyKept.add(targets[i] ?? '');
    const edgeFiles = edge.files();
    const remembered = new Map([[target, { ...made, files: edgeFiles, media: namedMedia(media, names), blocks }]]);
    if (site !== undefined)
      remembered.set(targets[1] ?? '', { ...made, files: site.files(), media: new Map(), blocks: new Map() });
    return { built, edgeFiles, records: remembered };
  } finally {
    await threads.close();
  }
}

function namedMedia(media: MediaPaths, names: ArticleNames): BuildRecord['media'] {
  return new Map(
    [...media].flatMap(([source, paths]) => {
      const name = names.of(source);
      return name === undefined ? [] : [[name, paths]];
    }),
  );
}
