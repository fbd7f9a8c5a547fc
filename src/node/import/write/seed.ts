import type { Author } from '../../../article/author.ts';
import type { FindFile } from '../../../article/find-local-file.ts';
import { languageTag } from '../../../article/front-matter/syntax/read.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { type ParseOptions, parseSeed } from '../../../article/parse.ts';
import { oneLine, shorten } from '../../../article/plain-text.ts';
import { seedName, slugOf } from '../../../article/slug.ts';
import { canonicalUrl, withoutPasswords } from '../../../article/web-address.ts';
import { absolute } from '../../published/feed-bases.ts';
import { textOfHtml } from '../read/html-text.ts';
import type { ImportedFile, ImportedItem, ImportedPicture } from '../read/imported-item.ts';
import { type Rename, writeBody } from './body.ts';
import { validateEpisode } from './episode.ts';
import { writeFrontMatter } from './front-matter.ts';

/** An item with its final id, date and path. */
export interface PlacedItem extends Omit<ImportedItem, 'id' | 'published'> {
  /** As written in front matter. */
  readonly id: string;
  readonly published: string;
  /** Relative to the folder. */
  readonly path: string;
}

/** The site that will read the seed. */
export interface SeedSite {
  readonly options: Omit<ParseOptions, 'findFile'>;
  readonly language: string;
  readonly authors: readonly Author[];
}

/** Downloaded files that replace linked ones. */
export interface FetchedFiles {
  readonly rename: Rename;
  readonly findFile: FindFile;
}

export interface WrittenSeed {
  readonly text: string;
  /** The absolute addresses of its pictures, recordings and other files. */
  readonly media: readonly string[];
  /** What could not be kept. */
  readonly warnings: readonly string[];
}

/** Returns an item's title, or else the first words of its text, its address or its day. */
export function titleOf({ title, content, url, published }: ImportedItem): string {
  if (title !== '') return title;
  const { kind, text } = content;
  const parts =
    kind === 'text' ? text.trim().split(/\n[ \t\r]*\n/, 1) : [...text.split(/<\/(?:p|div|li|h[1-6])>/i, 1), text];
  const words = parts.map((part) => shorten(kind === 'text' ? oneLine(part) : textOfHtml(part), 80));
  return words.find((part) => part !== '') ?? url ?? published?.slice(0, 10) ?? 'Untitled';
}

/** Writes an item as a seed and reads it back as the site will. Throws if that gives no article with the item's id. */
export function writeSeed(item: PlacedItem, site: SeedSite, fetched?: FetchedFiles): WrittenSeed {
  const slug = slugOf(seedName(item.path));
  const url = canonicalUrl(item.url ?? '');
  const permalink = url ?? site.options.articleUrl(slug);
  const base = /^https?:/.test(item.base) ? item.base : permalink;
  const { files, warnings: fileWarnings } = resolveFiles(item.files, base);
  const { episode, warnings: episodeWarnings } = validateEpisode(item.episode ?? {}, base);
  const picture = resolvePicture(item.image, base);
  const language = normalizeLanguage(item.language);
  const isByAll = JSON.stringify(item.authors) === JSON.stringify(site.authors);
  const renamed = <T extends { readonly url: string }>(file: T): T => ({
    ...file,
    url: fetched?.rename(file.url) ?? file.url,
  });
  const facts = {
    ...item,
    url,
    files: files.map(renamed),
    language: language === site.language ? undefined : language,
    authors: isByAll ? [] : item.authors,
    episode,
  };
  const options = { ...site.options, ...omitUndefined({ findFile: fetched?.findFile }) };
  const writeAndRead = (body: string, image: ImportedPicture | undefined) => {
    const write = (isDraft: boolean): string =>
      `${writeFrontMatter({ ...facts, image: image && renamed(image), isDraft })}\n${body}\n`;
    const { source, problems } = parseSeed({ path: item.path, text: write(false) }, options);
    if (source === undefined)
      throw new Error(problems.find(({ severity }) => severity === 'error')?.message ?? 'it is not an article');
    const { id, plainId = id } = source.head;
    if (plainId !== item.id) throw new Error(`its id would become ${plainId}`);
    return { text: write(item.isDraft === true), article: source.article() };
  };
  const render = (markdown: string): string => writeAndRead(markdown, undefined).article.content;
  const body = writeBody({ ...item, base, url, slug }, fetched?.rename, render);
  const seed = writeAndRead(body.text, undefined);
  // The first picture of the body represents the article by default.
  const isShown = picture === undefined || seed.article.image?.url === picture.url;
  const { text } = isShown ? seed : writeAndRead(body.text, picture);
  const named = [...files.map(({ url }) => url), ...(isShown ? [] : [picture.url])];
  return {
    text,
    media: [...new Set([...body.media, ...named])],
    warnings: [...fileWarnings, ...episodeWarnings, ...body.warnings],
  };
}

function resolveFiles(written: readonly ImportedFile[], base: string) {
  const files: ImportedFile[] = [];
  const warnings: string[] = [];
  for (const { duration, ...file } of written) {
    const url = canonicalUrl(absolute(file.url, base) ?? '');
    const shown = withoutPasswords(oneLine(file.url)).slice(0, 200);
    const isValid = duration === undefined || duration >= 0;
    if (url === undefined) warnings.push(`its file at ${shown} has no web address and was dropped`);
    else files.push({ ...file, url, duration: isValid ? duration : undefined });
    if (!isValid) warnings.push(`its file at ${shown} cannot play for ${duration} seconds; the duration was dropped`);
  }
  return { files, warnings };
}

function resolvePicture(picture: ImportedPicture | undefined, base: string): ImportedPicture | undefined {
  const url = canonicalUrl(absolute(picture?.url, base) ?? '');
  return url === undefined ? undefined : { ...picture, url };
}

/** Spells a language tag as our parser does. Returns `undefined` for an invalid tag. */
export function normalizeLanguage(written: string | undefined): string | undefined {
  return written === undefined ? undefined : languageTag({ kind: 'scalar', text: written, isText: true, at: 0 });
}
