import { posix } from 'node:path';
import { isSectionPage } from '../../../article/seed/seed-path.ts';
import type { RuleKind } from './rule-file.ts';

/** A file that may hold articles back, and the articles that it concerns. */
export interface RulePath {
  readonly path: string;
  /** `script` is a data file that is a program, and cannot be read. */
  readonly kind: RuleKind | 'script';
  /** The folder, with `/` at its end, or the beginning of the names of the files that it concerns. */
  readonly prefix: string;
  /** The language of a translated page, in lower case; empty if it has none. */
  readonly language: string;
  /** Whether it is the page of a bundle, which does not concern other index files. */
  readonly isBundle: boolean;
}

const page =
  /^(_?index)(?:\.([a-z]{2}(?:-[a-z]{2,4})?))?\.(?:md|mdx|markdown|mdown|html?|txt|adoc|asciidoc|rst|pandoc)$/i;
const data = /^(.+?)(?:\.11tydata)?\.json$/i;
const script = /^(.+)\.11tydata\.(?:js|cjs|mjs|ts|cts|mts)$/i;
/** A quick test first: nearly all files are others. */
const mayBeRule = /(?:^|\/)_?index\.[^/]*$|\.json$|\.11tydata\.\w+$/i;

/** Describes a path by its name, if it may hold articles back; `root` is the name of the folder of articles. */
export function rulePathOf(path: string, root: string): RulePath | undefined {
  if (!mayBeRule.test(path)) return undefined;
  const name = posix.basename(path);
  const folder = path.slice(0, path.length - name.length);
  const [, index = '', language = ''] = page.exec(name) ?? [];
  if (index !== '') {
    const isBundle = !index.startsWith('_');
    if (isBundle && folder === '') return undefined;
    return { path, kind: 'page', prefix: folder, language: language.toLowerCase(), isBundle };
  }
  const [isScript, stem = ''] = script.exec(name) ?? data.exec(name) ?? [];
  if (isScript === undefined) return undefined;
  const kind = script.test(name) ? 'script' : 'data';
  const isOfFolder = stem === (folder === '' ? root : posix.basename(folder));
  return { path, kind, prefix: isOfFolder ? folder : `${folder}${stem}.`, language: '', isBundle: false };
}

/** Selects, among the pages of a folder, the one in the article's language, or else the one without a language. */
export function inLanguage(all: readonly RulePath[], path: string): readonly RulePath[] {
  const language = /\.([a-z]{2}(?:-[a-z]{2,4})?)\.[^./]+$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return all.filter((one) => {
    if (one.kind !== 'page' || one.language === language) return true;
    const pages = all.filter(({ kind, isBundle }) => kind === 'page' && isBundle === one.isBundle);
    if (one.language === '') return !pages.some((other) => other.language === language);
    // An article without a language may be in any, so if no page is without a language, all pages count.
    return language === '' && !pages.some((other) => other.language === '');
  });
}

/** Returns the prefixes that concern a path: of its own name, then its folders up to the root. */
export function prefixesOf(path: string): string[] {
  const prefixes = [path.replace(/[^./]*$/, '')];
  for (let folder = path.lastIndexOf('/'); folder !== -1; folder = path.lastIndexOf('/', folder - 1))
    prefixes.push(path.slice(0, folder + 1));
  return [...prefixes, ''];
}

/** Selects the files that concern at least one article. */
export function concerning(found: readonly RulePath[], seeds: readonly string[]): readonly RulePath[] {
  if (found.length === 0) return [];
  const articles = new Set<string>();
  const inBundles = new Set<string>();
  for (const path of seeds) {
    const isIndex = /(?:^|\/)index\.[^/]*$/i.test(path);
    if (isSectionPage(path)) continue;
    for (const [index, prefix] of prefixesOf(path).entries()) {
      articles.add(prefix);
      if (!isIndex || index > 1) inBundles.add(prefix);
    }
  }
  return found.filter(({ prefix, isBundle }) => (isBundle ? inBundles : articles).has(prefix));
}
