import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageFilesFolder } from '../../../src/node/folder/files/package-files.ts';
import { partCount, partOf, wordsIn } from '../../../src/node/search/words.ts';

/** The functions of the script that people's browsers run. */
const script = readFileSync(join(packageFilesFolder, 'search.js'), 'utf8');
const [, source = ''] = /(\/\/ As in words\.ts[\s\S]*?)const loaded/.exec(script) ?? [];
const typed = new Function(`${source}; return { wordsIn, partOf };`)() as {
  readonly wordsIn: (text: string) => string[];
  readonly partOf: (word: string) => number;
};

describe('words', () => {
  it.each([
    ["L'Élysée: the SHIPS’ bell, 9 knots", 'elysee the ships bell 9 knots'],
    ['Straße, Ærø, Łódź, İstanbul', 'strasse aero lodz istanbul'],
    ['مُحَمَّد שָׁלוֹם', 'محمد שלום'],
    ['हिन्दी में', 'हिन्दी में'],
    ['한국어를 배우다', '한국어를 배우다'],
    ['東京タワー', '東京 京タ タワ ワー ー'],
    ['ภาษา', 'ภา าษ ษา า'],
    ['ガ ｶﾞ', 'ガ ガ'],
    ['1,5 km', '1 5 km'],
    ['', ''],
  ])('%j are %j', (text, words) => {
    expect(wordsIn(text).join(' ')).toBe(words);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'aéßİ 海岸のカーฟ้าក한९_’-5'), maxLength: 12 }),
  );

  it('that are typed are cut as those of an article, except that no text ends there', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const indexed = new Set(wordsIn(text));
        for (const word of typed.wordsIn(text)) {
          expect(indexed).toContain(word);
          expect(typed.partOf(word)).toBe(partOf(word));
          expect(partOf(word)).toBeLessThan(partCount);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('that begin alike are in one part', () => {
    fc.assert(
      fc.property(fc.constantFrom('ha', '海', 'ภ', 'né'), anyText, (start, rest) => {
        const [first = ''] = wordsIn(start);
        for (const word of wordsIn(start + rest)) if (word.startsWith(first)) expect(partOf(word)).toBe(partOf(first));
      }),
      { numRuns: 300 },
    );
  });
});
