import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ArticleSource } from '../../../article/article.ts';
import { objectPath, objectsFolder, type Ref, type StoredBlock } from '../../../publication/stored/stored.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import { type ArticleNames, digest } from '../draft/article-names.ts';
import type { BuildRecord } from '../draft/build-record.ts';
import type { MediaPaths } from '../draft/copy-media.ts';
import type { Draft } from '../draft/draft.ts';
import type { Block } from '../objects/write-objects.ts';
import type { SpooledArticle } from '../parallel/render-articles.ts';
import { type Piece, spoolTexts } from '../parallel/spool.ts';
import type { Threads } from '../parallel/threads.ts';
import { type BlockInput, refOf } from '../parallel/write-blocks.ts';
import { renderSources } from './render-sources.ts';

export interface BlockOptions {
  /** The address of the site. */
  readonly url: string;
  readonly draft: Draft;
  readonly names: ArticleNames;
  /** The earlier build. */
  readonly record: BuildRecord | undefined;
  readonly threads: Threads;
  readonly onProgress: OnProgress;
}

export interface StoredBlocks {
  readonly refs: readonly Ref[];
  readonly media: MediaPaths;
  /** What names the articles of each of the first blocks, by its path. */
  readonly named: BuildRecord['blocks'];
}

/**
 * Stores blocks as objects and returns the names of the objects, and the media files of all articles. Keeps the objects
 * of the earlier build that have the same articles, and renders only the articles of other blocks, each once. If these
 * are few, it takes the unchanged ones from blocks of the earlier build.
 *
 * The first `whole` blocks have an index of their articles, because articles' pages are made from them.
 *
 * Throws an error that names every article that cannot be rendered: left out, it would be taken for withdrawn.
 */
export async function storeBlocks(
  blocks: readonly Block[],
  whole: number,
  { url, draft, names, record, threads, onProgress }: BlockOptions,
): Promise<StoredBlocks> {
  const objects = new Map([...(record?.files ?? [])].map(([path, { key }]) => [key, path]));
  const indexed = new Set(blocks.slice(0, whole));
  const keyOf = (block: Block): string => keyOfBlock(block, names, indexed.has(block));
  const refs = blocks.map((block) => keptObject(keyOf(block), objects, draft));
  const due = blocks.filter((_, i) => refs[i] === undefined);
  const spool = join(draft.folder, '.articles');
  mkdirSync(spool);
  mkdirSync(join(draft.folder, objectsFolder), { recursive: true });
  const needed = [...new Set(due.flat())];
  const known = needed.length > fewArticles ? new Map() : spoolKnown(needed, { draft, names, record, spool });
  const others = needed.filter((source) => !known.has(source));
  const rendered = await renderSources(others, { url, spool, threads, onProgress });
  const inputOf = (block: Block): BlockInput => ({
    pieces: block.flatMap((source) => known.get(source) ?? rendered.get(source)?.piece ?? []),
    ...(indexed.has(block) ? { slugs: block.map(({ head }) => head.slug) } : {}),
  });
  const written = await threads.map('writeBlocks', due, blocksAtOnce, (batch) => ({
    folder: draft.folder,
    blocks: batch.map(inputOf),
  }));
  rmSync(spool, { recursive: true });
  const made = new Map(written.map((ref, i) => [due[i], ref]));
  for (const [block = [], ref] of made) draft.note(objectPath(ref), keyOf(block));
  const all = blocks.map((block, i) => refs[i] ?? made.get(block) ?? '');
  const named = blocks.slice(0, whole).map((block, i) => [objectPath(all[i] ?? ''), namesIn(block, names)] as const);
  return { refs: all, media: mediaOf(blocks.flat(), rendered, names, record), named: new Map(named) };
}

const blocksAtOnce = 32;
/** More articles than this are rendered in several threads faster than this thread reads them. */
const fewArticles = 256;

function namesIn(block: Block, names: ArticleNames): string {
  return block.map((source) => names.of(source) ?? '').join();
}

/** Spools articles as the blocks of the earlier build have them. */
function spoolKnown(
  sources: readonly ArticleSource[],
  { draft, names, record, spool }: Pick<BlockOptions, 'draft' | 'names' | 'record'> & { readonly spool: string },
): ReadonlyMap<ArticleSource, Piece> {
  const byName = new Map(sources.map((source) => [names.of(source) ?? '', source]));
  byName.delete('');
  const texts = new Map<ArticleSource, string>();
  for (const [path, members] of record?.blocks ?? []) {
    const found = members.split(',').flatMap((name, i) => (byName.has(name) ? [[i, byName.get(name)] as const] : []));
    const articles = found.length === 0 ? undefined : readBlock(draft.earlier(path));
    for (const [i, source] of found)
      if (source !== undefined && articles?.[i] !== undefined) texts.set(source, JSON.stringify(articles[i]));
  }
  const pieces = spoolTexts(spool, [...texts.values()]);
  return new Map([...texts.keys()].flatMap((source, i) => (pieces[i] === undefined ? [] : [[source, pieces[i]]])));
}

/** Reads a block of the earlier build; `undefined` if its text is not that of its name. */
function readBlock(file: string | undefined): StoredBlock | undefined {
  try {
    const text = file === undefined ? '' : gunzipSync(readFileSync(file));
    return file?.endsWith(objectPath(refOf(text))) ? (JSON.parse(text.toString()) as StoredBlock) : undefined;
  } catch {
    return undefined;
  }
}

/** Names what a block is made of; empty if that is unknown. */
function keyOfBlock(block: Block, names: ArticleNames, isIndexed: boolean): string {
  const stored = names.stored(block);
  return stored === undefined ? '' : digest(isIndexed ? `indexed ${stored}` : stored);
}

function keptObject(key: string, objects: ReadonlyMap<string, string>, draft: Draft): Ref | undefined {
  const path = key === '' ? undefined : objects.get(key);
  return path !== undefined && draft.keep(path, key) ? path.slice(objectsFolder.length + 1, -'.gz'.length) : undefined;
}

/** Collects the media files of articles: those that were rendered now, and those that the earlier build recorded. */
function mediaOf(
  sources: readonly ArticleSource[],
  rendered: ReadonlyMap<ArticleSource, SpooledArticle>,
  names: ArticleNames,
  record: BuildRecord | undefined,
): MediaPaths {
  const media = new Map<ArticleSource, readonly string[]>();
  for (const source of sources) {
    const paths = rendered.get(source)?.media ?? record?.media.get(names.of(source) ?? '') ?? [];
    if (paths.length > 0) media.set(source, paths);
  }
  return media;
}
