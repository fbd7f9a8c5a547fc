import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixArticles } from '../../../../src/node/check/fix/fix.ts';
import { fixIds as idFix } from '../../../../src/node/check/fix/fix-ids.ts';
import { SeedFolder } from '../../../../src/node/folder/seed-folder.ts';
import { dateline } from '../../command.ts';
import { type Files, longAgo, makeFolder, seed } from '../../temporary-folder.ts';

const publication = 'url: https://daily.example\nid: "tag:daily.example,2026:"\n';
const id = 'tag:daily.example,2026:a';
const read = (dir: string) => new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();
const fixIds = (dir: string) => fixArticles(dir, read(dir), () => false, [idFix([])]);
const headsIn = (dir: string) =>
  read(dir).sources.map((source) => {
    const { slug: _, permalink: __, ...rest } = source.article();
    return rest;
  });
const fixed = (name: string, content: string | Uint8Array): Buffer => {
  const dir = makeFolder({ 'publication.yaml': publication, [name]: content });
  fixIds(dir);
  return readFileSync(join(dir, name));
};
const text = seed('Größe');
const utf16 = (content: string) => Buffer.from(`\uFEFF${content}`, 'utf16le');

describe('an id is written', () => {
  it.each<readonly [string, string, string]>([
    ['at the end', seed('A'), `${seed('A')}\nId: <${id}>\n`],
    ['after a blank line', `${seed('A')}\n`, `${seed('A')}\nId: <${id}>\n`],
    ['after a last line without a line end', seed('A').trimEnd(), `${seed('A')}\nId: <${id}>\n`],
    ['with CR LF', seed('A').replaceAll('\n', '\r\n'), `${seed('A')}\nId: <${id}>\n`.replaceAll('\n', '\r\n')],
    ['with CR', seed('A').replaceAll('\n', '\r'), `${seed('A')}\nId: <${id}>\n`.replaceAll('\n', '\r')],
    ['after white space, which stays', `${seed('A')}  \n\t`, `${seed('A')}  \n\t\n\nId: <${id}>\n`],
    [
      'above an unclosed block',
      seed('A', '2026-03-02', 'Lede.\n\n```\nopen'),
      `# A\n\nId: <${id}>\n\n2026-03-02\n\nLede.\n\n\`\`\`\nopen\n`,
    ],
    [
      'in YAML',
      `---\r\ntitle: A\r\ndate: 2026-03-02\r\n---\r\nB.\r\n`,
      `---\r\nid: "${id}"\r\ntitle: A\r\ndate: 2026-03-02\r\n---\r\nB.\r\n`,
    ],
    [
      'in indented YAML',
      `---\n# c\n  title: A\n  date: 2026-03-02\n---\nB.\n`,
      `---\n  id: "${id}"\n# c\n  title: A\n  date: 2026-03-02\n---\nB.\n`,
    ],
    [
      'in TOML',
      `+++\ntitle = "A"\ndate = 2026-03-02\n[extra]\nx = 1\n+++\nB.\n`,
      `+++\nid = "${id}"\ntitle = "A"\ndate = 2026-03-02\n[extra]\nx = 1\n+++\nB.\n`,
    ],
    [
      'in JSON',
      `{\n  "title": "A",\n  "date": "2026-03-02"\n}\nB.\n`,
      `{\n  "id": "${id}",\n  "title": "A",\n  "date": "2026-03-02"\n}\nB.\n`,
    ],
    [
      'in JSON on one line',
      `{"title": "A", "date": "2026-03-02"}\nB.\n`,
      `{"id": "${id}", "title": "A", "date": "2026-03-02"}\nB.\n`,
    ],
    ...['id:', 'id: null', 'id: ~', 'id: ""', 'ID:   ', 'id: # to come'].map(
      (key) =>
        [
          `in YAML at the empty key ${key}`,
          `---\r\nextra:\r\n  x: 1\r\n${key}\r\ntitle: A\r\ndate: 2026-03-02\r\n---\r\nB.\r\n`,
          `---\r\nextra:\r\n  x: 1\r\n${key.replace(/:\s*(?:null|~|"")?(?=\s*$| #)/, `: "${id}"`)}\r\ntitle: A\r\ndate: 2026-03-02\r\n---\r\nB.\r\n`,
        ] as const,
    ),
    [
      'but not at a key of another map',
      `---\nextra: {id: , x: 1}\nauthor:\n  name: N\n  id:\ntitle: A\ndate: 2026-03-02\n---\nB.\n`,
      `---\nid: "${id}"\nextra: {id: , x: 1}\nauthor:\n  name: N\n  id:\ntitle: A\ndate: 2026-03-02\n---\nB.\n`,
    ],
    [
      'in TOML at its empty key',
      `+++\ntitle = "A"\nid = ''\ndate = 2026-03-02\n+++\nB.\n`,
      `+++\ntitle = "A"\nid = "${id}"\ndate = 2026-03-02\n+++\nB.\n`,
    ],
    [
      'in JSON at its empty key',
      `{"extra": {"id": null}, "id":null, "title": "A", "date": "2026-03-02"}\nB.\n`,
      `{"extra": {"id": null}, "id": "${id}", "title": "A", "date": "2026-03-02"}\nB.\n`,
    ],
  ])('%s', (_, before, after) => {
    expect(fixed('a.md', before).toString()).toBe(after);
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`), Buffer.from(`\nId: <${id}>\n`)],
    ['UTF-16LE', utf16(text), Buffer.from(`\nId: <${id}>\n`, 'utf16le')],
    ['UTF-16BE', utf16(text).swap16(), Buffer.from(`\nId: <${id}>\n`, 'utf16le').swap16()],
  ])('in %s, without changing another byte', (_, before, added) => {
    const bytes = Buffer.from(before);
    expect(fixed('a.md', bytes)).toEqual(Buffer.concat([bytes, added]));
  });

  it('inside a UTF-16 text', () => {
    const front = (more: string) => `---\n${more}title: Größe\ndate: 2026-03-02\n---\nÜ.\n`;
    expect(fixed('a.md', utf16(front('')).swap16())).toEqual(utf16(front(`id: "${id}"\n`)).swap16());
  });

  const texts: Files = {
    'publication.yaml': publication,
    'a.md': seed('A'),
    'sub/größe.txt': seed('Größe'),
    'x/index.md': '---\ntitle: X\ndate: 2026-03-02\n---\nX.\n',
    'y/x.md': '---\ntitle: Y\ndate: 2026-03-03\n---\nY.\n',
    'list.md': seed('List', '2026-03-02', 'Lede.\n\n- one\n- two'),
    'html.md': seed('HTML', '2026-03-02', 'Lede.\n\n<!-- open'),
    'note.md': seed('Note', '2026-03-02', 'Lede.[^1]\n\n[^1]: Note.'),
    'page.mdx': '---\ntitle: M\ndate: 2026-03-02\n---\nM.\n\n<Box>\n\nB.\n',
  };

  it('once, and changes nothing else of the article', () => {
    const dir = makeFolder(texts);
    const before = headsIn(dir);
    expect(fixIds(dir).problems).toEqual([]);
    expect(headsIn(dir)).toEqual(before);
    expect(read(dir).articles.every(({ isIdWritten }) => isIdWritten)).toBe(true);
    expect(fixIds(dir)).toEqual({ written: [], problems: [] });
  });

  it('so that renaming the file or changing the settings of the publication keeps it', () => {
    const dir = makeFolder(texts);
    fixIds(dir);
    const ids = read(dir)
      .sources.map(({ head }) => head.id)
      .sort();
    renameSync(join(dir, 'a.md'), join(dir, 'b.md'));
    renameSync(join(dir, 'sub/größe.txt'), join(dir, 'size.md'));
    writeFileSync(join(dir, 'publication.yaml'), 'title: Else\nid: "tag:else.example,2027:"\n');
    expect(
      read(dir)
        .sources.map(({ head }) => head.id)
        .sort(),
    ).toEqual(ids);
  });

  it('into any text', () => {
    const body = fc.string({ unit: fc.constantFrom(...'a \n\r`~<>!-*#_:[]{}%|"\\+=Id') });
    fc.assert(
      fc.property(body, (body) => {
        const dir = makeFolder({ 'publication.yaml': publication, 'a.md': seed('A', '2026-03-02', body) });
        const before = headsIn(dir);
        const { problems } = fixIds(dir);
        expect(headsIn(dir)).toEqual(before);
        expect(problems).toEqual([]);
        expect(read(dir).articles.every(({ isIdWritten }) => isIdWritten)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('dateline check --fix-ids', () => {
  const untouched = (dir: string, name: string) => expect(statSync(join(dir, name)).mtimeMs).toBe(longAgo.getTime());

  it('is suggested by one warning for all articles', async () => {
    const dir = makeFolder({ 'publication.yaml': publication, 'a.md': seed('A'), 'b.md': seed('B') });
    const { code, stdout } = await dateline(['check', dir]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      `${dir}/publication.yaml:1:1: warning: the id of 2 articles such as ${dir}/a.md is made from the file's name and changes with it; "dateline check --fix" writes it into the file (unfixed-id)\n2 articles, 0 errors, 1 warning\n`,
    );
    expect(await dateline(['check', dir, '--fix-ids'])).toEqual({
      code: 0,
      stdout: '2 articles, 0 errors, 0 warnings\n',
      stderr: 'wrote the ids of 2 articles into their files\n',
    });
  });

  it('does not change files with errors or ids, or drafts', async () => {
    const files = {
      'publication.yaml': publication,
      'a.md': '# A\n\nsoon\n\nLede.\n',
      'b.md': seed('B', '2026-03-02', 'B.\n\nOriginal url: https://a.example/b'),
      'c.md': '---\ntitle: C\ndate: 2026-03-02\nid: urn:c\n---\nC.\n',
      'g.md': '---\ntitle: G\ndate: 2026-03-02\nid: 42\n---\nG.\n',
      'd.md': '---\ntitle: D\ndate: 2026-03-02\ndraft: true\n---\nD.\n',
      'e.md': seed('E', '2026-03-03', 'B.\n\nOriginal url: https://a.example/b'),
      'f.md': Buffer.from(seed('Größe'), 'latin1'),
    };
    const dir = makeFolder(files);
    const { code, stderr } = await dateline(['check', dir, '--fix-ids']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'wrote the ids of 0 articles into their files\n' });
    for (const name of Object.keys(files)) untouched(dir, name);
  });

  it('writes nothing while the publication file has errors, because ids depend on it', async () => {
    const dir = makeFolder({ 'publication.yaml': 'id: wrong\n', 'a.md': seed('A') });
    expect(await dateline(['check', dir, '--fix-ids'])).toMatchObject({
      code: 1,
      stderr: 'fixed nothing, because ids depend on the publication file; fix that file first\n',
    });
    untouched(dir, 'a.md');
    const { code, stderr } = await dateline(['new', 'B', dir]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'dateline: ids depend on the publication file, which has errors; fix it first (dateline check)\n',
    });
  });
});

describe('dateline new', () => {
  it('gives a unique id even if a renamed article has the expected one', async () => {
    const dir = makeFolder({ 'publication.yaml': publication });
    const one = (await dateline(['new', 'Hello', dir])).stdout.trim();
    renameSync(one, join(dir, 'renamed.md'));
    await dateline(['new', 'Hello', dir]);
    const ids = read(dir).sources.map(({ head }) => head.id);
    expect(ids).toHaveLength(2);
    expect(ids).toEqual(expect.arrayContaining([expect.stringMatching(/-hello$/), expect.stringMatching(/-hello-2$/)]));
    expect((await dateline(['check', dir])).stdout).toContain('2 articles, 0 errors, ');
  });
});
