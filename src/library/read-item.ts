import type { Article, ArticleHead, ArticleSource, Correction, Withdrawal } from '../article/article.ts';
import type { Author } from '../article/author.ts';
import { cleanContent, renderContent } from '../article/body/content.ts';
import { recordingFlags } from '../article/media/recordings.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { idFault, isAbsoluteIri, mintSuffix, normalizeId } from '../article/seed/seed-id.ts';
import { slugOf } from '../article/slug.ts';
import { decodePercent, fediverseAccount, isMailAddress } from '../article/web-address.ts';
import { mintId } from '../publication/site/identity.ts';
import { needsMarkdown } from '../publication/site/markdown-uses.ts';
import type { Site } from '../publication/site/site.ts';
import {
  address,
  type Check,
  fieldsOf,
  instant,
  languageTag,
  listOf,
  oneOf,
  optional,
  rowsIn,
  source,
  text,
  wrong,
} from './checks.ts';
import type { Item } from './item.ts';
import { isParsed, type SeedArticle } from './parse-seed.ts';
import { type Field, podcastFields } from './read-episode.ts';
import { readMedia } from './read-media.ts';

/** Reads a list of items. Throws for the first field that is wrong, and for two items with one id or slug. */
export function readItems(items: unknown, site: Site): readonly ArticleSource[] {
  const ids = new Map<string, number>();
  const slugs = new Map<string, number>();
  return rowsIn(items, 'a list').map((item, index) => {
    const place = `items[${index}]`;
    const read = readItem(item, place, site);
    const { id, slug } = read.head;
    if (ids.has(id)) return wrong(`${place}.id`, `another id than that of items[${ids.get(id)}]`, id);
    if (slugs.has(slug)) return wrong(`${place}.slug`, `another slug than that of items[${slugs.get(slug)}]`, slug);
    ids.set(id, index);
    slugs.set(slug, index);
    return read;
  });
}

/** Reads an item. Its content is rendered when a page needs it. */
export function readItem(value: unknown, place: string, site: Site): ArticleSource {
  if (isParsed(value)) return value;
  const item = fieldsOf(isSource(value) ? itemOf(value) : value, place, 'an item');
  const field = <T>(name: keyof Item, check: Check<T>): T => check(item[name], `${place}.${name}`);
  const content = field('content', optional(source));
  const markdown = field('markdown', optional(source));
  if (content !== undefined && markdown !== undefined)
    throw new TypeError(`${place}: expected "content" or "markdown", got both`);
  const written = field('summary', optional(text));
  if (content === undefined && markdown === undefined && written === undefined)
    return wrong(`${place}.content`, 'HTML, or Markdown in "markdown"', undefined);
  const { enclosures, ...media } = readMedia(field);
  const head = { ...readHead(field, site), ...recordingFlags({ enclosures, ...media }) };
  const { permalink, slug, title } = head;
  const article = (): Article => {
    const body =
      markdown === undefined
        ? cleanContent(content ?? '', { permalink, slug })
        : renderContent(markdown, { permalink, slug, title, inMarkdown: needsMarkdown(site) });
    return { ...head, ...body, ...omitUndefined({ summary: written }), ...media, enclosures };
  };
  return { head, article };
}

/** Reports whether a value has the form of a parsed article, made by hand. */
function isSource(value: unknown): value is SeedArticle {
  const { head, article } = (value ?? {}) as Partial<SeedArticle>;
  return typeof head === 'object' && head !== null && typeof article === 'function';
}

/** Makes an item of an article that was made by hand, so that it is checked and sanitized, too. */
function itemOf({ head, ...source }: SeedArticle): Item {
  const { content, summary, enclosures, image, episode } = source.article.call({ head, ...source });
  const { number, display, kind, participants, chapters, chaptersFile, elements, ...rest } = episode ?? {};
  return {
    ...head,
    id: head.plainId ?? head.id,
    url: head.permalink,
    content,
    summary: summary || null,
    enclosures,
    image,
    ...rest,
    aliases: head.aliases?.map((path) => `/${path}`),
    episode: number,
    episodeDisplay: display,
    episodeType: kind,
    people: participants,
    chapters: chapters ?? chaptersFile?.url,
    podcast: elements && podcastFields(elements),
  };
}

function readHead(field: Field, site: Site): ArticleHead {
  const id = field('id', idText);
  const permalink = field('url', address);
  const published = field('published', instant);
  const updated = field('updated', optional(instant)) ?? published;
  const isIri = isAbsoluteIri(id);
  const corrections = field('corrections', listOf(correction)).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const aliases = field('aliases', listOf(oldPath));
  const last = [updated, ...corrections.map(({ date }) => date)].toSorted().at(-1) ?? updated;
  return omitUndefined({
    id: isIri ? id : mintId(site.id, mintSuffix(id)),
    plainId: isIri ? undefined : id,
    slug: field('slug', optional(slugText)) ?? slugIn(permalink, site),
    permalink,
    title: field('title', text),
    published,
    updated: last > published ? last : published,
    ...readEnd(field),
    corrections: corrections.length === 0 ? undefined : corrections,
    authors: field('authors', listOf(author)),
    tags: field('tags', listOf(text)),
    section: field('section', optional(text)),
    language: field('language', optional(languageTag)),
    translationKey: field('translationKey', optional(text)),
    extent: field('extent', optional(oneOf(['full', 'summary']))),
    aliases: aliases.length === 0 ? undefined : aliases,
  });
}

/** An article that is withdrawn expires at that moment. */
function readEnd(field: Field): Pick<ArticleHead, 'expires' | 'withdrawal'> {
  const expires = field('expires', optional(instant));
  const withdrawn = field('withdrawal', optional(withdrawal));
  const [first] = [expires, withdrawn?.date].filter((moment) => moment !== undefined).toSorted();
  return omitUndefined({ expires: first, withdrawal: withdrawn });
}

const correction: Check<Correction> = (value, place) => {
  const { date, note } = fieldsOf(value, place);
  return { date: instant(date, `${place}.date`), note: text(note, `${place}.note`) };
};

const withdrawal: Check<Withdrawal> = (value, place) => {
  const { date, reason } = fieldsOf(value, place);
  return omitUndefined({ date: instant(date, `${place}.date`), reason: optional(text)(reason, `${place}.reason`) });
};

const idText: Check<string> = (value, place) => {
  // Keys of databases are often numbers. Above 2^53, two keys may become one, unless they are BigInts.
  const written = Number.isSafeInteger(value) || typeof value === 'bigint' ? String(value) : value;
  const id = typeof written === 'string' ? normalizeId(written) : '';
  if (id === '') return wrong(place, 'text', value);
  return idFault(id) === undefined ? id : wrong(place, 'an id of at most 2048 characters that XML allows', value);
};

const slugText: Check<string> = (value, place) => {
  const slug = text(value, place);
  return slugOf(slug) === slug ? slug : wrong(place, `a path segment such as "${slugOf(slug)}"`, value);
};

/** Makes a slug of an address: of its part below the site's address, else of its path. */
function slugIn(permalink: string, { url }: Site): string {
  const { pathname, search } = new URL(permalink);
  const path = permalink.startsWith(url) ? pathname.slice(new URL(url).pathname.length) : pathname;
  return slugOf(decodePercent(path.replace(/(?:\/index)?\.html?$/, '') + search));
}

const author: Check<Author> = (value, place) => {
  if (typeof value === 'string') return { name: text(value, place) };
  const { name, email, url, bio, picture, fediverse, profiles } = fieldsOf(value, place);
  return omitUndefined({
    name: text(name, `${place}.name`),
    email: optional(mailAddress)(email, `${place}.email`),
    url: optional(address)(url, `${place}.url`),
    bio: optional(text)(bio, `${place}.bio`),
    picture: optional(address)(picture, `${place}.picture`),
    fediverse: optional(account)(fediverse, `${place}.fediverse`),
    profiles: profiles === undefined ? undefined : listOf(address)(profiles, `${place}.profiles`),
  });
};

/** Reads a path from the root of the site; the model has it without the slash at its start. */
const oldPath: Check<string> = (value, place) => {
  const path = text(value, place);
  if (!/^\/(?!\/)[^?#]*$/.test(path)) return wrong(place, 'a path such as /2019/hello/', value);
  return path.slice(1);
};

const account: Check<string> = (value, place) =>
  fediverseAccount(typeof value === 'string' ? value : '') ??
  wrong(place, 'an account such as @ana@social.example', value);

const mailAddress: Check<string> = (value, place) =>
  typeof value === 'string' && isMailAddress(value) ? value : wrong(place, 'a mail address', value);
