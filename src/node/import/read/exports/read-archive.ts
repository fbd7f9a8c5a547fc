import { isWordPress } from '../../../published/parse-feed.ts';
import { RefusedDocument } from '../../../published/refused-document.ts';
import type { ImportedFeed, ImportNote } from '../imported-item.ts';
import { Archive } from './archive.ts';
import { isMediumPost, mediumPosts, readMedium } from './medium.ts';
import { readSubstack, type SubstackOptions, substackTable } from './substack.ts';
import { nameArchive } from './unsupported.ts';

/** Most documents of an archive that are tried. */
const mostDocuments = 200;

/**
 * Reads a zip file: an export of Medium, Substack or Google Takeout, or any document that `read` takes. Throws if it is
 * none of these.
 */
export function readArchive(
  bytes: Uint8Array,
  options: SubstackOptions,
  read: (text: string) => ImportedFeed,
): ImportedFeed {
  const archive = new Archive(bytes);
  const table = substackTable(archive);
  if (table !== undefined) return readSubstack(archive, table, options);
  const posts = mediumPosts(archive);
  const isMedium = [...archive.read(posts.slice(0, 20)).values()].some(isMediumPost);
  if (isMedium) return readMedium(archive, posts);
  const name = nameArchive(archive.paths);
  if (name !== undefined) throw new RefusedDocument(name);
  return readDocuments(archive, read);
}

/** Reads the only feed or export of an archive, or the parts of one that WordPress split. */
function readDocuments(archive: Archive, read: (text: string) => ImportedFeed): ImportedFeed {
  const blogs = archive.paths.filter((path) => /\/Blogs\/[^/]+\/feed\.atom$/.test(path));
  const paths = archive.paths.filter((path) => /\.(?:xml|json|atom|rss|rdf|opml)$/i.test(path));
  const texts = archive.read((blogs.length > 0 ? blogs : paths).slice(0, mostDocuments));
  const found: { readonly path: string; readonly feed: ImportedFeed; readonly isWordPress: boolean }[] = [];
  const notes: ImportNote[] = [];
  for (const [path, text] of texts) {
    try {
      found.push({ path, feed: read(text), isWordPress: isWordPress(text.slice(0, 20_000)) });
    } catch (error) {
      if (!(error instanceof RefusedDocument)) continue;
      notes.push({ severity: 'warning', source: '', message: `${path} ${error.message}` });
    }
  }
  const [first, ...others] = found;
  if (first === undefined) {
    const reasons = notes.map(({ message }) => message).slice(0, 3);
    throw new RefusedDocument(
      reasons.length === 0
        ? 'is a zip file without a feed or an export; give the feed or the file that the other system exports'
        : `is a zip file in which ${reasons.join(', and ')}`,
    );
  }
  if (others.length > 0 && !found.every((one) => one.isWordPress)) {
    const names = found.map(({ path }) => path).slice(0, 10);
    throw new RefusedDocument(
      `is a zip file with several publications; unpack it and import one after the other: ${names.join(', ')}`,
    );
  }
  return {
    ...first.feed,
    items: found.flatMap(({ feed }) => feed.items),
    notes: [...found.flatMap(({ feed }) => feed.notes ?? []), ...notes],
  };
}
