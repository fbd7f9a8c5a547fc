import { omitUndefined } from '../../../../../article/omit-undefined.ts';
import { oneLine } from '../../../../../article/plain-text.ts';
import { absolute } from '../../../../published/feed-bases.ts';
import { firstInstant, readAuthors, readTags } from '../../feed-values.ts';
import { plainLine, plainSummary } from '../../html-text.ts';
import type { ImportedFeed, ImportedItem, ImportNote } from '../../imported-item.ts';
import { distinctSummary } from '../../media.ts';
import { isRow, numberOf, type Row, rowsOf, textOf } from '../json-rows.ts';
import { missingAddress } from '../missing-address.ts';
import { SkippedItems } from '../skipped-items.ts';
import { renderGhostPost } from './ghost-content.ts';

export interface GhostOptions {
  /** Whether to include pages. */
  readonly pages: boolean;
  /** The address of the site, which an export leaves out. */
  readonly site?: URL | undefined;
}

/** Finds the tables of a Ghost export: `{"db": [{"data": …}]}` or `{"data": …}`. */
export function ghostTables(json: unknown): Row | undefined {
  const root = isRow(json) ? json : {};
  const [first] = rowsOf(root, 'db');
  const { data } = first ?? root;
  return isRow(data) && Array.isArray(data.posts) ? data : undefined;
}

/** Ghost's placeholder for the address of its site. */
const placeholder = '__GHOST_URL__';

/** Reads the posts of a Ghost export. A note counts what is left out. */
export function readGhost(text: string, { pages, site }: GhostOptions): ImportedFeed {
  const address = site?.href.replace(/\/$/, '') ?? '';
  const tables = ghostTables(JSON.parse(text.replaceAll(placeholder, address))) ?? {};
  const notes: ImportNote[] = [];
  const skipped = new SkippedItems();
  const read = postReader(tables, address, notes);
  const items = rowsOf(tables, 'posts').flatMap((post) => {
    const isPage = textOf(post, 'type') === 'page' || /^(?:1|true)$/.test(String(post.page));
    if (!isPage || pages) return [read(post)];
    skipped.add('page');
    return [];
  });
  if (items.length === 0) skipped.refuseEmpty('a Ghost export');
  if (site === undefined) notes.push(missingAddress('a Ghost export'));
  const settings = new Map(rowsOf(tables, 'settings').map((one) => [textOf(one, 'key'), textOf(one, 'value')]));
  return {
    title: oneLine(settings.get('title') ?? ''),
    description: oneLine(settings.get('description') ?? ''),
    siteUrl: site?.href,
    language: settings.get('locale') || settings.get('lang') || settings.get('default_locale') || undefined,
    authors: [],
    older: [],
    items,
    notes: [...notes, ...skipped.notes()],
  };
}

/** Returns a function that reads a post with the rows of other tables that belong to it. */
function postReader(tables: Row, address: string, notes: ImportNote[]): (post: Row) => ImportedItem {
  const byId = (name: string) => new Map(rowsOf(tables, name).map((row) => [textOf(row, 'id'), row]));
  const byPost = (name: string) =>
    Map.groupBy(
      rowsOf(tables, name).toSorted((a, b) => (numberOf(a, 'sort_order') ?? 0) - (numberOf(b, 'sort_order') ?? 0)),
      (row) => textOf(row, 'post_id'),
    );
  const [users, tags] = [byId('users'), byId('tags')];
  const [authorsOf, tagsOf, metaOf] = [byPost('posts_authors'), byPost('posts_tags'), byPost('posts_meta')];
  return (post) => {
    const id = textOf(post, 'id');
    const title = plainTitle(textOf(post, 'title'));
    const warn = (message: string) => notes.push({ severity: 'warning', source: '', item: title, message });
    const [meta = {}] = metaOf.get(id) ?? [];
    const { html, unknown } = renderGhostPost(post);
    if (unknown.length > 0) warn(`parts of unknown kinds were left out: ${unknown.join(', ')}`);
    const withheld = reasonToWithhold(post, meta);
    if (withheld !== undefined) warn(`${withheld}, so it becomes a draft`);
    const isDraft = withheld !== undefined || textOf(post, 'status') === 'draft';
    const authors = (authorsOf.get(id) ?? [post]).map((row) => users.get(textOf(row, 'author_id')));
    const names = (tagsOf.get(id) ?? []).flatMap((row) => {
      const tag = tags.get(textOf(row, 'tag_id')) ?? {};
      const name = textOf(tag, 'name');
      // Ghost's private tags begin with a hash.
      return textOf(tag, 'visibility') === 'internal' || name.startsWith('#') ? [] : [name];
    });
    const published = firstInstant(dateOf(post, 'published_at'), dateOf(post, 'created_at'));
    const updated = firstInstant(dateOf(post, 'updated_at'));
    const content = { kind: 'html', text: html } as const;
    const slug = textOf(post, 'slug');
    const page = slug === '' || address === '' ? undefined : `${address}/${encodeURIComponent(slug)}/`;
    const image = textOf(post, 'feature_image') || textOf(post, 'image');
    return {
      // Ghost 1 and later puts this id into its feed; older versions, whose ids are numbers, put the UUID there.
      id: (/^\d{1,9}$/.test(id) ? textOf(post, 'uuid') || id : id) || undefined,
      url: isDraft ? undefined : (absolute(textOf(post, 'canonical_url'), page) ?? page),
      title,
      published,
      updated: updated !== undefined && published !== undefined && updated > published ? updated : undefined,
      // The users' mail addresses are private.
      authors: readAuthors(authors.map((user) => ({ name: textOf(user ?? {}, 'name') }))),
      tags: readTags(names),
      content,
      summary: distinctSummary(plainSummary(textOf(post, 'custom_excerpt') || textOf(meta, 'custom_excerpt')), content),
      image:
        image === ''
          ? undefined
          : omitUndefined({
              url: image,
              alt: oneLine(textOf(meta, 'feature_image_alt')) || undefined,
              caption: plainSummary(textOf(meta, 'feature_image_caption')) || undefined,
            }),
      language: textOf(post, 'locale') || undefined,
      files: [],
      isDraft: isDraft || undefined,
      base: page ?? '',
    };
  };
}

/** Ghost calls a post without a title so. */
function plainTitle(written: string): string {
  return written === '(Untitled)' ? '' : plainLine(written);
}

/** Says why not every visitor of the site could read a post; a plain draft needs no reason. */
function reasonToWithhold(post: Row, meta: Row): string | undefined {
  const [status, visibility] = [textOf(post, 'status'), textOf(post, 'visibility')];
  if (status === 'sent' || /^(?:1|true)$/.test(String(meta.email_only))) return 'Ghost sent it only by mail';
  if (!/^(?:published|scheduled|draft)?$/.test(status)) return `Ghost calls it ${status}`;
  if (status === 'scheduled' && textOf(post, 'published_at') === '') return 'its date is unknown';
  return /^(?:public)?$/.test(visibility) ? undefined : `Ghost shows it to ${visibility} only`;
}

/** Old exports have milliseconds. */
function dateOf(row: Row, key: string): string | undefined {
  const milliseconds = numberOf(row, key);
  if (milliseconds !== undefined && milliseconds > 0 && milliseconds < 8e14)
    return new Date(milliseconds).toISOString();
  return textOf(row, key) || undefined;
}
