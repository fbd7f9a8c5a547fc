import { isSeq, type ParsedNode } from 'yaml';
import type { Person } from '../../article/author.ts';
import { keyOf } from '../../article/front-matter/syntax/value.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { type Problem, quote } from '../../article/problem.ts';
import type { Labels, NamedFeed, Query } from '../site/query.ts';
import type { Site } from '../site/site.ts';
import { sliceSlug } from '../slices/slice.ts';
import { type Read, text, type Values, type WrittenKeys } from './key-file.ts';
import { pageKeys } from './page-keys.ts';
import { language } from './value-readers.ts';

/** The keys that choose articles. */
const labelKeys = {
  tags: { expects: 'a tag or a list of tags', read: listOf(text) },
  authors: { expects: 'an author or a list of authors', read: listOf(text) },
  sections: { expects: 'a top folder or a list of them', read: listOf(text) },
  languages: { expects: 'a language tag such as en or pt-BR, or a list of them', read: listOf(language) },
} as const;

/** The keys of a feed below `feeds` in `publication.yaml`. */
export const namedFeedKeys = {
  title: { expects: 'text', read: text },
  description: { expects: 'text', read: text },
  ...labelKeys,
  not: { expects: `a map of ${Object.keys(labelKeys).join(', ')}`, keys: labelKeys },
  ...pageKeys,
} as const;

/** The name under `feeds` of the feed that every publication has. */
export const mainFeed = 'main';

/** The keys that the main feed takes from the publication. */
const ownKeys = ['title', 'description', 'language', 'content', 'items', 'aggregators'] as const;

type WrittenFeed = Values<typeof namedFeedKeys>;

/**
 * Makes the named feeds of a publication, and the query of the main feed. Each wrong name becomes a problem. Feeds may
 * name `people` by their keys, as articles do.
 */
export function namedFeeds(
  file: string,
  written: Readonly<Record<string, WrittenFeed>> = {},
  places: WrittenKeys<Record<string, never>>['places'],
  problems: Problem[],
  people: readonly Person[] = [],
): Pick<Site, 'feeds' | 'main'> {
  const wrong = (key: string, message: string): void => {
    const place = places[`feeds.${key}`] ?? { line: 1, column: 1 };
    problems.push({ file, ...place, severity: 'error', code: 'wrong-value', message: `feeds.${key}: ${message}` });
  };
  const { [mainFeed]: main, ...others } = written;
  for (const key of ownKeys)
    if (main?.[key] !== undefined)
      wrong(`${mainFeed}.${key}`, `the main feed has it from the publication; set "${key}" at the left margin`);
  const feeds = Object.entries(others).flatMap(([name, feed]): NamedFeed[] => {
    // Addresses with a dot stay free for files.
    const slug = sliceSlug(name.replaceAll('.', '-'));
    if (slug === name) return [namedFeed(name, feed, people)];
    wrong(name, `the name is part of the feed's address, so write it as ${quote(slug)}, and its title under "title"`);
    return [];
  });
  return omitUndefined({
    feeds: feeds.length === 0 ? undefined : feeds,
    main: main && queryOf(main, people),
  });
}

function namedFeed(name: string, written: WrittenFeed, people: readonly Person[]): NamedFeed {
  const { title, description, content, items, aggregators, languages = [] } = written;
  const [only, ...more] = languages;
  const language = written.language ?? (more.length === 0 ? only : undefined);
  const own = omitUndefined({ title, description, language, content, items, aggregators });
  return { name, ...own, query: queryOf(written, people) };
}

function queryOf({ not, ...wanted }: WrittenFeed, people: readonly Person[]): Query {
  return omitUndefined({ ...labelsOf(wanted, people), not: not && labelsOf(not, people) });
}

function labelsOf({ tags, authors, sections, languages }: Values<typeof labelKeys>, people: readonly Person[]): Labels {
  const slugs = (labels: readonly string[] | undefined) => labels?.map(sliceSlug);
  const nameOf = (author: string): string =>
    (/\s/.test(author) ? undefined : people.find(({ key }) => key !== undefined && keyOf(key) === keyOf(author)))
      ?.name ?? author;
  return omitUndefined({
    tag: slugs(tags),
    author: slugs(authors?.map(nameOf)),
    section: slugs(sections),
    language: slugs(languages),
  });
}

function listOf(read: (node: ParsedNode) => string | undefined): Read<readonly string[]> {
  return (node) => {
    const all = (isSeq(node) ? node.items : [node]).map((item) => read(item as ParsedNode));
    return all.length > 0 && all.every((one) => one !== undefined) ? all : undefined;
  };
}
