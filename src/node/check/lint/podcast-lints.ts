import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ArticleSource, oldestFirst, type SourceText } from '../../../article/article.ts';
import { quote } from '../../../article/problem.ts';
import { recording } from '../../../feed/media.ts';
import { readFilePath, readMediaPath } from '../../../publication/addresses/address.ts';
import { packageFilesFolder } from '../../folder/files/package-files.ts';
import { findSiteRootFile } from '../../folder/files/site-root-files.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { UnrenderableArticle } from '../../folder/render/lazy-article.ts';
import { artworkFault } from './artwork.ts';
import { episodeFile, placeOf } from './episode-lints.ts';
import type { FileFinding } from './linted-article.ts';
import type { SiteFacts } from './site-facts.ts';

/**
 * Finds what podcast directories would refuse: recordings without podcast settings, missing settings that directories
 * require, and a guid that would change with the publication's URL.
 */
export function incompletePodcast(
  { site, sources, podcast, hasUrl }: FolderSnapshot,
  facts: SiteFacts,
): readonly FileFinding[] {
  if (podcast === undefined || site.podcast === undefined) {
    const episode = sources.find((source) => hasEnclosures(source) && hasSound(source));
    if (episode === undefined) return [];
    const message = `articles such as ${episode.head.slug} have recordings; for podcast directories set "podcast" with category, explicit and image`;
    return [{ file: facts.publicationFile(), message }];
  }
  const { unset, artworkPlace: _, ...place } = podcast;
  const findings: FileFinding[] = [];
  const missing = unset.filter((key) => key !== 'guid').map((key) => `podcast.${key}`);
  const hint = unset.includes('image') ? ' (the image in JPEG or PNG)' : '';
  if (missing.length > 0)
    findings.push({ ...place, message: `podcast directories require ${missing.join(', ')}${hint}` });
  // Without a URL of its own, the podcast has no guid to keep.
  if (unset.includes('guid') && hasUrl) {
    const message = `the podcast's guid is computed from its URL; keep it with "guid: ${site.podcast.guid}"`;
    findings.push({ ...place, message });
  }
  return findings;
}

/** Reports whether an article may have enclosures, without rendering it. Only front matter names them. */
function hasEnclosures(source: ArticleSource): boolean {
  return source.sourceText === undefined || source.sourceText().files.some(({ kind }) => kind === 'enclosure');
}

/** Reports whether an article has an audio recording. One that cannot be rendered is reported by another lint. */
function hasSound(source: ArticleSource): boolean {
  try {
    return recording(source.article())?.type.startsWith('audio/') === true;
  } catch (error) {
    if (error instanceof UnrenderableArticle) return false;
    throw error;
  }
}

/** Finds artwork of the podcast that directories would refuse, if its file is in the folder. */
export function unfitArtwork({ site, podcast, files }: FolderSnapshot, { dir }: SiteFacts): readonly FileFinding[] {
  const image = site.podcast?.image;
  // Another ending is reported as missing artwork.
  if (podcast === undefined || image === undefined || podcast.unset.includes('image')) return [];
  const report = (message: string): readonly FileFinding[] => {
    const { file, line, column, artworkPlace } = podcast;
    return [{ file, line, column, ...artworkPlace, message }];
  };
  if (!image.startsWith(site.url))
    return image.startsWith('http:')
      ? report(`the artwork ${quote(image)} begins with http:; write https: if the host answers there`)
      : [];
  const path = new URL(image).pathname.slice(new URL(site.url).pathname.length);
  const file = servedFile(path, dir, files);
  if (file === undefined)
    return report(`there is no file at the artwork's path /${path}; write /media/ and its path in the folder`);
  const fault = artworkFault(file);
  return fault === undefined ? [] : report(`the artwork /${path} ${fault}`);
}

/** Returns the file that the site serves at a path below its URL. */
function servedFile(path: string, dir: string, files: FolderSnapshot['files']): string | undefined {
  const media = readMediaPath(`/${path}`);
  if (media !== undefined) return files.find(media)?.file;
  const rootPath = readFilePath(path);
  if (rootPath === undefined) return undefined;
  const own = join(packageFilesFolder, rootPath);
  return findSiteRootFile(dir, rootPath)?.file ?? (existsSync(own) ? own : undefined);
}

/** Finds episodes with the recording of an older one. Apple ignores an enclosure whose address it knows. */
export function sharedEnclosures(reading: FolderSnapshot, facts: SiteFacts): readonly FileFinding[] {
  return repeated(reading, facts, ({ media }) => {
    const address = recording(media)?.url.replace(/^https?:/i, '');
    return address && { key: address, says: 'has the same recording', fix: 'correct one of the two' };
  });
}

/** Finds full episodes with the number and season of an older one. */
export function sharedNumbers(reading: FolderSnapshot, facts: SiteFacts): readonly FileFinding[] {
  return repeated(reading, facts, ({ media }) => {
    const { number, season, kind = 'full' } = media.episode ?? {};
    if (number === undefined || kind !== 'full') return undefined;
    const says = `is episode ${number}${season === undefined ? '' : ` of season ${season}`}, too`;
    return {
      key: `${season}/${number}`,
      says,
      fix: 'correct one of the two, or say "episodeType: trailer" or "bonus"',
    };
  });
}

/** Finds episodes that have something in common with an older one, and reports them where they name their recording. */
function repeated(
  { articles }: FolderSnapshot,
  site: SiteFacts,
  find: (written: SourceText) => { key: string; says: string; fix: string } | '' | undefined,
): readonly FileFinding[] {
  if (site.podcast === undefined) return [];
  const first = new Map<string, string>();
  return articles
    .toSorted((a, b) => oldestFirst(a.source.head, b.source.head))
    .flatMap(({ file, source, isStale }) => {
      const written = isStale ? undefined : source.sourceText?.();
      const recorded = written && episodeFile({ site, written });
      const found = written && recorded && find(written);
      if (!found) return [];
      const other = first.get(found.key);
      if (other === undefined) {
        first.set(found.key, file);
        return [];
      }
      const message = `${other} ${found.says}; ${found.fix}`;
      return [{ file, ...placeOf({ written }, recorded.url), message, other }];
    });
}
