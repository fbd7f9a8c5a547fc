import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import type { Author } from '../article/article.ts';
import { isTimezone } from '../article/date.ts';
import { canonicalUrl } from '../article/original-url.ts';
import { legalText, oneLine } from '../article/plain-text.ts';
import { type Problem, type ProblemCode, quote } from '../article/problem.ts';
import { unifyLines } from '../article/seed-text.ts';
import { defaultTagBase, feedId, isTagBase } from './identity.ts';
import type { Site } from './site.ts';

/** What a publication is where its file says nothing. */
export interface SiteDefaults {
  readonly title: string;
  /** Absolute address, used when the file names none. */
  readonly url: string;
  /** Takes the place of the file's `url` (the environment's `SITE_URL`). */
  readonly urlOverride?: string;
}

export interface PublicationFile {
  readonly site: Site;
  /** Whether a public address is set at all. */
  readonly hasUrl: boolean;
  readonly problems: readonly Problem[];
}

/** Every key of `publication.yaml`: what it takes, in words and as the function that reads it. */
export const publicationKeys = {
  title: { expects: 'text', read: text },
  description: { expects: 'text', read: text },
  url: { expects: 'an absolute http or https address', read: address },
  language: { expects: 'a language tag such as en or pt-BR', read: language },
  authors: { expects: 'a list of authors, each a name or a map of name, email and url', read: authors },
  timezone: { expects: 'a time zone such as Europe/Berlin', read: timezone },
  items: { expects: 'a whole number from 1 to 1000', read: whole(1, 1000) },
  content: { expects: '"full" or "summary"', read: content },
  ttl: { expects: 'a whole number of minutes from 1 to 10080', read: whole(1, 10_080) },
  hub: { expects: 'an absolute http or https address', read: address },
  icon: { expects: 'an address or a path on this site', read: resource },
  favicon: { expects: 'an address or a path on this site', read: resource },
  copyright: { expects: 'text', read: text },
  id: { expects: 'the beginning of a tag URI, such as "tag:example.org,2026:"', read: tag },
} as const;

type Key = keyof typeof publicationKeys;
type Values = { [K in Key]?: NonNullable<ReturnType<(typeof publicationKeys)[K]['read']>> };

/** Reads `publication.yaml`; each unknown key and wrong value is a problem at its own line and column. */
export function parsePublicationFile(
  file: { readonly path: string; readonly text: string } | undefined,
  defaults: SiteDefaults,
): PublicationFile {
  const problems: Problem[] = [];
  const values = file === undefined ? {} : readValues(file, problems);
  const title = values.title ?? defaults.title;
  const url = baseUrl(defaults.urlOverride ?? values.url ?? defaults.url);
  const site: Site = {
    title,
    description: values.description ?? title,
    url,
    language: values.language ?? 'en',
    authors: values.authors ?? [],
    timezone: values.timezone ?? 'UTC',
    items: values.items ?? 50,
    content: values.content ?? 'full',
    ttl: values.ttl ?? 60,
    ...(values.hub === undefined ? {} : { hub: values.hub }),
    ...(values.icon === undefined ? {} : { icon: new URL(values.icon, url).href }),
    ...(values.favicon === undefined ? {} : { favicon: new URL(values.favicon, url).href }),
    ...(values.copyright === undefined ? {} : { copyright: values.copyright }),
    id: values.id ?? defaultTagBase,
    feedId: feedId(values.id, title),
  };
  return { site, hasUrl: (defaults.urlOverride ?? values.url) !== undefined, problems };
}

function readValues(file: { readonly path: string; readonly text: string }, problems: Problem[]): Values {
  const lineCounter = new LineCounter();
  const document = parseDocument(unifyLines(file.text), { lineCounter, prettyErrors: false });
  const report = (code: ProblemCode, offset: number, message: string): void => {
    const { line, col } = lineCounter.linePos(offset);
    problems.push({ file: file.path, line: line || 1, column: col || 1, severity: 'error', code, message });
  };
  for (const { message, pos } of [...document.errors, ...document.warnings])
    report('bad-yaml', pos[0], oneLine(message));
  const { contents } = document;
  if (problems.length > 0 || contents === null) return {};
  if (!isMap(contents)) {
    report('bad-yaml', contents.range[0], 'expected keys with values, such as "title: The Daily"');
    return {};
  }
  const values: Record<string, unknown> = {};
  for (const { key, value } of contents.items) {
    const offset = key.range[0];
    const name = isScalar(key) ? String(key.value) : '';
    if (!isKey(name)) {
      report(
        'unknown-key',
        offset,
        `unknown key ${quote(name)}; the keys are ${Object.keys(publicationKeys).join(', ')}`,
      );
      continue;
    }
    // A key without a value is one that the publisher has not filled in yet.
    if (value === null || (isScalar(value) && value.value === null)) continue;
    const { expects, read } = publicationKeys[name];
    const result = read(value);
    const found = isScalar(value)
      ? quote(String(value.source ?? value.value))
      : isSeq(value)
        ? 'a list'
        : 'a map';
    if (result === undefined)
      report('wrong-value', value.range[0], `${name}: expected ${expects}, got ${found}`);
    else values[name] = result;
  }
  return values as Values;
}

function isKey(name: string): name is Key {
  return Object.hasOwn(publicationKeys, name);
}

type Read<T> = (node: ParsedNode) => T | undefined;

function text(node: ParsedNode): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  const line = oneLine(typeof node.value === 'string' ? node.value : String(node.source));
  return line === '' ? undefined : line;
}

function address(node: ParsedNode): string | undefined {
  return canonicalUrl(text(node) ?? '');
}

function resource(node: ParsedNode): string | undefined {
  const written = text(node);
  const base = 'https://site.example/';
  if (written === undefined || !URL.canParse(written, base)) return undefined;
  return /^https?:$/.test(new URL(written, base).protocol) ? written : undefined;
}

function whole(least: number, most: number): Read<number> {
  return (node) => {
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : undefined;
  };
}

function content(node: ParsedNode): 'full' | 'summary' | undefined {
  const value = text(node);
  return value === 'full' || value === 'summary' ? value : undefined;
}

function timezone(node: ParsedNode): string | undefined {
  const name = text(node);
  return name !== undefined && isTimezone(name) ? name : undefined;
}

function language(node: ParsedNode): string | undefined {
  try {
    return Intl.getCanonicalLocales(text(node) ?? '-')[0];
  } catch {
    return undefined;
  }
}

function tag(node: ParsedNode): string | undefined {
  const base = text(node);
  return base !== undefined && isTagBase(base) ? base : undefined;
}

function authors(node: ParsedNode): readonly Author[] | undefined {
  if (!isSeq(node)) return undefined;
  const all = node.items.map(author);
  return all.every((one) => one !== undefined) ? all : undefined;
}

function author(node: ParsedNode): Author | undefined {
  if (!isMap(node)) {
    const name = text(node);
    return name === undefined ? undefined : { name };
  }
  const fields: { name?: string; email?: string; url?: string } = {};
  for (const { key, value } of node.items) {
    const written = value === null ? undefined : text(value);
    const field = text(key);
    if (written === undefined) return undefined;
    if (field === 'name') fields.name = written;
    else if (field === 'email' && /^[^\s@<>()]+@[^\s@<>()]+$/.test(written)) fields.email = written;
    else if (field === 'url' && canonicalUrl(written) !== undefined)
      fields.url = canonicalUrl(written) ?? written;
    else return undefined;
  }
  return fields.name === undefined ? undefined : { ...fields, name: fields.name };
}

/** Every address of the site is resolved against the base, so it ends in a stroke and has no query. */
function baseUrl(url: string): string {
  const base = new URL(legalText(url));
  base.search = '';
  base.hash = '';
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base.href;
}
