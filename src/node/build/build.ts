import { dirname, resolve } from 'node:path';
import { type ArticleSource, type Instant, oldestFirst } from '../../article/article.ts';
import type { Site } from '../../publication/site/site.ts';
import { realTarget } from '../disk/write/real-target.ts';
import { replaceFolders } from '../disk/write/replace-folder.ts';
import { discard } from '../disk/write/temporary-names.ts';
import type { ArticleFiles } from '../folder/files/article-files.ts';
import { codeVersion } from '../state/code-version.ts';
import { type ShowProgress, showNoProgress } from '../terminal/progress.ts';
import { ArticleNames, digest } from './draft/article-names.ts';
import type { BuildInput, Built } from './draft/build-input.ts';
import { type BuildRecord, readRecords, writeRecords } from './draft/build-record.ts';
import { type MediaPaths, stampOf } from './draft/copy-media.ts';
import { listRootFiles, readAssetsIgnore } from './draft/copy-root-files.ts';
import { type BuiltFiles, compareBuilt, Draft } from './draft/draft.ts';
import { keepSpare, spareFolder } from './draft/spare-folder.ts';
import { type EarlierBuild, readEarlierBuild } from './earlier/earlier-build.ts';
import { requireOutside, requireReplaceableEdge, requireReplaceableSite } from './earlier/replaceable.ts';
import { buildEdge } from './edge/build-edge.ts';
import { readFileTable } from './edge/file-table.ts';
import { type Describe, undescribed } from './objects/write-objects.ts';
import { Threads } from './parallel/threads.ts';
import { buildSite } from './static/build-site.ts';

/** What a build returns to its caller. */
export interface BuildResult extends Built {
  readonly site: Site;
  /** The files of the folder for the worker, by path. */
  readonly edgeFiles: BuiltFiles;
}

/** The folder that a worker is deployed with. It is outside the static site, since it holds scheduled articles. */
export function edgeFolder(out: string): string {
  return `${resolve(out)}-edge`;
}

/** What a build knows of the past and of its files. */
export interface BuildMemory {
  /** What was published before, by default by the build that is replaced. */
  readonly earlier?: EarlierBuild | undefined;
  /** The build that is replaced, if it was read already. */
  readonly replaced?: EarlierBuild | undefined;
  /** Describes articles for the ledger. */
  readonly describe?: Describe;
  /** The path of the state file with records of earlier builds; without it, everything is built. */
  readonly records?: string | undefined;
}

/**
 * Writes a publication as files: every document under its own path for a static host, and beside it, in `edgeFolder`,
 * the stored pages that a worker is deployed with. Both folders get the files of the publication's `public/` and of the
 * package's, except where the site has a document of the same name.
 *
 * `changed` is when the publication last changed. `files` finds media beside the articles; those that an article links
 * to are copied, except those of expired articles alone. `edgeOnly` skips the static site, which has a file for every
 * article and more. `showProgress` follows articles and documents.
 *
 * Rejects if an article cannot be rendered, and while another build writes into the same folders. Each folder is
 * replaced as a whole or not at all; both stay if nothing changed. What is made of the same as in the earlier build is
 * taken from it. Articles of an earlier build that are missing now are recorded as withdrawn. A folder that holds no
 * build but something else, or the articles, is left alone, and is an error.
 */
export async function build(
  site: Site,
  sources: readonly ArticleSource[],
  out: string,
  now: Instant,
  changed?: Instant,
  files?: ArticleFiles,
  edgeOnly = false,
  showProgress: ShowProgress = showNoProgress,
  { records, describe = undescribed, ...past }: BuildMemory = {},
): Promise<BuildResult> {
  const edge = edgeFolder(out);
  requireReplaceableEdge(edge);
  // An edge-only build does not write into the folder of documents.
  if (!edgeOnly) requireReplaceableSite(resolve(out));
  const folders = edgeOnly ? [edge] : [edge, resolve(out)];
  for (const folder of folders) if (files !== undefined) requireOutside(files.dir, folder);
  const ordered = sources.toSorted((a, b) => oldestFirst(a.head, b.head));
  const base = digest(JSON.stringify([codeVersion(), site]));
  const facts = { site, ordered, base, now, changed, files, names: new ArticleNames(now), showProgress, describe };
  const state = records === undefined ? undefined : dirname(records);
  const threads = new Threads();
  const input = { ...facts, state, rootFiles: listRootFiles(files?.dir), threads };
  try {
    const targets = folders.map(realTarget);
    const mostlyKept = new Set<string>();
    const result = await replaceFolders(
      folders,
      (drafts) => buildInto(input, targets, readRecords(records, targets), drafts, past, mostlyKept),
      (replaced, target) => {
        if (state === undefined || !mostlyKept.has(target)) discard(replaced);
        else keepSpare(replaced, spareFolder(state, target));
      },
    );
    writeRecords(records, result.records);
    return { ...result.built, site, edgeFiles: result.edgeFiles };
  } finally {
    await threads.close();
  }
}

interface Result {
  readonly built: Built;
  readonly edgeFiles: BuiltFiles;
  /** What to remember of each folder that was written, by its real path. */
  readonly records: ReadonlyMap<string, BuildRecord>;
}

/** Builds into drafts: the worker's, and perhaps a static host's. Adds folders that mostly stay to `mostlyKept`. */
async function buildInto(
  input: BuildInput,
  targets: readonly string[],
  records: readonly (BuildRecord | undefined)[],
  drafts: readonly string[],
  { earlier, replaced }: Pick<BuildMemory, 'earlier' | 'replaced'>,
  mostlyKept: Set<string>,
): Promise<Result> {
  const { ordered, names, now } = input;
  const compared = targets.map((target, i) => compareBuilt(target, records[i]?.files ?? new Map()));
  const [before] = records;
  // The ledger is part of the edition, so a different past makes a different edition.
  const key =
    before && earlier === undefined
      ? keyOf(input, (source) => before.media.get(names.of(source) ?? '') ?? [])
      : undefined;
  if (
    before !== undefined &&
    key !== undefined &&
    compared.every(({ isWhole }, i) => isWhole && records[i]?.key === key)
  ) {
    for (const draft of drafts) discard(draft);
    const { built } = records.at(-1) ?? before;
    return { built: { ...built, written: 0 }, edgeFiles: before.files, records: new Map() };
  }
  const [edge, site] = drafts.map((draft, i) => {
    const target = targets[i] ?? '';
    const spare = input.state === undefined ? undefined : spareFolder(input.state, target);
    return new Draft(draft, target, compared[i]?.intact ?? new Map(), spare);
  });
  if (edge === undefined) throw new Error('a build needs a folder for the worker');
  const past = earlier ?? (await readEarlierBuild(targets[0] ?? '', now, replaced));
  const { media, blocks, search, pictures, cards, ...stored } = await buildEdge(
    input,
    edge,
    past,
    await readFileTable(targets[0] ?? ''),
    before,
  );
  const documents =
    site === undefined
      ? { documents: 0 }
      : await buildSite(input, site, edge.folder, { media, search, pictures, cards });
  const written = edge.written.length + (site?.written.length ?? 0);
  const built: Built = { articles: ordered.length, ...stored, ...documents, written };
  const made = {
    key: keyOf(input, (source) => media.get(source) ?? []) ?? '',
    built,
    media: namedMedia(media, names),
    blocks,
  };
  for (const [i, draft] of [edge, site].entries()) if (draft?.isMostlyKept) mostlyKept.add(targets[i] ?? '');
  const edgeFiles = edge.files();
  const folders = [edgeFiles, ...(site === undefined ? [] : [site.files()])];
  return { built, edgeFiles, records: new Map(folders.map((files, i) => [targets[i] ?? '', { ...made, files }])) };
}

/** Names everything that both folders are made of; `undefined` if that is not known of every article. */
function keyOf(
  { site, ordered, names, now, base, files, rootFiles }: BuildInput,
  mediaOf: (source: ArticleSource) => readonly string[],
): string | undefined {
  const shown = names.shown(ordered);
  if (shown === undefined) return undefined;
  const media = [...new Set(ordered.flatMap(mediaOf))].map((path) => {
    const file = files?.find(path);
    return [path, file && stampOf(file.file)];
  });
  return digest(
    JSON.stringify([
      base,
      shown,
      (site.tombstones || site.news) && now.slice(0, 10),
      media,
      rootFiles,
      readAssetsIgnore(files?.dir),
    ]),
  );
}

function namedMedia(media: MediaPaths, names: ArticleNames): BuildRecord['media'] {
  return new Map(
    [...media].flatMap(([source, paths]) => {
      const name = names.of(source);
      return name === undefined ? [] : [[name, paths]];
    }),
  );
}
