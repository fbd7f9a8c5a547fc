import { describe, expect, it } from 'vitest';
import { articleText } from '../../../../bench/articles.ts';
import { lintFolder } from '../../../../src/node/check/lint/lint.ts';
import { siteFacts } from '../../../../src/node/check/lint/site-facts.ts';
import { SeedFolder } from '../../../../src/node/folder/seed-folder.ts';
import { type Files, makeFolder, seed } from '../../temporary-folder.ts';

const publication = 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n';
const now = '2026-03-10T00:00:00Z';

async function lint(files: Files): Promise<string[]> {
  const dir = makeFolder({ 'publication.yaml': publication, ...files });
  const reading = new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();
  const problems = await lintFolder(reading, siteFacts(dir, reading, now));
  return problems.map(({ file, code, message }) => `${file} ${code} ${message}`.replaceAll(`${dir}/`, ''));
}

/** A text of words that are unique to their numbers. */
const words = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `word${from + i}`).join(' ');
const day = (n: number) => `2026-02-${String(n).padStart(2, '0')}`;

describe('an article that cannot be rendered', () => {
  const why = 'unreadable the article is left out, because it cannot be rendered';

  it.each([
    ['of signs that grow', `\`\`\`\n${'&'.repeat(4_100_000)}`, 5],
    ['of signs that grow below a sentence', `Words.\n\n\`\`\`\n${'&'.repeat(4_100_000)}`, 7],
  ])('is an error, and the others are still checked: %s', async (_, body, line) => {
    const problems = await lint({ 'x.md': seed('X', day(1), body), 'y.md': seed('Y', day(2), 'a ![](b.png) [c]()') });
    expect(problems[0]).toBe(
      `x.md ${why}: line ${line}: its HTML has more than 20000000 characters; split the article`,
    );
    expect(problems.filter((one) => one.startsWith('y.md'))).not.toEqual([]);
  });
});

describe('nearly the same text', () => {
  const twins = (one: string, other: string) =>
    lint({ 'z.md': seed('Z', day(1), one), 'a.md': seed('A', day(2), other) });

  it.each([
    ['is reported if it is the same', words(0, 100), words(0, 100)],
    ['is reported if little is added', words(0, 200), `${words(0, 200)} ${words(900, 20)}`],
    ['is reported if one word differs', words(0, 200), words(0, 200).replace('word99 ', 'else ')],
    [
      'is reported despite other case, punctuation and line ends',
      words(0, 100),
      words(0, 100).toUpperCase().replaceAll(' ', ',\n'),
    ],
    [
      'is reported in scripts without spaces',
      '雪が降る夜の港に船が着いた'.repeat(3) +
        [...Array(80)].map((_, i) => String.fromCharCode(0x4e00 + i * 7)).join(''),
      '雪が降る夜の港に船が着いた'.repeat(3) +
        [...Array(80)].map((_, i) => String.fromCharCode(0x4e00 + i * 7)).join(''),
    ],
  ])('%s, at the newer of the two', async (_, one, other) => {
    expect(await twins(one, other)).toEqual([
      expect.stringMatching(/^a\.md near-duplicate \d+ % of the text is also in z\.md; delete/),
    ]);
  });

  it.each([
    ['if a third differs', words(0, 200), words(66, 200)],
    ['if it is short', words(0, 40), words(0, 40)],
    ['if it is different', words(0, 200), words(500, 200)],
    ['if it has the same words in another order', words(0, 100), words(0, 100).split(' ').reverse().join(' ')],
  ])('is not reported %s', async (_, one, other) => {
    expect(await twins(one, other)).toEqual([]);
  });

  it('is reported once for each article, even if many are the same', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`${String(i).padStart(3, '0')}.md`, seed(`N${i}`, day(1), words(0, 100))]),
    );
    const found = await lint(files);
    expect(found).toHaveLength(299);
    expect(found.every((line) => line.includes('is also in 000.md;'))).toBe(true);
  });

  it('is reported the same way each time', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${i}.md`, articleText(i % 60, 300)]));
    const [one, other] = [await lint(files), await lint(files)];
    expect(one.filter((line) => line.includes('near-duplicate')).length).toBeGreaterThanOrEqual(140);
    expect(other).toEqual(one);
  });
});

describe('an original URL', () => {
  const named = (id: string, url = 'https://old.example/a') => `Words.\n\nOriginal url: <${url}>\n\nId: <urn:${id}>`;
  it.each(['https://old.example/a', 'https://daily.example/2019/a/'])(
    'of two articles is reported at the newer one: %s',
    async (url) => {
      expect(
        await lint({
          'z.md': seed('Z', day(1), named('z', url)),
          'a.md': seed('A', day(2), named('a', url)),
        }),
      ).toEqual([`a.md duplicate-url z.md has the same original URL, ${url}; correct one of the two, or delete one`]);
    },
  );

  it('of one article is not reported', async () => {
    expect(await lint({ 'z.md': seed('Z', day(1), named('z')), 'a.md': seed('A') })).toEqual([]);
  });
});

describe('a feed', () => {
  const long = (bytes: number) => seed('Long', day(1), 'Some words. '.repeat(bytes / 12));

  it('over 512 kB is reported, with the size of each format', async () => {
    expect(await lint({ 'a.md': long(600_000) })).toEqual([
      expect.stringMatching(
        /^publication\.yaml large-feed over 512 kB, which some services refuse: \/rss\.xml \(60\d kB\), \/atom\.xml \(60\d kB\), \/feed\.json \(60\d kB\), \/languages\/en\/rss\.xml \(60\d kB\), \/languages\/en\/atom\.xml \(60\d kB\), \/languages\/en\/feed\.json \(60\d kB\); set fewer "items" than 50, or "content: summary"$/,
      ),
    ]);
  });

  it('of a slice is reported even if the feed of the publication is small', async () => {
    const old = `---\ntitle: Long\ndate: ${day(1)}\ntags: [ships]\n---\n\n${'Some words. '.repeat(50_000)}\n`;
    const found = await lint({
      'publication.yaml': `${publication}items: 1\n`,
      'a.md': old,
      'b.md': seed('New', day(2)),
    });
    expect(found).toEqual([
      expect.stringMatching(/ refuse: \/tags\/ships\/rss\.xml \(60\d kB\), \/tags\/ships\/atom\.xml .* than 1, /),
    ]);
  });

  it.each([
    ['below 512 kB', { 'a.md': long(480_000) }],
    ['of summaries', { 'a.md': long(600_000), 'publication.yaml': `${publication}content: summary\n` }],
    ['of a long article that is not due', { 'a.md': long(600_000).replace(day(1), '2027-01-01') }],
  ])('%s is not reported', async (_, files) => {
    expect((await lint(files)).filter((line) => line.includes('large-feed'))).toEqual([]);
  });
});
