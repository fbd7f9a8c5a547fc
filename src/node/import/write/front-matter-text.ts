import { stringify } from 'yaml';
import type { Author } from '../../../article/article.ts';
import { plainText } from '../../../article/body/content.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { shorten } from '../../../article/plain-text.ts';
import type { ImportedFile, ImportedItem, ImportedPicture } from '../read/imported-item.ts';

/** What front matter says of an item, settled: every address absolute or that of a file here. */
export interface FrontMatterFacts
  extends Pick<ImportedItem, 'title' | 'published' | 'updated' | 'tags' | 'summary'> {
  readonly id: string | undefined;
  readonly url: string | undefined;
  readonly authors: readonly Author[];
  readonly language: string | undefined;
  readonly image: ImportedPicture | undefined;
  readonly files: readonly ImportedFile[];
  /** Keys that only an episode of a podcast has. */
  readonly episode: Readonly<Record<string, unknown>>;
  readonly isDraft: boolean;
}

/** Writes front matter in YAML, with the marks around it. */
export function frontMatterText(facts: FrontMatterFacts): string {
  const { title, published, updated, id, url, authors, tags, language, summary, image, files } = facts;
  const keys = {
    title: escapeMarkdown(title),
    date: published,
    updated: updated === published ? undefined : updated,
    id,
    url,
    authors: orNone(authors.map(authorValue)),
    tags: orNone(tags),
    language,
    summary: summary === undefined ? undefined : escapeMarkdown(shorten(summary, longestSummary)),
    image: image === undefined ? undefined : pictureValue(image),
    enclosures: orNone(files),
    ...facts.episode,
    draft: facts.isDraft ? true : undefined,
  };
  const said = Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
  return `---\n${stringify(said, { lineWidth: 0 })}---\n`;
}

/** A summary that fills pages is none. */
const longestSummary = 5000;

function authorValue({ name, email, url }: Author): unknown {
  const shown = escapeMarkdown(name);
  // A name alone is looked through for an address between angle brackets.
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

function orNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Keeps what a text says when it is read as a line of Markdown, by as few escapes as that takes. */
export function escapeMarkdown(text: string): string {
  const says = (written: string): boolean => plainText(written) === text;
  if (says(text)) return text;
  const escaped = text.replace(signs, '\\$&');
  // What can't be said is left as it is.
  if (!says(escaped)) return escaped;
  return kinds.reduce((kept, kind) => {
    const fewer = kept.replace(/\\(.)/gs, (pair, sign: string) => (kind.includes(sign) ? sign : pair));
    return says(fewer) ? fewer : kept;
  }, escaped);
}

const signs = /[\\`*[\]<>~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)|:(?=\/\/)|!(?=\[)/gu;
/** Signs whose escapes stand or fall together. */
const kinds = ['[]!', '<>', '`', '*', '_', '~', '&', ':'];
