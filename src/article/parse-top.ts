import type { ArticleHead } from './article.ts';
import { type FactsOfHead, headOf, type SaidOfHead, writtenId } from './article-head.ts';
import { readBelowFrontMatter } from './front-matter/below-front-matter.ts';
import { frontMatterEnd } from './front-matter/find-front-matter.ts';
import { readFrontMatter } from './front-matter/front-matter.ts';
import { mayNameFiles } from './front-matter/media.ts';
import { type Metadata, readMetadata } from './front-matter/metadata.ts';
import { readPlainMetadata } from './front-matter/plain-metadata.ts';
import type { ParsedSeed, ParseOptions } from './parse.ts';
import { readPlainTop } from './plain-seed.ts';
import { cutOut } from './plain-text.ts';
import type { hasLabels } from './seed/seed-labels.ts';
import { datingOf, isSectionPage, otherSlug } from './seed/seed-path.ts';
import { Blocks, type isClean } from './seed/seed-text.ts';
import type { mayHaveShortcodes } from './shortcodes/may-have-shortcodes.ts';
import { isMdx } from './shortcodes/mdx.ts';
import { seedName, slugOf } from './slug.ts';

/** What is known of a seed without its body. */
export interface ParsedTop {
  readonly head: ArticleHead;
  /** The same under the address of {@link ParsedSeed.elsewhere}. */
  readonly elsewhere?: ArticleHead;
  /** As {@link ParsedSeed.isIdWritten}. */
  readonly isIdWritten: boolean;
}

/**
 * Reads a seed by the beginning of its text, of which it is known that it {@link isClean} and has no labels
 * ({@link hasLabels}), from {@link frontMatterEnd} on; where there is front matter, it must not have shortcodes either
 * ({@link mayHaveShortcodes}). `undefined` where the whole text is needed; else nothing is wrong with it.
 */
export function parseTop(
  path: string,
  top: string,
  { hasShortcodes }: { readonly hasShortcodes: boolean },
  options: ParseOptions,
): ParsedTop | undefined {
  if (top.startsWith('---')) return hasShortcodes ? undefined : parseFrontTop(path, top, options);
  const facts = readPlainTop(top, options.timezone);
  return (
    facts && {
      head: headOf(slugOf(seedName(path)), undefined, facts, undefined, path, options),
      isIdWritten: false,
    }
  );
}

function parseFrontTop(path: string, top: string, options: ParseOptions): ParsedTop | undefined {
  const end = frontMatterEnd(top);
  if (end === 0 || isSectionPage(path) || isMdx(path)) return undefined;
  let isSound = true;
  const report = () => {
    isSound = false;
  };
  const front = readFrontMatter(top, report);
  if (!isSound || front === undefined || front === 'broken' || front.body < end) return undefined;
  const { timezone } = options;
  const plain = readPlainMetadata(front.table, timezone);
  if (plain !== undefined)
    return topOf(undefined, { ...plain, updated: plain.published }, plain, path, options);
  if (mayNameFiles(front.table)) return undefined;
  const said = readMetadata(front.table, datingOf(path, timezone), report);
  if (said.isDraft || said.title === undefined || said.published === undefined) return undefined;
  const body = { text: '', path, blocks: new Blocks('') };
  const read = readBelowFrontMatter(body, said, timezone, report);
  if (read === undefined) return undefined;
  const id = writtenId(said.id, read, report);
  return isSound ? topOf(id, read, said, path, options) : undefined;
}

function topOf(
  id: string | undefined,
  facts: FactsOfHead,
  said: SaidOfHead & Pick<Metadata, 'slug'>,
  path: string,
  options: ParseOptions,
): ParsedTop {
  const slug = said.slug === undefined ? slugOf(seedName(path)) : cutOut(slugOf(said.slug));
  const other = otherSlug(slug, path);
  const head = (slug: string) => headOf(slug, id, facts, said, path, options);
  return {
    head: head(slug),
    ...(other === undefined ? {} : { elsewhere: head(other) }),
    isIdWritten: (id ?? said.id) !== undefined,
  };
}
