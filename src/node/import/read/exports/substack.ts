import { oneLine } from '../../../../article/plain-text.ts';
import { firstInstant } from '../feed-values.ts';
import { plainLine, plainSummary } from '../html-text.ts';
import type { ImportedFeed, ImportedItem, ImportNote } from '../imported-item.ts';
import { distinctSummary } from '../media.ts';
import type { Archive } from './archive.ts';
import { parseCsv } from './csv.ts';
import { missingAddress } from './missing-address.ts';
import { SkippedItems } from './skipped-items.ts';

export interface SubstackOptions {
  /** Whether to include pages. */
  readonly pages: boolean;
  /** The address of the site, which an export leaves out. */
  readonly site?: URL | undefined;
}

/** Finds the table of posts in a Substack export. The texts are beside it. */
export function substackTable({ paths }: Archive): string | undefined {
  return paths.find((path) => /(?:^|\/)posts\.csv$/.test(path));
}

/** Reads the posts of a Substack export. Lists of subscribers and statistics are never read. */
export function readSubstack(archive: Archive, table: string, { pages, site }: SubstackOptions): ImportedFeed {
  const folder = `${table.replace(/posts\.csv$/, '')}posts/`;
  const texts = archive.paths.filter((path) => path.startsWith(folder) && path.endsWith('.html'));
  const files = archive.read([table, ...texts]);
  const notes: ImportNote[] = [];
  const skipped = new SkippedItems();
  const named = new Set<string>();
  const items = parseCsv(files.get(table) ?? '').flatMap((row) => {
    const path = `${folder}${row.get('post_id') ?? ''}.html`;
    named.add(path);
    const kind = row.get('type') ?? '';
    if (kind === 'page' && !pages) {
      skipped.add(kind);
      return [];
    }
    return [readPost(row, files.get(path), site, notes)];
  });
  const unnamed = texts.filter((path) => !named.has(path));
  for (const path of unnamed) skipped.add(`text that ${table} doesn't name`, `(${path})`);
  if (items.length === 0) skipped.refuseEmpty('a Substack export');
  if (site === undefined) notes.push(missingAddress('a Substack export'));
  return {
    siteUrl: site?.href,
    authors: [],
    older: [],
    items,
    notes: [...notes, ...skipped.notes()],
  };
}

function readPost(
  row: ReadonlyMap<string, string>,
  text: string | undefined,
  site: URL | undefined,
  notes: ImportNote[],
): ImportedItem {
  const field = (name: string): string => (row.get(name) ?? '').trim();
  const id = field('post_id');
  const title = plainLine(field('title')) || (text === undefined ? id : '');
  const warn = (message: string) => notes.push({ severity: 'warning', source: '', item: title || id, message });
  const audience = field('audience');
  const isForSome = !/^(?:everyone)?$/.test(audience);
  const isDraft = !/^true$/i.test(field('is_published')) || isForSome;
  if (isForSome) warn(`Substack shows it to ${audience} only, so it becomes a draft`);
  const podcast = field('podcast_url');
  if (text === undefined && podcast === '') warn('its text is not in the zip file');
  const content = { kind: 'html', text: withoutButtons(text ?? '') } as const;
  const slug = id.replace(/^\d+\./, '');
  const url = site === undefined || slug === '' ? undefined : new URL(`/p/${slug}`, site).href;
  return {
    // Substack's feed has the link as the id.
    id: url ?? (id || undefined),
    url: isDraft ? undefined : url,
    title,
    published: firstInstant(field('post_date') || undefined, field('email_sent_at') || undefined),
    authors: [],
    tags: [],
    content,
    summary: distinctSummary(plainSummary(oneLine(field('subtitle'))), content),
    files: podcast === '' ? [] : [{ url: podcast, type: 'audio/mpeg' }],
    isDraft: isDraft || undefined,
    base: url ?? '',
  };
}

/** Removes the buttons that ask to subscribe, share or comment. */
function withoutButtons(html: string): string {
  return html.replace(/<p class="button-wrapper"[^>]*>(?:(?!<p[\s>])[\s\S])*?<\/p>/g, '');
}
