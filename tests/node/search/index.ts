/** Reads the files of a search, for tests. */

interface List {
  readonly segments: readonly {
    readonly articles: number;
    readonly words: readonly string[];
    readonly shown: readonly string[];
  }[];
}

/** Returns the paths of the articles with a word, by how much it matters in them; the newest segment first. */
export function articlesWith(word: string, read: (name: string) => string): Record<string, number> {
  const { segments }: List = JSON.parse(read('index.json'));
  const found: Record<string, number> = {};
  for (const { words, shown } of segments) {
    const results = shown.flatMap((name): [string][] => JSON.parse(read(name)));
    for (const name of words) {
      const part: Record<string, number[]> = JSON.parse(read(name));
      let position = 0;
      for (const number of Object.hasOwn(part, word) ? (part[word] ?? []) : []) {
        position += number >> 2;
        found[results[position]?.[0] ?? ''] = number & 3;
      }
    }
  }
  return found;
}
