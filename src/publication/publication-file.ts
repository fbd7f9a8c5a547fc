import { isAlias, isMap, isScalar, LineCounter, type ParsedNode, parseDocument, visit } from 'yaml';
import { legalText, oneLine } from '../article/plain-text.ts';
import { type Problem, type ProblemCode, quote } from '../article/problem.ts';
import { unifyLines } from '../article/seed-text.ts';
import { defaultTagBase, feedId } from './identity.ts';
import { publicationKeys } from './publication-keys.ts';
import type { Site } from './site.ts';

export { publicationKeys };

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
    ...(values.icon === undefined ? {} : { icon: onSite(values.icon, url) }),
    ...(values.favicon === undefined ? {} : { favicon: onSite(values.favicon, url) }),
    ...(values.copyright === undefined ? {} : { copyright: values.copyright }),
    id: values.id ?? defaultTagBase,
    feedId: feedId(values.id, title),
    redirects: values.redirects ?? {},
  };
  return {
    site,
    hasUrl: (defaults.urlOverride ?? values.url) !== undefined,
    problems,
  };
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
  if (problems.length > 0 || isBlank(contents)) return {};
  // An alias stands for text. One of a map or list could hold itself.
  visit(document, {
    Alias: (_, alias) => {
      const meant = alias.resolve(document);
      return isScalar(meant) ? meant : undefined;
    },
  });
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
    if (isBlank(value)) continue;
    const { expects, read } = publicationKeys[name];
    const result = read(value);
    if (result === undefined)
      report('wrong-value', value.range[0], `${name}: expected ${expects}, got ${describe(value)}`);
    else values[name] = result;
  }
  return values as Values;
}

function isBlank(node: ParsedNode | null): node is null {
  return node === null || (isScalar(node) && node.value === null);
}

function describe(node: ParsedNode): string {
  if (isScalar(node)) return quote(String(node.source ?? node.value));
  if (isAlias(node)) return 'an alias';
  return isMap(node) ? 'a map' : 'a list';
}

function isKey(name: string): name is Key {
  return Object.hasOwn(publicationKeys, name);
}

/** A path means a file of this site, also where the site lives below a path itself. */
function onSite(path: string, url: string): string {
  return new URL(path.replace(/^\/(?!\/)/, './'), url).href;
}

/** Every address of the site is resolved against the base, so it ends in a stroke; it is public, so it has no password. */
function baseUrl(url: string): string {
  const base = new URL(legalText(url));
  base.username = '';
  base.password = '';
  base.search = '';
  base.hash = '';
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base.href;
}
