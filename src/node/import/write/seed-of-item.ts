import type { Author, FindFile } from '../../../article/article.ts';
import { languageTag } from '../../../article/front-matter/read.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { type ParseOptions, parseSeed } from '../../../article/parse.ts';
import { oneLine, shorten } from '../../../article/plain-text.ts';
import { seedName, slugOf } from '../../../article/slug.ts';
import { canonicalUrl } from '../../../article/web-address.ts';
import { absolute } from '../../published/feed-bases.ts';
import { textOfHtml } from '../read/html-text.ts';
import type { ImportedFile, ImportedItem, ImportedPicture } from '../read/imported-item.ts';
import { type Body, bodyOf, type Rename } from './body-of-item.ts';
import { frontMatterText } from './front-matter-text.ts';
import { settledEpisode } from './settled-episode.ts';

/** An item that is about to be a seed, with all that is settled of it. */
export interface SettledItem extends Omit<ImportedItem, 'id' | 'published'> {
  /** As it will stand in front matter. */
  readonly id: string;
  readonly published: string;
  /** Inside the folder. */
  readonly path: string;
}

/** How a site will read the seed. */
export interface SeedSetting {
  readonly options: Omit<ParseOptions, 'findFile'>;
  readonly language: string;
  readonly authors: readonly Author[];
}

/** Files that have come here instead of what is linked. */
export interface FetchedFiles {
  readonly rename: Rename;
  readonly findFile: FindFile;
}

export interface MadeSeed {
  readonly text: string;
  /** The pictures, recordings and other files that it shows or encloses, by their absolute addresses. */
  readonly media: readonly string[];
  /** What is not as it was, in words. */
  readonly warnings: readonly string[];
}

/** Names an item that has no title by the first words of its first paragraph, as readers do; without words by its address or its day. */
export function titleOf({ title, content, url, published }: ImportedItem): string {
  if (title !== '') return title;
  const { kind, text } = content;
  const parts =
    kind === 'text'
      ? text.trim().split(/\n[ \t\r]*\n/, 1)
      : [...text.split(/<\/(?:p|div|li|h[1-6])>/i, 1), text];
  const words = parts.map((part) => shorten(kind === 'text' ? oneLine(part) : textOfHtml(part), 80));
  return words.find((part) => part !== '') ?? url ?? published?.slice(0, 10) ?? 'Untitled';
}

/**
 * Writes an item as a seed and reads it back as the site will. Throws, and says why, where no article with this id comes
 * of it.
 */
export function seedOfItem(item: SettledItem, setting: SeedSetting, fetched?: FetchedFiles): MadeSeed {
  const slug = slugOf(seedName(item.path));
  const url = canonicalUrl(item.url ?? '');
  const permalink = url ?? setting.options.articleUrl(slug);
  const base = /^https?:/.test(item.base) ? item.base : permalink;
  const found = filesOf(item.files, base);
  const { episode, warnings } = settledEpisode(item.episode ?? {}, base);
  const picture = pictureAt(item.image, base);
  const language = spelledLanguage(item.language);
  const isByAll = JSON.stringify(item.authors) === JSON.stringify(setting.authors);
  const renamed = <T extends { readonly url: string }>(file: T): T => ({
    ...file,
    url: fetched?.rename(file.url) ?? file.url,
  });
  const facts = {
    ...item,
    url,
    files: found.files.map(renamed),
    language: language === setting.language ? undefined : language,
    authors: isByAll ? [] : item.authors,
    episode,
  };
  const read = (body: string, image: ImportedPicture | undefined) => {
    const front = (isDraft: boolean): string =>
      frontMatterText({ ...facts, image: image === undefined ? undefined : renamed(image), isDraft });
    const text = (isDraft: boolean): string => `${front(isDraft)}\n${body}\n`;
    const options = { ...setting.options, ...omitUndefined({ findFile: fetched?.findFile }) };
    const { source, problems } = parseSeed({ path: item.path, text: text(false) }, options);
    if (source === undefined) throw new Error(problems.find(isError)?.message ?? 'no article comes of it');
    const { id, plainId = id } = source.head;
    if (plainId !== item.id) throw new Error(`its id would become ${plainId}`);
    return { text: text(item.isDraft === true), article: source.article() };
  };
  const body: Body = bodyOf(
    { ...item, base, url, slug },
    fetched?.rename,
    (text) => read(text, undefined).article.content,
  );
  const made = read(body.text, undefined);
  // The first picture of the body stands for the article anyway.
  const isShown = picture === undefined || made.article.image?.url === picture.url;
  const { text } = isShown ? made : read(body.text, picture);
  const named = [...found.files.map(({ url }) => url), ...(isShown ? [] : [picture.url])];
  return {
    text,
    media: [...new Set([...body.media, ...named])],
    warnings: [...found.warnings, ...warnings, ...body.warnings],
  };
}

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === 'error';
}

function filesOf(written: readonly ImportedFile[], base: string) {
  const files: ImportedFile[] = [];
  const warnings: string[] = [];
  for (const { duration, ...file } of written) {
    const url = canonicalUrl(absolute(file.url, base) ?? '');
    const shown = oneLine(file.url).slice(0, 200);
    const isPlayed = duration === undefined || duration >= 0;
    if (url === undefined) warnings.push(`its file at ${shown} has no address of the web; it is left out`);
    else files.push({ ...file, url, ...(isPlayed && duration !== undefined ? { duration } : {}) });
    if (!isPlayed)
      warnings.push(`its file at ${shown} cannot play for ${duration} seconds; that is left out`);
  }
  return { files, warnings };
}

function pictureAt(picture: ImportedPicture | undefined, base: string): ImportedPicture | undefined {
  const url = canonicalUrl(absolute(picture?.url, base) ?? '');
  return url === undefined ? undefined : { ...picture, url };
}

/** As our parser spells it, which knows what is none. */
export function spelledLanguage(written: string | undefined): string | undefined {
  return written === undefined
    ? undefined
    : languageTag({ kind: 'scalar', text: written, isText: true, at: 0 });
}
