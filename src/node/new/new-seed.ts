import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { stringify } from 'yaml';
import { oneLine } from '../../article/plain-text.ts';
import { localDateTime } from '../../article/seed/date.ts';
import { idLine } from '../../article/seed/seed-id.ts';
import { longSlug } from '../../article/seed/seed-path.ts';
import { slugOf } from '../../article/slug.ts';
import { defaultTagBase, mintId } from '../../publication/identity.ts';
import '../check/lint/placeholder.ts';
import { makeFolder } from '../disk/write-unless-taken.ts';
import { pathIntoPackage, schemaFiles } from './package-place.ts';
import type { TakenName } from './taken-names.ts';

/** What a new article takes from its publication. */
export interface NewSeedSetting {
  /** IANA name. */
  readonly timezone: string;
  /** What its id begins with. */
  readonly idBase: string;
  /** What other files have, published or not. */
  readonly taken: readonly TakenName[];
  /** The folder of the publication. */
  readonly home: string;
  /** The folder into which the package is installed, or would be. */
  readonly project: string;
}

/** Makes a beginning of ids that nobody else will have, for who has no domain. */
export function uniqueTagBase(): string {
  return `${defaultTagBase}${randomUUID().slice(0, 13)}:`;
}

/**
 * Writes a new seed, dated at `milliseconds` in the publication's zone, and returns its path. Its id stands in it, so
 * that it may have another name one day. With front matter, that says so, and names the schema by which editors know it.
 *
 * Throws when the file exists: an article is never overwritten.
 */
export function writeNewSeed(
  headline: string,
  dir: string,
  milliseconds: number,
  { timezone, idBase, taken, home, project }: NewSeedSetting,
  hasFrontMatter = false,
): string {
  const title = oneLine(headline);
  if (title === '') throw new Error('the headline is empty; write it in quotes: dateline new "Headline"');
  const moment = localDateTime(milliseconds, timezone);
  // Cut short, but not within a character.
  const name = slugOf(title)
    .slice(0, 80)
    .replace(/-$|[\uD800-\uDBFF]$/, '');
  const slug = `${moment.slice(0, 10)}-${name}`;
  const path = join(dir, `${slug}.md`);
  const twinOf = (slug: string) =>
    taken.find((one) => one.slug === slug && resolve(one.file) !== resolve(path));
  const twin = twinOf(slugOf(slug));
  const other = hasFrontMatter ? longSlug(slugOf(slug), pathIn(home, path)) : undefined;
  if (twin !== undefined && (other === undefined || twinOf(other) !== undefined))
    throw new Error(
      `${twin.file} has the same name, so both would have one address; choose another headline`,
    );
  const id = freeId(mintId(idBase, slugOf(slug)), new Set(taken.flatMap(({ ids }) => ids)));
  const text = hasFrontMatter
    ? `---\n# yaml-language-server: $schema=${pathIntoPackage(dir, schemaFiles.frontMatter, project)}\n${stringify({ title: escapeMarkdown(title), date: moment, id }, { lineWidth: 0 })}---\n\n${placeholderLede}\n`
    : `# ${escapeMarkdown(title)}\n\n${moment}\n\n${placeholderLede}\n\n${idLine(id)}\n`;
  makeFolder(dir);
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new Error(`${path} exists already; choose another headline or edit that file`);
    }
    throw error;
  }
  return path;
}

function pathIn(dir: string, file: string): string {
  return relative(dir, file).split(sep).join('/');
}

/** An article that has been renamed may have the id that its old name would give. */
function freeId(id: string, ids: ReadonlySet<string>): string {
  let free = id;
  for (let number = 2; ids.has(free); number++) free = `${id}-${number}`;
  return free;
}

/** Keeps what the headline says when it is read back as Markdown, in which an address with its scheme is a link. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&~!#]|:(?=\S)/g, '\\$&');
}

/** The lede that `new` and `init` write, to be written over. */
export const placeholderLede = 'The lede: what happened, in a sentence or two.';
