import { escapeMarkdown, htmlAsMarkdown } from '../article/body/markdown/html-as-markdown.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { canonicalAddress } from '../publication/addresses/address.ts';
import type { SinglePage } from '../publication/page.ts';
import { authorsOf } from '../publication/slices/slice.ts';
import { type WrittenDocument, writeDocument } from './document.ts';

/** Content-Type of an article in Markdown (RFC 7763). */
export const markdownType = 'text/markdown; charset=utf-8';

/** Writes an article as Markdown below its facts in front matter. */
export function writeMarkdown({ article, site, ...facts }: SinglePage): WrittenDocument {
  const { title, published, updated, tags, content, corrections, enclosures } = article;
  const head = omitUndefined({
    title,
    url: canonicalAddress(article, site),
    published,
    updated: updated === published ? undefined : updated,
    language: article.language ?? site.language,
    authors: some(authorsOf(article, site).map(({ name }) => name)),
    tags: some(tags),
    enclosures: some(enclosures.map(({ url }) => url)),
    corrections: some(corrections ?? []),
    license: site.machines?.license,
  });
  // JSON is YAML, and needs no writer of it.
  const lines = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  const body = article.markdown ?? htmlAsMarkdown(content);
  const text = `---\n${lines.join('')}---\n\n# ${escapeMarkdown(title)}\n${body === '' ? '' : `\n${body}\n`}`;
  return { ...writeDocument(text, markdownType, { ...facts, articles: [article] }), twin: 'markdown' };
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
