/** Where a seed's front matter stands, as offsets in the seed's text. */
export interface FoundFrontMatter {
  /** JSON is YAML, too (YAML 1.2 §1.3). */
  readonly form: 'yaml' | 'toml';
  /** Where what it says begins and ends, without its marks. */
  readonly start: number;
  readonly end: number;
  /** Where the body begins. */
  readonly body: number;
}

/**
 * Finds the front matter with which a text begins: YAML between `---`, TOML between `+++`, or a JSON object.
 *
 * A line of hyphens may just as well be a rule, so YAML must begin with a key or hold nothing. One that never ends is
 * `unclosed`.
 */
export function findFrontMatter(text: string): FoundFrontMatter | 'unclosed' | undefined {
  const [mark, hyphens, language = ''] = /^(?:(---)(json|toml|yaml)?|\+\+\+)[ \t]*(?:\n|$)/.exec(text) ?? [];
  if (mark === undefined) return findJson(text);
  const isYaml = hyphens !== undefined;
  const start = mark.length;
  const rest = text.slice(start);
  // YAML ends a document with "..." as well (YAML 1.2 §9.1.4).
  const close = (isYaml ? /^(?:---|\.\.\.)[ \t]*$\n?/m : /^\+\+\+[ \t]*$\n?/m).exec(rest);
  const inner = rest.slice(0, close?.index);
  if (isYaml && language === '' && !opensWithKey.test(inner)) return undefined;
  // A rule at the top of a text has a blank line below it.
  if (close === null) return isYaml && inner.startsWith('\n') ? undefined : 'unclosed';
  return {
    form: isYaml && language !== 'toml' ? 'yaml' : 'toml',
    start,
    end: start + close.index,
    body: start + close.index + close[0].length,
  };
}

/** Behind comments and blank lines a key, or no line that says anything: one that opens with `#` may be a headline. */
const opensWithKey = /^(?:\s*$|(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]{0,8}["']?[\p{L}_][^\n:]{0,60}:(?:[ \t\n]|$))/u;

/** Finds an object that begins with a key, up to its own closing brace. */
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
