/**
 * Converts a glob with `*`, `**`, `?` and `{a,b}`, for text in lower case; `undefined` for other syntax and for very
 * long globs.
 */
export function globToRegExp(glob: string): RegExp | undefined {
  const written = glob.toLowerCase();
  if (/[[\]!\\]/.test(written) || written.length > 500 || (written.match(/\*+/g)?.length ?? 0) > 6) return undefined;
  let depth = 0;
  const source = written.replace(/\*\*|[\s\S]/g, (sign) => {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (sign === ',' && depth > 0) return '|';
    const special: Readonly<Record<string, string>> = { '**': '.*', '*': '[^/]*', '?': '[^/]', '{': '(?:', '}': ')' };
    return special[sign] ?? sign.replace(/[.+^$()|/]/, '\\$&');
  });
  try {
    return new RegExp(`^(?:${source})$`, 's');
  } catch {
    return undefined;
  }
}
