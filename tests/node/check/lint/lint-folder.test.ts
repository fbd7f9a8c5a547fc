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

/** Words of a text that no other number gives. */
const words = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `word${from + i}`).join(' ');
const day = (n: number) => `2026-02-${String(n).padStart(2, '0')}`;

describe('nearly the same text', () => {
  const twins = (one: string, other: string) =>
    lint({ 'z.md': seed('Z', day(1), one), 'a.md': seed('A', day(2), other) });

  it.each([
    ['is found when it is the same', words(0, 100), words(0, 100)],
    ['is found when little is added', words(0, 200), `${words(0, 200)} ${words(900, 20)}`],
    ['is found when a word is another', words(0, 200), words(0, 200).replace('word99 ', 'else ')],
    [
      'is found whatever its case, signs and line ends are',
      words(0, 100),
      words(0, 100).toUpperCase().replaceAll(' ', ',\n'),
    ],
    [
      'is found without spaces between words',
      '雪が降る夜の港に船が着いた'.repeat(3) +
        [...Array(80)].map((_, i) => String.fromCharCode(0x4e00 + i * 7)).join(''),
      '雪が降る夜の港に船が着いた'.repeat(3) +
        [...Array(80)].map((_, i) => String.fromCharCode(0x4e00 + i * 7)).join(''),
    ],
  ])('%s, at the newer of the two', async (_, one, other) => {
    expect(await twins(one, other)).toEqual([
      expect.stringMatching(/^a\.md near-duplicate \d+ % of the text stands in z\.md too; delete/),
    ]);
  });

  it.each([
    ['of which a third is other', words(0, 200), words(66, 200)],
    ['that is short', words(0, 40), words(0, 40)],
    ['that is other', words(0, 200), words(500, 200)],
    ['of the same words in another order', words(0, 100), words(0, 100).split(' ').reverse().join(' ')],
  ])('is no text %s', async (_, one, other) => {
    expect(await twins(one, other)).toEqual([]);
  });

  it('is found once an article, however many are alike', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [
        `${String(i).padStart(3, '0')}.md`,
        seed(`N${i}`, day(1), words(0, 100)),
      ]),
    );
    const found = await lint(files);
    expect(found).toHaveLength(299);
    expect(found.every((line) => line.includes('stands in 000.md too'))).toBe(true);
  });

  it('is found in the same way each time', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`${i}.md`, articleText(i % 60, 300)]),
    );
    const [one, other] = [await lint(files), await lint(files)];
    expect(one.filter((line) => line.includes('near-duplicate')).length).toBeGreaterThanOrEqual(140);
    expect(other).toEqual(one);
  });
});

describe('an original URL', () => {
  const named = (id: string, url = 'https://old.example/a') =>
    `Words.\n\nOriginal url: <${url}>\n\nId: <urn:${id}>`;
  it.each(['https://old.example/a', 'https://daily.example/2019/a/'])(
    'that two articles name is found at the newer of them: %s',
    async (url) => {
      expect(
        await lint({
          'z.md': seed('Z', day(1), named('z', url)),
          'a.md': seed('A', day(2), named('a', url)),
        }),
      ).toEqual([
        `a.md duplicate-url z.md names the same original URL, ${url}; correct one of the two, or delete one`,
      ]);
    },
  );

  it('that one names is none too many', async () => {
    expect(await lint({ 'z.md': seed('Z', day(1), named('z')), 'a.md': seed('A') })).toEqual([]);
  });
});

describe('a feed', () => {
  const long = (bytes: number) => seed('Long', day(1), 'Some words. '.repeat(bytes / 12));

  it('over 512 kB is found, each format by its own size', async () => {
    expect(await lint({ 'a.md': long(600_000) })).toEqual([
      expect.stringMatching(
        /^publication\.yaml large-feed over 512 kB, which some services refuse: \/rss\.xml \(60\d kB\), \/atom\.xml \(60\d kB\), \/feed\.json \(60\d kB\), \/languages\/en\/rss\.xml \(60\d kB\), \/languages\/en\/atom\.xml \(60\d kB\), \/languages\/en\/feed\.json \(60\d kB\); set fewer "items" than 50, or "content: summary"$/,
      ),
    ]);
  });

  it('of a slice is found where that of the publication has gone on', async () => {
    const old = `---\ntitle: Long\ndate: ${day(1)}\ntags: [ships]\n---\n\n${'Some words. '.repeat(50_000)}\n`;
    const found = await lint({
      'publication.yaml': `${publication}items: 1\n`,
      'a.md': old,
      'b.md': seed('New', day(2)),
    });
    expect(found).toEqual([
      expect.stringMatching(
        / refuse: \/tags\/ships\/rss\.xml \(60\d kB\), \/tags\/ships\/atom\.xml .* than 1, /,
      ),
    ]);
  });

  it.each([
    ['below that', { 'a.md': long(480_000) }],
    ['of summaries', { 'a.md': long(600_000), 'publication.yaml': `${publication}content: summary\n` }],
    ['of a long article that is not due', { 'a.md': long(600_000).replace(day(1), '2027-01-01') }],
  ])('%s is not', async (_, files) => {
    expect((await lint(files)).filter((line) => line.includes('large-feed'))).toEqual([]);
  });
});
