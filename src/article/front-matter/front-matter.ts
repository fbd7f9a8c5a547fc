import { oneLine } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import { findFrontMatter } from './find-front-matter.ts';
import { readToml } from './toml.ts';
import type { Table } from './value.ts';
import { type OnTwice, readYaml } from './yaml.ts';

/** The data above an article, between its own delimiters. */
export interface FrontMatter {
  readonly table: Table;
  /** The offset at which the body begins. */
  readonly body: number;
}

/** Longer than any real front matter, short enough to parse quickly. */
const longest = 200_000;

/**
 * Parses the front matter of a text. Returns `undefined` if there is none, and `broken` after reporting a syntax error.
 */
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
  const line = (at: number): number => text.slice(0, at).split('\n').length;
  const twice: OnTwice = (name, counts, idle) => {
    const message = `${quote(name)} is set here and again in line ${line(counts)}, which is used; delete one of them`;
    report('warning', 'bad-front-matter', idle, message);
  };
  const table = form === 'toml' ? readToml(source, start) : readYaml(source, start, twice);
  return 'kind' in table ? { table, body } : broken(table.at, oneLine(table.message));
}
