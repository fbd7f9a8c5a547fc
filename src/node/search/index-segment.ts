import type { Article } from '../../article/article.ts';
import { readText } from '../../article/body/first-picture.ts';
import { shorten } from '../../article/plain-text.ts';
import { plainDate } from '../../http/views/date-view.ts';
import { articlePath } from '../../publication/addresses/address.ts';
import type { Site } from '../../publication/site/site.ts';
import { partCount, partOf, wordsIn } from './words.ts';

/** The index of a segment as texts of files. */
export interface SegmentIndex {
  /** The number of its articles. */
  readonly articles: number;
  /**
   * The parts of its words: each word with a list of numbers, one for each article that has it. A number is the
   * distance to the article before, times four, plus how much the word matters in it.
   */
  readonly words: readonly string[];
  /** What is shown of its articles, {@link shownTogether} in each. */
  readonly shown: readonly string[];
}

/** An article in a list of results: path, headline, date in words, summary, time of expiry. */
export type ShownResult = readonly [path: string, title: string, date: string, summary: string, expires?: string];

const shownTogether = 64;

/** How much a word matters. */
const weights = { once: 0, often: 1, summary: 2, title: 3 } as const;

/** Indexes articles, which are added in their order. */
export class SegmentIndexer {
  readonly #site: Site;
  readonly #parts: Map<string, number[]>[] = Array.from({ length: partCount }, () => new Map());
  /** The last article of each word. */
  readonly #last = new Map<string, number>();
  readonly #shown: ShownResult[] = [];

  constructor(site: Site) {
    this.#site = site;
  }

  add(article: Article): void {
    const { slug, title, summary, content, published, expires } = article;
    const found = new Map<string, number>();
    for (const word of wordsIn(readText(content))) found.set(word, found.has(word) ? weights.often : weights.once);
    for (const word of wordsIn(`${summary} ${article.tags.join(' ')}`)) found.set(word, weights.summary);
    for (const word of wordsIn(title)) found.set(word, weights.title);
    const position = this.#shown.length;
    for (const [word, weight] of found) {
      const part = this.#parts[partOf(word)];
      const numbers = part?.get(word) ?? [];
      if (numbers.length === 0) part?.set(word, numbers);
      numbers.push((position - (this.#last.get(word) ?? 0)) * 4 + weight);
      this.#last.set(word, position);
    }
    const shown = [articlePath(slug), title, plainDate(published, this.#site), shorten(summary, 200)] as const;
    this.#shown.push(expires === undefined ? shown : [...shown, expires]);
  }

  finish(): SegmentIndex {
    const shown: string[] = [];
    for (let start = 0; start < this.#shown.length; start += shownTogether)
      shown.push(JSON.stringify(this.#shown.slice(start, start + shownTogether)));
    return { articles: this.#shown.length, words: this.#parts.map(writeWords), shown };
  }
}

function writeWords(part: ReadonlyMap<string, readonly number[]>): string {
  return JSON.stringify(Object.fromEntries([...part].sort(([a], [b]) => (a < b ? -1 : 1))));
}
