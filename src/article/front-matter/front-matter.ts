import { once } from '../once.ts';
import { placesIn } from '../place.ts';
import { oneLine } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import { isPublishingKey } from './inherited.ts';
import { readToml } from './toml.ts';
import { keyOf, type Table } from './value.ts';
import { type OnDuplicate, readYaml } from './yaml.ts';

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
  const { form, start, end, body } = found;
  if (end - start > longest)
    return broken(0, `the front matter is longer than ${longest} characters; move the text below it`);
  const source = text.slice(start, end);
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
  const table = form === 'toml' ? readToml(source, start) : readYaml(source, start, onDuplicate);
  if (isContradictory) return 'broken';
  return 'kind' in table ? { table, body } : broken(table.at, oneLine(table.message));
}

/** The position of front matter, as offsets in the text of the seed. */
export interface FoundFrontMatter {
  /** JSON is valid YAML (YAML 1.2 §1.3). */
  readonly form: 'yaml' | 'toml';
  /** The content without its delimiters. */
  readonly start: number;
  readonly end: number;
  /** The offset at which the body begins. */
  readonly body: number;
}

/**
 * Finds the front matter at the start of a text: YAML between `---`, TOML between `+++`, or a JSON object.
 *
 * A line of hyphens may also be a thematic break, so YAML must begin with a key or be empty. Returns `unclosed` if the
 * closing delimiter is missing.
 */
export function findFrontMatter(text: string): FoundFrontMatter | 'unclosed' | undefined {
  const [mark, hyphens, language = ''] = /^(?:(---)(json|toml|yaml)?|\+\+\+)[ \t]*(?:\n|$)/.exec(text) ?? [];
  if (mark === undefined) return findJson(text);
  const isYaml = hyphens !== undefined;
  const start = mark.length;
  const rest = text.slice(start);
  // YAML also ends a document with "..." (YAML 1.2 §9.1.4).
  const close = (isYaml ? /^(?:---|\.\.\.)[ \t]*$\n?/m : /^\+\+\+[ \t]*$\n?/m).exec(rest);
  const inner = rest.slice(0, close?.index);
  if (isYaml && language === '' && !opensWithKey.test(inner)) return undefined;
  // A thematic break at the top of a text has a blank line below it.
  if (close === null) return isYaml && inner.startsWith('\n') ? undefined : 'unclosed';
  return {
    form: isYaml && language !== 'toml' ? 'yaml' : 'toml',
    start,
    end: start + close.index,
    body: start + close.index + close[0].length,
  };
}

/** A key after comments and blank lines, or nothing. A `#` line alone is not enough: it may be a headline. */
const opensWithKey = /^(?:\s*$|(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]{0,8}["']?[\p{L}_][^\n:]{0,60}:(?:[ \t\n]|$))/u;

/** Finds a JSON object that begins with a key, up to its closing brace. */
function findJson(text: string): FoundFrontMatter | 'unclosed' | undefined {
  if (!/^\{\s*"[^"\n]{1,60}"\s*:/.test(text)) return undefined;
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)|[{}]/gs)) {
    if (sign === '{') depth++;
    else if (sign === '}') depth--;
    if (depth > 0) continue;
    const end = index + 1;
    return { form: 'yaml', start: 0, end, body: end };
  }
  return 'unclosed';
}
