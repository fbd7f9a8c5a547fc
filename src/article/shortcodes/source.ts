import type { AlertWords } from '../body/markdown/alerts.ts';
import type { FindFile } from '../find-local-file.ts';
import type { Span } from '../place.ts';

/** What a text refers to. */
export interface Surroundings {
  readonly findFile?: FindFile | undefined;
  /** The names of admonitions in the language of the article. */
  readonly alertWords?: AlertWords | undefined;
  /** Returns the value of a key of front matter by its name in templates, such as `page.image`. */
  readonly frontMatter?: ((name: string) => string | undefined) | undefined;
}

/** A text that is searched for shortcodes. */
export class Source {
  readonly text: string;
  readonly around: Surroundings;
  /** Characters that may still be searched for closing braces. Limits the time for a text full of open braces. */
  braceBudget: number;
  /** The white space that lines get in place of their own, by the offset of the line. */
  indents: ReadonlyMap<number, string> = new Map();
  /** Where the last shortcode ends: another may follow without a gap. */
  lastEnd = 0;
  /** Where the open highlight ends. */
  markEnd: number | undefined;
  readonly #found = new Map<string, { readonly from: number; readonly span: Span | undefined }>();
  readonly #named = new Map<string, ReadonlyMap<string, Places>>();
  /** The open admonitions and components. */
  readonly boxes: OpenBox[] = [];
  /** The text that replaces the end tag of an open box, by its offset. */
  readonly calloutEnds = new Map<number, string>();
  #labels: ReadonlySet<string> | undefined;
  #targets: ReadonlySet<string> | undefined;
  #imports: ReadonlyMap<string, string> | undefined;

  constructor(text: string, around: Surroundings = {}) {
    this.text = text;
    this.around = around;
    this.braceBudget = 20 * text.length + 100_000;
  }

  /** Finds the next match of a pattern from an offset on. Remembers misses, so no part is searched twice. */
  next(pattern: string, from: number): Span | undefined {
    const known = this.#found.get(pattern);
    if (known !== undefined && from >= known.from && (known.span === undefined || known.span.start >= from))
      return known.span;
    const search = new RegExp(pattern, 'g');
    search.lastIndex = from;
    const match = search.exec(this.text);
    const span = match === null ? undefined : { start: match.index, end: match.index + match[0].length };
    this.#found.set(pattern, { from, span });
    return span;
  }

  /** Finds the next match whose first group is `name`, in one search for all names. Offsets must not decrease. */
  nextNamed(pattern: string, name: string, from: number): Span | undefined {
    const byName = this.#named.get(pattern) ?? placesByName(this.text, pattern, from);
    this.#named.set(pattern, byName);
    const places = byName.get(name);
    if (places === undefined) return undefined;
    while ((places.spans[places.next]?.start ?? from) < from) places.next++;
    return places.spans[places.next];
  }

  /** The addresses of the files that MDX imports, by the name of their variable. */
  get imports(): ReadonlyMap<string, string> {
    this.#imports ??= new Map(
      [...this.text.matchAll(importOfFile)].map(([, imported, path, declared, required]) => [
        imported ?? declared ?? '',
        path ?? required ?? '',
      ]),
    );
    return this.#imports;
  }

  /** Reports whether the text defines a link reference, by its label in lower case. */
  isReference(label: string): boolean {
    this.#labels ??= new Set(
      [...this.text.matchAll(/^ {0,3}\[([^\]\n]{1,200})\]:/gm)].map(([, one = '']) => one.toLowerCase()),
    );
    return this.#labels.has(label);
  }

  /** Reports whether some link leads to an anchor of this name. */
  isTarget(name: string): boolean {
    this.#targets ??= new Set([...this.text.matchAll(/(?:[(<"']|\]: )#([\w-]+)/g)].map(([, target = '']) => target));
    return this.#targets.has(name);
  }
}

/** `import name from '…'`, `import * as name from '…'`, and `const name = '…'`, also with `require`. */
const importOfFile =
  /^[ \t]*(?:import[ \t]+(?:\*[ \t]+as[ \t]+)?([\w$]+)(?:[ \t]*,[^'"\n]{0,200})?[ \t]+from[ \t]*["']([^"'\n]+)["']|(?:export[ \t]+)?(?:const|let|var)[ \t]+([\w$]+)[ \t]*=[ \t]*(?:(?:require|useBaseUrl)[ \t]*\([ \t]*)?["']([^"'\n]+)["'])/gm;

/** An open admonition or component. */
interface OpenBox {
  /** How many colons close it. */
  readonly colons: number;
  /** The text that replaces them. */
  readonly close: string;
  /** Whether lines such as `#title` inside it name its slots, as in MDC. */
  readonly isSlotted: boolean;
}

/** A shortcode and its replacement. */
export interface Replacement {
  /** Where it begins, if not at the match. */
  readonly start?: number;
  readonly end: number;
  /** Markdown; absent if the text stays unchanged. */
  readonly text?: string;
  /** The kind that is reported, once a line; absent if nothing is lost. */
  readonly kind?: string;
  /** What it is shown as; absent if it is left out. */
  readonly as?: string;
}

/** The matches with one name, and the index of the first that has not been passed. */
interface Places {
  readonly spans: Span[];
  next: number;
}

function placesByName(text: string, pattern: string, from: number): ReadonlyMap<string, Places> {
  const byName = new Map<string, Places>();
  const search = new RegExp(pattern, 'g');
  search.lastIndex = from;
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const { 0: whole, 1: name = '', index } = match;
    const places = byName.get(name) ?? { spans: [], next: 0 };
    places.spans.push({ start: index, end: index + whole.length });
    byName.set(name, places);
  }
  return byName;
}
