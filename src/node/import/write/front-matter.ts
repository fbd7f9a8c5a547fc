import { stringify } from 'yaml';
import type { Author } from '../../../article/author.ts';
import { plainText } from '../../../article/body/content.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { shorten } from '../../../article/plain-text.ts';
import type { ImportedItem, ImportedPicture } from '../read/imported-item.ts';

/** The front matter of an item. Every address is absolute or that of a downloaded file. */
export interface FrontMatterFacts
  extends Pick<
    ImportedItem,
    'title' | 'published' | 'updated' | 'id' | 'url' | 'authors' | 'tags' | 'language' | 'summary' | 'files'
  > {
  readonly image: ImportedPicture | undefined;
  /** Validated podcast keys. */
  readonly episode: Readonly<Record<string, unknown>>;
  readonly isDraft: boolean;
}

/** Writes front matter in YAML between `---` lines. */
export function writeFrontMatter(facts: FrontMatterFacts): string {
  const { title, published, updated, id, url, authors, tags, language, summary, image, files } = facts;
  const keys = omitUndefined({
    title: escapeMarkdown(title),
    date: published,
    updated: updated === published ? undefined : updated,
    id,
    url,
    authors: unlessEmpty(authors.map(authorValue)),
    tags: unlessEmpty(tags),
    language,
    summary: summary === undefined ? undefined : escapeMarkdown(shorten(summary, longestSummary)),
    image: image && pictureValue(image),
    enclosures: unlessEmpty(files.map(omitUndefined)),
    ...facts.episode,
    draft: facts.isDraft || undefined,
  });
  return `---\n${stringify(keys, { lineWidth: 0 })}---\n`;
}

/** Characters. */
const longestSummary = 5000;

function authorValue({ name, email, url }: Author): unknown {
  const shown = escapeMarkdown(name);
  // A plain name with angle brackets would be read as a name and an address.
  if (email === undefined && url === undefined && !/[<>]/.test(name)) return shown;
  return omitUndefined({ name: shown, email, url });
}

function pictureValue({ url, alt, caption }: ImportedPicture): unknown {
  if (alt === undefined && caption === undefined) return url;
  return omitUndefined({
    url,
    alt: alt === undefined ? undefined : escapeMarkdown(alt),
    caption: caption === undefined ? undefined : escapeMarkdown(caption),
  });
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Escapes a line of text so that Markdown shows it unchanged, with as few escapes as possible. */
export function escapeMarkdown(text: string): string {
  const isShown = (written: string): boolean => plainText(written) === text;
  if (isShown(text)) return text;
  const escaped = text.replace(signs, '\\$&');
  // No escapes can express this text.
  if (!isShown(escaped)) return escaped;
  return kinds.reduce((kept, kind) => {
    const fewer = kept.replace(/\\(.)/gs, (pair, sign: string) => (kind.includes(sign) ? sign : pair));
    return isShown(fewer) ? fewer : kept;
  }, escaped);
}

const signs = /[\\`*[\]<>~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)|:(?=\/\/)|!(?=\[)/gu;
/** Signs that need their escapes together. */
const kinds = ['[]!', '<>', '`', '*', '_', '~', '&', ':'];
