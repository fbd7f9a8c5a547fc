import { randomUUID } from 'node:crypto';
import { join, relative, resolve, sep } from 'node:path';
import { stringify } from 'yaml';
import { oneLine } from '../../article/plain-text.ts';
import { localDateTime } from '../../article/seed/date.ts';
import { idLine } from '../../article/seed/seed-id.ts';
import { longSlug } from '../../article/seed/seed-path.ts';
import { slugOf } from '../../article/slug.ts';
import { defaultTagBase, mintId } from '../../publication/site/identity.ts';
import { codeOf } from '../disk/write/file-error.ts';
import { removeLeftovers } from '../disk/write/temporary-names.ts';
import { createFile, inFolder } from '../disk/write/write-file.ts';
import { packagePath, schemaFiles } from './package-path.ts';
import type { UsedName } from './used-names.ts';

/** What a new article depends on in its publication. */
export interface NewSeedSetting {
  /** IANA name. */
  readonly timezone: string;
  /** The beginning of its id. */
  readonly idBase: string;
  /** The names and ids of other files, published or not. */
  readonly used: readonly UsedName[];
  /** The folder of the publication. */
  readonly home: string;
  /** The folder where the package is, or would be, installed. */
  readonly project: string;
}

/** Returns a random beginning of ids, unique to a publication without a domain. */
export function uniqueTagBase(): string {
  return `${defaultTagBase}${randomUUID().slice(0, 13)}:`;
}

/**
 * Writes a new seed, dated at `milliseconds` in the publication's time zone, and returns its path. It contains its id,
 * so that the file can be renamed later. Front matter also names its schema, for editors.
 *
 * Throws if the file exists; an article is never overwritten.
 */
export function writeNewSeed(
  headline: string,
  dir: string,
  milliseconds: number,
  { timezone, idBase, used, home, project }: NewSeedSetting,
  hasFrontMatter = false,
): string {
  const title = oneLine(headline);
  if (title === '') throw new Error('the headline is empty; write it in quotes: dateline new "Headline"');
  const moment = localDateTime(milliseconds, timezone);
  // Cut to length, but not within a character.
  const name = slugOf(title)
    .slice(0, 80)
    .replace(/-$|[\uD800-\uDBFF]$/, '');
  const slug = `${moment.slice(0, 10)}-${name}`;
  const path = join(dir, `${slug}.md`);
  const ownerOf = (slug: string) => used.find((one) => one.slug === slug && resolve(one.file) !== resolve(path));
  const owner = ownerOf(slugOf(slug));
  const other = hasFrontMatter ? longSlug(slugOf(slug), pathIn(home, path)) : undefined;
  if (owner !== undefined && (other === undefined || ownerOf(other) !== undefined))
    throw new Error(`${owner.file} has the same name, so both would have the same address; choose another headline`);
  const id = freeId(mintId(idBase, slugOf(slug)), new Set(used.flatMap(({ ids }) => ids)));
  // A stated slug keeps the address when both articles have the same date.
  const longer = owner === undefined ? {} : { slug: other };
  const text = hasFrontMatter
    ? `---\n# yaml-language-server: $schema=${packagePath(dir, schemaFiles.frontMatter, project)}\n${stringify({ title: escapeMarkdown(title), date: moment, id, ...longer }, { lineWidth: 0 })}---\n\n${placeholderLede}\n`
    : `# ${escapeMarkdown(title)}\n\n${moment}\n\n${placeholderLede}\n\n${idLine(id)}\n`;
  try {
    inFolder(dir, () => {
      removeLeftovers(dir);
      createFile(path, text);
    });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new Error(`${path} exists already; choose another headline or edit that file`);
  }
  return path;
}

function pathIn(dir: string, file: string): string {
  return relative(dir, file).split(sep).join('/');
}

/** Numbers an id if it is in use: an article that was renamed keeps the id from its old name. */
function freeId(id: string, ids: ReadonlySet<string>): string {
  let free = id;
  for (let number = 2; ids.has(free); number++) free = `${id}-${number}`;
  return free;
}

/** Escapes a headline so that Markdown reads it back unchanged. In Markdown, a URL is a link, and `%%` a comment. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&~!#$]|:(?=\S)|%(?=%)|(?<=%)%/g, '\\$&');
}

/** The first paragraph that `new` and `init` write, to be replaced by the author. */
export const placeholderLede = 'The lede: what happened, in a sentence or two.';
