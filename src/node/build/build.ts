import { dirname, resolve } from 'node:path';
import { type ArticleSource, type Instant, oldestFirst } from '../../article/article.ts';
import type { Site } from '../../publication/site/site.ts';
import { realTarget } from '../disk/write/real-target.ts';
import { replaceFolders } from '../disk/write/replace-folder.ts';
import { discard } from '../disk/write/temporary-names.ts';
import type { ArticleFiles } from '../folder/files/article-files.ts';
import { codeVersion } from '../state/code-version.ts';
import { type ShowProgress, showNoProgress } from '../terminal/progress.ts';
import type { BuiltFolders } from './build-folders.ts';
import { ArticleNames, digest } from './draft/article-names.ts';
import type { BuildFacts, Built } from './draft/build-input.ts';
import { keyOf } from './draft/build-key.ts';
import { type BuildRecord, readRecords, writeRecords } from './draft/build-record.ts';
import { listRootFiles } from './draft/copy-root-files.ts';
import { type BuiltFiles, compareBuilt } from './draft/draft.ts';
import { keepSpare, spareFolder } from './draft/spare-folder.ts';
import type { EarlierBuild } from './earlier/earlier-build.ts';
import { requireOutside, requireReplaceableEdge, requireReplaceableSite } from './earlier/replaceable.ts';
import { type Describe, undescribed } from './objects/describe.ts';

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
  const state = records === undefined ? undefined : dirname(records);
  const rootFiles = listRootFiles(files?.dir);
  const names = new ArticleNames(now);
  const input: BuildFacts = {
    site,
    ordered,
    base,
    now,
    changed,
    files,
    names,
    showProgress,
    describe,
    state,
    rootFiles,
  };
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
}

/** Builds into drafts. If nothing changed since the last build, discards them and returns what that made. */
async function buildInto(
  input: BuildFacts,
  targets: readonly string[],
  records: readonly (BuildRecord | undefined)[],
  drafts: readonly string[],
  past: Pick<BuildMemory, 'earlier' | 'replaced'>,
  mostlyKept: Set<string>,
): Promise<BuiltFolders> {
  const whole = targets.map((target, i) => compareBuilt(target, records[i]?.files ?? new Map()));
  const [before] = records;
  // The ledger is part of the edition, so a different past makes a different edition.
  if (before !== undefined && past.earlier === undefined && !whole.includes(false)) {
    const key = keyOf(input, before.media.values());
    if (key !== undefined && targets.every((_, i) => records[i]?.key === key)) {
      for (const draft of drafts) discard(draft);
      const { built } = records.at(-1) ?? before;
      return { built: { ...built, written: 0 }, edgeFiles: before.files, records: new Map() };
    }
  }
  // Loaded only now, because it is most of the code of a build.
  const { buildFolders } = await import('./build-folders.ts');
  return buildFolders(input, drafts, { targets, records, ...past }, mostlyKept);
}
