import { once } from '../once.ts';
import { placesIn } from '../place.ts';
import { oneLine } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import { isPublishingKey } from './inherited.ts';
import { findMetadataLines, readMetadataLines } from './syntax/metadata-lines.ts';
import { readToml } from './syntax/toml.ts';
import { keyOf, type Table } from './syntax/value.ts';
import { type OnDuplicate, readYaml } from './syntax/yaml.ts';

/** The data above an article, between its own delimiters. */
export interface FrontMatter {
  readonly table: Table;
  /** The offset at which the body begins. */
  readonly body: number;
}

/** Longer than any real front matter, short enough to parse quickly. */
const longest = 200_000;

/** Parses the front matter of a text, if any. Returns `broken` after reporting a syntax error. */
export function readFrontMatter(text: string, report: Report): FrontMatter | 'broken' | undefined {
  const found = findFrontMatter(text);
  if (found === undefined) return undefined;
  const broken = (at: number, message: string): 'broken' => {
    report('error', 'bad-front-matter', at, message);
    return 'broken';
  };
  if (found === 'unclosed')
    return broken(0, 'the front matter that begins here has no end; close it with the line that opens it');
  if ('language' in found) {
    const message = `front matter in ${found.language} is not read; write it in YAML between two lines of three hyphens`;
    return broken(found.at, message);
  }
  const { form, start, end, body } = found;
  if (end - start > longest)
    return broken(0, `the front matter is longer than ${longest} characters; move the text below it`);
  // Hexo leaves out the braces of JSON.
  const [open, close] = form === 'members' ? ['{', '}'] : ['', ''];
  const source = open + text.slice(start, end) + close;
  const placeOf = once(() => placesIn(text));
  let isContradictory = false;
  const onDuplicate: OnDuplicate = (name, used, ignored) => {
    const place = `${quote(name)} is set here and again in line ${placeOf()(used).line}`;
    if (!isPublishingKey(keyOf(name))) {
      report('warning', 'bad-front-matter', ignored, `${place}, which is used; delete one of them`);
      return;
    }
    // Which of the two is meant decides whether the article is published.
    isContradictory = true;
    report('error', 'bad-front-matter', ignored, `${place}; delete one of the two`);
  };
  const table =
    form === 'lines'
      ? readMetadataLines(source, start, onDuplicate)
      : form === 'toml'
        ? readToml(source, start, onDuplicate)
        : readYaml(source, start - open.length, onDuplicate);
  if (isContradictory) return 'broken';
  return 'kind' in table ? { table, body } : broken(table.at, oneLine(table.message));
}

/** The position of front matter, as offsets in the text of the seed. */
export interface FoundFrontMatter {
  /** JSON is valid YAML (YAML 1.2 §1.3), and `members` are those of a JSON object without its braces. */
  readonly form: 'yaml' | 'toml' | 'members' | 'lines';
  /** The content without its delimiters. */
  readonly start: number;
  readonly end: number;
  /** The offset at which the body begins. */
  readonly body: number;
}

/** Front matter in a language that is not read, and its offset. */
export interface ForeignFrontMatter {
  readonly language: string;
  readonly at: number;
}

/**
 * Finds the front matter at the start of a text, which blank lines may precede: YAML between `---`, TOML between `+++`,
 * JSON between `;;;`, the language that follows the hyphens, as in `---toml`, a JSON object, or metadata lines.
 *
 * A line of hyphens may also be a thematic break, so YAML must begin with a key or be empty. Returns `unclosed` if the
 * closing delimiter is missing.
 */
export function findFrontMatter(text: string): FoundFrontMatter | ForeignFrontMatter | 'unclosed' | undefined {
  const at = /^(?:\s*\n)?\uFEFF?/.exec(text)?.[0].length ?? 0;
  const opening = new RegExp(opener, 'iy');
  opening.lastIndex = at;
  const [mark, hyphens, written = ''] = opening.exec(text) ?? [];
  if (mark === undefined) return findJson(text, at) ?? findLines(text, at);
  const language = written.toLowerCase();
  if (hyphens !== undefined && !/^(?:|json|toml|ya?ml)$/.test(language)) return { language: written, at };
  const isYaml = hyphens !== undefined;
  const start = at + mark.length;
  const rest = text.slice(start);
  const sign = isYaml ? '-' : mark.charAt(0);
  const close = closers[sign]?.exec(rest) ?? null;
  const inner = rest.slice(0, close?.index);
  if (isYaml && language === '' && !opensWithKey.test(inner) && !opensWithMember.test(inner)) return undefined;
  if (sign === ';' && !/^\s*(?:\{\s*)?"/.test(inner)) return undefined;
  // A thematic break at the top of a text has a blank line below it.
  if (close === null) return isYaml && inner.startsWith('\n') ? undefined : 'unclosed';
  const isToml = sign === '+' || language === 'toml';
  const isMembers = sign === ';' && !/^\s*\{/.test(inner);
  return {
    form: isToml ? 'toml' : isMembers ? 'members' : 'yaml',
    start,
    end: start + close.index,
    body: start + close.index + close[0].length,
  };
}

/** Languages of gray-matter and of its relatives; any other word after hyphens is text. */
const languages =
  'json|json5|jsonc|toml|ya?ml|js|javascript|mjs|cjs|ts|typescript|coffee|coffeescript|cson|hjson|ini|xml|edn|lua|php|ruby|python';
const opener = String.raw`(?:(---)[ \t]*(${languages})?|\+\+\+|;;;)[ \t]*(?:\n|$)`;

/** YAML also ends a document with "..." (YAML 1.2 §9.1.4). */
const closers: Readonly<Record<string, RegExp>> = {
  '-': /^(?:---|\.\.\.)[ \t]*$\n?/m,
  '+': /^\+\+\+[ \t]*$\n?/m,
  ';': /^;;;[ \t]*$\n?/m,
};

const opensWithMember = /^\s*\{\s*"[^"\n]{1,60}"\s*:/;

/** A key after comments and blank lines, or nothing. A `#` line alone is not enough: it may be a headline. */
const opensWithKey = /^(?:\s*$|(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]{0,8}["']?[\p{L}_][^\n:]{0,60}:(?:[ \t\n]|$))/u;

/** Finds a JSON object that begins with a key, up to its closing brace. */
function findJson(text: string, at: number): FoundFrontMatter | 'unclosed' | undefined {
  const rest = text.slice(at);
  if (!opensWithMember.test(rest)) return undefined;
  let depth = 0;
  for (const { 0: sign, index } of rest.matchAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)|[{}]/gs)) {
    if (sign === '{') depth++;
    else if (sign === '}') depth--;
    if (depth > 0) continue;
    const end = at + index + 1;
    return { form: 'yaml', start: at, end, body: end };
  }
  return 'unclosed';
}

function findLines(text: string, at: number): FoundFrontMatter | undefined {
  const lines = findMetadataLines(text, at);
  return lines && { ...lines, form: 'lines', body: lines.end };
}
