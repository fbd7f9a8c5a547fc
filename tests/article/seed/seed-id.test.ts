import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idLine, isAbsoluteIri } from '../../../src/article/seed/seed-id.ts';
import { articleOf, parse, problemsOf, seedOf } from '../seeds.ts';

const ID = 'tag:daily.example,2026:hello';
const LEDE = 'The council met.';
const URL = 'https://publisher.example/slug';

function idAndContent(text: string): [id: string, content: string] {
  const { id, content } = articleOf(text);
  return [id, content];
}

describe('the id of a seed', () => {
  it.each([
    `${LEDE}\n\nId: <${ID}>`,
    `${LEDE}\n\nid: <${ID}>`,
    `${LEDE}\n\nID: <${ID}>`,
    `${LEDE}\n\nId : <${ID}>`,
    `${LEDE}\n\n**Id:** <${ID}>`,
    `${LEDE}\n\n**Id: <${ID}>**`,
    `${LEDE}\n\nId:\n\n<${ID}>`,
    `${LEDE}\n\nId: ${ID}`,
    `Id: <${ID}>\n\n${LEDE}`,
    `${LEDE}\nId: <${ID}>`,
    `${LEDE}\n\nId: <${ID}>\n\nId: <${ID}>`,
  ])('is read from %j and removed from the body', (body) => {
    expect(idAndContent(seedOf(body))).toEqual([ID, `<p>${LEDE}</p>`]);
    expect(parse(seedOf(body))).toMatchObject({ isIdWritten: true, problems: [] });
  });

  it('may be followed by more text', () => {
    expect(idAndContent(seedOf(`${LEDE}\n\nId: <${ID}>\n\nA.\n\nB.\n\nC.`))).toEqual([
      ID,
      `<p>${LEDE}</p>\n<p>A.</p>\n<p>B.</p>\n<p>C.</p>`,
    ]);
  });

  it.each([
    `${LEDE}\n\nOriginal url: <${URL}>\n\nId: <${ID}>`,
    `${LEDE}\n\nId: <${ID}>\n\nOriginal url: <${URL}>`,
    `${LEDE}\n\nOriginal url: <${URL}>\nId: <${ID}>`,
    `${LEDE}\n\nSource: ${URL}\n\nId: <${ID}>`,
    `${LEDE}\n\nOriginal url:\n\n<${URL}>\n\nId:\n\n<${ID}>`,
  ])('takes precedence over the original URL, which stays the permalink: %j', (body) => {
    const { id, permalink, content } = articleOf(seedOf(body));
    expect({ id, permalink, content }).toEqual({ id: ID, permalink: URL, content: `<p>${LEDE}</p>` });
  });

  it.each([
    'https://old.example/?p=12&q=ü#x',
    'urn:uuid:1',
    'TAG:Daily.example,2026:A_b*c*',
    'http://x',
    'doi:10.1000/182',
    'yt:video:1T22QxTkPoM',
    'info:lanl-repo/x',
    'ark:/13030/tf5p30086k',
    'x-app+v1.0:é',
  ])('is kept byte by byte: %s', (id) => {
    expect(articleOf(seedOf(`${LEDE}\n\n${idLine(id)}`)).id).toBe(id);
  });

  it.each(['Id: <hello>', 'Id: <>', 'Id: <tag:a b>', 'Id: <mailto:a@b.example>', `Id: <tag:${'a'.repeat(2100)}>`])(
    'must be an absolute IRI: %j',
    (line) => {
      const { source, problems } = parse(seedOf(`${LEDE}\n\n${line}`));
      expect(source).toBeUndefined();
      expect(problems).toMatchObject([{ line: 7, column: 5, severity: 'error', code: 'bad-id' }]);
    },
  );

  it('gets a warning if it may be meant, and stays in the text', () => {
    const text = seedOf(`${LEDE}\n\nId: 4711`);
    expect(problemsOf(text)).toEqual([
      'seeds/seed.txt:7:5: warning: expected an absolute IRI, such as "Id: <tag:example.org,2026:hello>", got "4711"; it stays in the text (bad-id)',
    ]);
    expect(articleOf(text).content).toContain('Id: 4711');
  });

  it.each([
    'Id: 4711\n\nA.\n\nB.',
    'Id: what Freud called the es\n\nA.\n\nB.',
    '```\nId: <tag:a.example,2026:b>\n```',
    '    Id: <tag:a.example,2026:b>',
    '> Id: <tag:a.example,2026:b>',
    '- Id: <tag:a.example,2026:b>',
    'Say Id: <tag:a.example,2026:b>',
    'Idea: <tag:a.example,2026:b>',
    'Id: <tag:a.example,2026:b> or so',
  ])('is not read from %j', (body) => {
    const { source, isIdWritten, problems } = parse(seedOf(`${LEDE}\n\n${body}`));
    expect(source?.head.id).toBe('tag:site.example,2025:seed');
    expect({ isIdWritten, problems }).toEqual({ isIdWritten: false, problems: [] });
    expect(source?.article().content).toMatch(/Id/);
  });

  it('must be unambiguous: two different ids are an error', () => {
    expect(problemsOf(seedOf(`${LEDE}\n\nId: <${ID}>\n\nId: <tag:b.example,2026:b>`))).toEqual([
      `seeds/seed.txt:9:5: error: the article has two ids, "${ID}" and "tag:b.example,2026:b"; keep the one under which it is published (two-ids)`,
    ]);
  });

  it('depends on neither the file name nor the publication', () => {
    const text = seedOf(`${LEDE}\n\nId: <${ID}>`);
    expect(articleOf(text, { mintId: (slug) => `tag:other.example,2000:${slug}` }).id).toBe(ID);
  });
});

describe('below front matter', () => {
  const front = (keys: string, body: string) => `---\ntitle: T\ndate: 2026-03-02\n${keys}---\n${body}\n`;

  it.each([
    ['an id of its own', `id: ${ID}\n`, LEDE, ID, true],
    ['a line', '', `${LEDE}\n\nId: <${ID}>`, ID, true],
    ['both alike', `id: ${ID}\n`, `${LEDE}\n\nId: <${ID}>`, ID, true],
    ['a line, over an id that is not an IRI,', 'id: 42\n', `${LEDE}\n\nId: <${ID}>`, ID, true],
    ['an id that is not an IRI', 'id: 42\n', LEDE, 'tag:site.example,2025:id/42', true],
    ['an id before the original URL', `id: ${ID}\nurl: ${URL}\n`, LEDE, ID, true],
    [
      'an id that is not an IRI, over the original URL,',
      `id: 42\nurl: ${URL}\n`,
      LEDE,
      'tag:site.example,2025:id/42',
      true,
    ],
    ['an original URL', `url: ${URL}\n`, LEDE, URL, true],
    ['nothing', '', LEDE, 'tag:site.example,2025:seed', false],
  ])('%s is used', (_, keys, body, id, isIdWritten) => {
    const { source, ...rest } = parse(front(keys, body));
    expect(source?.head.id).toBe(id);
    expect(rest).toMatchObject({ isIdWritten, problems: [] });
    expect(source?.article().content).toBe(`<p>${LEDE}</p>`);
  });

  it.each([
    ['id: 42\n', '42'],
    ['id: 007\n', '007'],
    ['guid: 3f1c7f1e-1111-4222-8333-444455556666\n', '3f1c7f1e-1111-4222-8333-444455556666'],
    ['id: "  a  b\\n\\0c "\n', 'a  b\nc'],
    [`id: 42\nurl: ${URL}\n`, '42'],
    [`id: ${ID}\n`, undefined],
    [`url: ${URL}\n`, undefined],
    ['', undefined],
  ])('%j states an id that is not an IRI and is kept byte by byte: %j', (keys, plainId) => {
    expect(articleOf(front(keys, LEDE)).plainId).toBe(plainId);
    expect(articleOf(front(keys, `${LEDE}\n\nId: <${ID}>`)).plainId).toBeUndefined();
  });

  it('a line that differs from it is an error', () => {
    expect(parse(front(`id: ${ID}\n`, `${LEDE}\n\nId: <tag:b.example,2026:b>`)).problems).toMatchObject([
      { line: 8, column: 5, severity: 'error', code: 'two-ids' },
    ]);
  });

  it.each(['Id: 4711', 'Id: <b>', `Id: ${ID}`])('%j is text like any other', (line) => {
    expect(parse(front('', `${LEDE}\n\n${line}`))).toMatchObject({ isIdWritten: false, problems: [] });
  });
});

it.each([
  'C:\\Users\\a.md',
  'C:/Users/a.md',
  'c:a',
  'a b:c',
  'doi: 10.1000/182',
  'note: this',
  'doi:',
  ':a',
  '10:30',
  '1a:b',
  '+a:b',
  'a_b:c',
  'é:a',
  'doi:10.1002/<1>',
  'tag:a\u0000b',
  'mailto:a@b.example',
  'plain',
  '3f1c7f1e-1111-4222-8333-444455556666',
])('%j is no absolute IRI', (text) => expect(isAbsoluteIri(text)).toBe(false));

describe('any text after the label', () => {
  it('is an absolute IRI or no id', () => {
    const near = fc.string({ unit: fc.constantFrom(...'tag:urn<>/ \n*_\\"{}ü\u0007Id') });
    fc.assert(
      fc.property(near, near, (before, value) => {
        const { source, isIdWritten } = parse(seedOf(`${LEDE}\n\n${before}Id: <${value}>`));
        if (isIdWritten === true) expect(isAbsoluteIri(source?.head.id ?? '')).toBe(true);
      }),
    );
  });

  it('is read back as it was written', () => {
    const iri = fc.webUrl({ withFragments: true, withQueryParameters: true });
    fc.assert(
      fc.property(iri.filter(isAbsoluteIri), (id) => {
        expect(articleOf(seedOf(`${LEDE}\n\n${idLine(id)}`)).id).toBe(id);
      }),
    );
  });
});
