import { readFileSync } from 'node:fs';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { lintElement, lintHtml } from './html.ts';
import { ATOM, XHTML } from './namespaces.ts';
import { lintMedia } from './rss-media.ts';
import { at, childrenOf, descendants, type Node, parseXml, seedText } from './tree.ts';
import { isAbsolute } from './values.ts';
import { assertWellFormed } from './well-formed.ts';

/** Lists where a document breaks RFC 4287: its grammar (`RNG`), then the prose by our rules' ids. */
export async function lintAtom(xml: string): Promise<string[]> {
  try {
    assertWellFormed(xml);
  } catch (error) {
    return [(error as Error).message];
  }
  const root = parseXml(xml);
  const entries = root.local === 'feed' ? children(root, 'entry') : [root];
  return [
    ...(await grammarErrors(xml)),
    ...authors(root, entries),
    ...identities(root, entries),
    ...order(entries),
    ...entries.flatMap(dates),
    ...[root, ...entries].flatMap(alternates),
    ...entries.flatMap(contents),
    ...entries.flatMap(lintMedia),
    ...[...descendants(root)].flatMap(urls),
  ];
}

const GRAMMAR = {
  fileName: 'atom.rng',
  contents: readFileSync(new URL('../schemas/atom.rng', import.meta.url), 'utf8'),
};

/** Documents that wait for xmllint, which takes longer to start than to check fifty of them. */
let waiting: string[] = [];
let next: Promise<readonly string[][]> | undefined;

/** Checks a document against the grammar, in one run of xmllint with all that are asked for at the same time. */
async function grammarErrors(xml: string): Promise<string[]> {
  const index = waiting.push(xml) - 1;
  next ??= Promise.resolve().then(checkWaiting);
  return (await next)[index] ?? [];
}

async function checkWaiting(): Promise<string[][]> {
  const xml = waiting.map((contents, index) => ({ fileName: `${index}.xml`, contents }));
  waiting = [];
  next = undefined;
  const { errors, rawOutput } = await validateXML({
    xml,
    schema: [GRAMMAR],
    extension: 'relaxng',
    maxMemoryPages: 512 * memoryPages.MiB,
  });
  const lines = new Set(rawOutput.split('\n'));
  return xml.map(({ fileName }) => {
    if (lines.has(`${fileName} validates`)) return [];
    const own = errors.filter(({ loc }) => loc?.fileName === fileName);
    return own.length > 0
      ? own.map(({ message, loc }) => `RNG ${message} (line ${loc?.lineNumber})`)
      : [`RNG ${rawOutput}`];
  });
}

/** RFC 4287 §4.1.1, §4.1.2: each entry has an author, its own, its source's or the feed's. */
function authors(root: Node, entries: readonly Node[]): string[] {
  const authored = (node: Node): boolean => children(node, 'author').length > 0;
  if (authored(root)) return [];
  return entries
    .filter((entry) => !authored(entry) && !children(entry, 'source').some(authored))
    .map((entry) => at(entry, 'A5 no author'));
}

/** RFC 4287 §4.2.6: an id stands for one feed or entry. */
function identities(root: Node, entries: readonly Node[]): string[] {
  const seen = new Set<string>();
  return [...new Set([root, ...entries])].flatMap((node) => {
    const id = seedText(node, 'id', ATOM) ?? '';
    const problems = seen.has(id) ? [at(node, `A14 a second ${id}`)] : [];
    seen.add(id);
    return problems;
  });
}

function order(entries: readonly Node[]): string[] {
  return entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    const late = before !== undefined && published(entry) > published(before);
    return late ? [at(entry, 'C3 newer than the entry before it')] : [];
  });
}

function dates(entry: Node): string[] {
  const late = published(entry) > time(entry, 'updated');
  return late ? [at(entry, 'A8 published after it was updated')] : [];
}

/** RFC 4287 §4.1.1, §4.1.2: no two alternates agree in type and hreflang. */
function alternates(node: Node): string[] {
  const seen = new Set<string>();
  return linksOf(node, 'alternate').flatMap((link) => {
    const kind = `${link.attributes.type ?? ''} ${link.attributes.hreflang ?? ''}`.trim().toLowerCase();
    const problems = seen.has(kind) ? [at(link, `A11 a second alternate "${kind}"`)] : [];
    seen.add(kind);
    return problems;
  });
}

/** RFC 4287 §4.1.2 on what an entry must hold, §4.1.3.3 on what its content may. */
function contents(entry: Node): string[] {
  const [content] = children(entry, 'content');
  if (content === undefined) {
    return linksOf(entry, 'alternate').length > 0 ? [] : [at(entry, 'A12 neither content nor an alternate')];
  }
  const type = content.attributes.type ?? 'text';
  const linked = content.attributes.src !== undefined;
  const binary = type.includes('/') && !/^text\/|[/+]xml$/i.test(type);
  const problems: string[] = [];
  if ((linked || binary) && children(entry, 'summary').length === 0) {
    problems.push(at(entry, 'A12 content that is linked or binary wants a summary'));
  }
  if (binary && !linked && !isBase64(content)) problems.push(at(content, `A13 ${type} is not in base64`));
  if (/^text\//i.test(type) && !/[/+]xml$/i.test(type) && content.children.length > 0) {
    problems.push(at(content, `A13 ${type} holds elements`));
  }
  return problems;
}

/** Every address is absolute, also inside HTML, which holds nothing dangerous. */
function urls(node: Node): string[] {
  const { type, ...attributes } = node.attributes;
  if (node.uri === XHTML) return lintElement(node.local, attributes).map((problem) => at(node, problem));
  if (node.uri !== ATOM) return [];
  const own = ['href', 'src', 'uri'].map((name) => attributes[name]);
  const value = ['icon', 'logo', 'uri'].includes(node.local) ? node.text() : undefined;
  const relative = [...own, value].filter((url) => url !== undefined && !isAbsolute(url));
  const html = type === 'html' ? lintHtml(node.text()) : [];
  return [
    ...relative.map((url) => at(node, `C2 "${url}" is not absolute`)),
    ...html.map((problem) => at(node, problem)),
  ];
}

function isBase64(node: Node): boolean {
  const text = node.text().replace(/\s+/g, '');
  return node.children.length === 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function children(node: Node, local: string): Node[] {
  return childrenOf(node, local, ATOM);
}

function linksOf(node: Node, rel: string): Node[] {
  return children(node, 'link').filter((link) => (link.attributes.rel ?? 'alternate') === rel);
}

function time(node: Node, local: string): number {
  return Date.parse(seedText(node, local, ATOM) ?? '');
}

function published(entry: Node): number {
  return children(entry, 'published').length > 0 ? time(entry, 'published') : time(entry, 'updated');
}
