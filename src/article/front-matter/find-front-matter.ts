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

/**
 * A key after comments and blank lines, or nothing at all. Comments alone are not enough: a line with `#` may be a
 * headline.
 */
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
