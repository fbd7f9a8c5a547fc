import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../src/article/plain-text.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { writeNewSeed } from '../../../src/node/new/new-seed.ts';
import { dateline, startDateline } from '../command.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const noon = Date.parse('2026-03-10T12:00:00Z');
const setting = { timezone: 'UTC', idBase: 'tag:daily.example,2026:', used: [], home: '.', project: '.' };
const read = (dir: string) => new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();

describe('a new seed', () => {
  it('is in the seed format', () => {
    const dir = makeFolder();
    const path = writeNewSeed('Hello, world', dir, noon, setting);
    expect(path).toBe(join(dir, '2026-03-10-hello-world.md'));
    expect(readFileSync(path, 'utf8')).toBe(
      '# Hello, world\n\n2026-03-10T12:00:00Z\n\nThe lede: what happened, in a sentence or two.\n\nId: <tag:daily.example,2026:2026-03-10-hello-world>\n',
    );
  });

  it.each([
    ['America/New_York', '2026-03-10T23:30:00Z', '2026-03-10', '2026-03-10T19:30:00-04:00'],
    ['Asia/Tokyo', '2026-03-10T23:30:00Z', '2026-03-11', '2026-03-11T08:30:00+09:00'],
    ['Asia/Kolkata', '2026-03-10T20:00:00Z', '2026-03-11', '2026-03-11T01:30:00+05:30'],
    ['Europe/London', '2026-01-10T12:00:00Z', '2026-01-10', '2026-01-10T12:00:00Z'],
  ])('is dated in %s at %s as %s', (timezone, instant, day, written) => {
    const dir = makeFolder();
    const path = writeNewSeed('A', dir, Date.parse(instant), { ...setting, timezone });
    expect(path).toBe(join(dir, `${day}-a.md`));
    expect(readFileSync(path, 'utf8')).toContain(`\n\n${written}\n\n`);
    expect(read(dir).sources[0]?.head.published).toBe(instant);
  });

  it.each([
    '*stars* and _lines_',
    '`code` & <b>tags</b>',
    '[link](https://a.example) ![picture](b.png)',
    '# 1 # in the charts #',
    '\\ and \\* and &amp; and &#42;',
    '~~gone~~ ~once~',
    'https://a.example/b_c and <https://b.example>',
    'me_x@a.example, mailto:me_x@a.example and www.a_b.example/%41',
    'https://a.example/%C3%BC',
    'News: 12:30 o’clock',
    '"quotes" – \'dashes\' -- ... (c) 1/2',
    '- no list',
    '1. no list either',
    '> no quote',
    '| no | table |',
    '===',
    '---',
    '+++',
    '[x]: https://a.example',
    '[^1] note',
    '{.class} {{ braces }} $x^2$ H~2~O ==mark==',
    ':smile: ::: block',
    'Größe ☃ 新聞 𝒳 עברית',
    '2026-03-02',
    'March 2, 2026',
    'Original url: https://a.example',
    'Source: https://a.example',
    '   spaces   \t and \n lines   ',
    '#',
    '\\',
  ])('reads back as %j', (headline) => {
    const dir = makeFolder();
    writeNewSeed(headline, dir, noon, setting);
    const { sources, problems } = read(dir);
    expect(problems).toEqual([]);
    expect(sources[0]?.head).toMatchObject({ title: oneLine(headline), published: '2026-03-10T12:00:00Z' });
    expect(sources[0]?.article()).toMatchObject({
      summary: 'The lede: what happened, in a sentence or two.',
    });
  });

  it('reads back with any headline', () => {
    const marks = fc.string({ unit: fc.constantFrom(...'a1 \\`*_[]<>&~!#-+=:;|"\'(){}^$@./%') });
    fc.assert(
      fc.property(
        fc.oneof(
          marks,
          marks.map((text) => `see https://a.example/${text}`),
          fc.string({ unit: 'binary' }),
        ),
        (headline) => {
          fc.pre(oneLine(headline) !== '');
          const dir = makeFolder();
          writeNewSeed(headline, dir, noon, setting);
          const { sources, problems } = read(dir);
          expect(problems).toEqual([]);
          expect(sources.map(({ head }) => head.title)).toEqual([oneLine(headline)]);
        },
      ),
      { numRuns: 300, examples: [['see https://a.example/%%%%'], ['Up %% from 5%% to %%7%%%']] },
    );
  });

  it.each([
    ['', 'the headline is empty'],
    [' \n\t', 'the headline is empty'],
    ['\u0000', 'the headline is empty'],
  ])('is refused with the headline %j', (headline, message) => {
    const dir = makeFolder();
    expect(() => writeNewSeed(headline, dir, noon, setting)).toThrow(message);
    expect(readdirSync(dir)).toEqual([]);
  });

  it.each([
    ['!!!', '2026-03-10-untitled.md'],
    [`${'a'.repeat(79)} b`, `2026-03-10-${'a'.repeat(79)}.md`],
    ['a'.repeat(300), `2026-03-10-${'a'.repeat(80)}.md`],
    ['聞'.repeat(300), `2026-03-10-${'聞'.repeat(80)}.md`],
    [`a${'𐐨'.repeat(300)}`, `2026-03-10-a${'𐐨'.repeat(39)}.md`],
    ['../../etc/passwd', '2026-03-10-etc-passwd.md'],
    ['C:\\con', '2026-03-10-c-con.md'],
  ])('with the headline %j gets the file name %j', (headline, name) => {
    const dir = makeFolder();
    writeNewSeed(headline, dir, noon, setting);
    expect(readdirSync(dir)).toEqual([name]);
  });

  it('never overwrites a file', () => {
    const dir = makeFolder({ '2026-03-10-hello.md': seed('Mine') });
    expect(() => writeNewSeed('Hello!', dir, noon, setting)).toThrow(
      `${join(dir, '2026-03-10-hello.md')} exists already; choose another headline or edit that file`,
    );
    expect(readFileSync(join(dir, '2026-03-10-hello.md'), 'utf8')).toBe(seed('Mine'));
  });
});

describe('a new seed with front matter', () => {
  it('names the schema of its keys for editors', () => {
    const dir = makeFolder({
      'posts/hello.md': seed('Hello'),
      'node_modules/dateline-feeds/schemas/publication.schema.json': '{}',
    });
    const path = writeNewSeed('Hello, world', join(dir, 'posts'), noon, setting, true);
    expect(readFileSync(path, 'utf8')).toBe(
      [
        '---',
        '# yaml-language-server: $schema=../node_modules/dateline-feeds/schemas/front-matter.schema.json',
        'title: Hello, world',
        'date: 2026-03-10T12:00:00Z',
        'id: tag:daily.example,2026:2026-03-10-hello-world',
        '---',
        '',
        'The lede: what happened, in a sentence or two.',
        '',
      ].join('\n'),
    );
  });

  it.each([
    'a: b # c',
    '"quotes" and \'others\'',
    '- list',
    '2026',
    'true',
    '*stars* and [link](https://a.example)',
    '---',
    '{{ braces }}',
    '@home & 100%',
    'Größe ☃ 新聞 𝒳 עברית',
    `${'long '.repeat(40)}headline`,
  ])('reads back as %j', (headline) => {
    const dir = makeFolder();
    writeNewSeed(headline, dir, noon, setting, true);
    const { articles, problems } = read(dir);
    expect(problems).toEqual([]);
    expect(articles[0]).toMatchObject({ isIdWritten: true });
    expect(articles[0]?.source.head).toMatchObject({
      ...{ title: headline, published: '2026-03-10T12:00:00Z' },
      id: expect.stringMatching(/^tag:daily\.example,2026:2026-03-10-/),
    });
    expect(articles[0]?.source.article().summary).toBe('The lede: what happened, in a sentence or two.');
  });
});

describe('dateline new', () => {
  it('prints the path of the article, dated now in the time zone of the publication', async () => {
    const dir = makeFolder({ 'publication.yaml': 'timezone: Pacific/Kiritimati\n' });
    const before = Date.now();
    const { code, stdout, stderr } = await dateline(['new', 'Hello', dir]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^${dir}/\\d{4}-\\d{2}-\\d{2}-hello\\.md\n$`));
    const [, written = ''] = /\n\n(\S+)\n\n/.exec(readFileSync(stdout.trim(), 'utf8')) ?? [];
    expect(written).toMatch(/\+14:00$/);
    expect(Date.parse(written)).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000);
    expect(Date.parse(written)).toBeLessThanOrEqual(Date.now());
    const again = await dateline(['new', 'Hello', dir]);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^dateline: .* exists already; choose another headline or edit that file\n$/);
  });

  it('creates the folder if it is missing', async () => {
    const dir = join(makeFolder(), 'in', 'here');
    expect(await dateline(['new', 'Hello', dir])).toMatchObject({ code: 0 });
    expect(readdirSync(dir)).toHaveLength(1);
  });

  describe('takes time zone and id from the publication around the folder', () => {
    const files = {
      'package.json': '{}',
      'seeds/publication.yaml': 'timezone: Pacific/Kiritimati\nid: "tag:daily.example,2026:"\n',
      'seeds/politics/old.md': seed('Old'),
    };
    const said = (path: string) => readFileSync(path, 'utf8').split('\n\n');

    it.each([
      ['a section', '.', ['seeds/politics'], 'seeds/politics'],
      ['a section that does not exist yet', '.', ['seeds/sport/rowing'], 'seeds/sport/rowing'],
      ['the folder that init set up', '.', ['.'], 'seeds'],
      ['no folder', '.', [], 'seeds'],
      ['no folder inside the publication', 'seeds', [], '.'],
      ['no folder inside a section', 'seeds/politics', [], '.'],
    ])('given %s', async (_, from, args, into) => {
      const dir = makeFolder(files);
      const cwd = join(dir, from);
      const { code, stdout } = await dateline(['new', 'Budget passes', ...args], { cwd });
      expect(code).toBe(0);
      const path = join(cwd, stdout.trim());
      expect(path).toMatch(new RegExp(`^${join(cwd, into)}/[\\d-]+-budget-passes\\.md$`));
      const [, date, , id] = said(path);
      expect(date).toMatch(/\+14:00$/);
      const name = path.slice(path.lastIndexOf('/') + 1, -3);
      expect(id).toBe(`Id: <tag:daily.example,2026:${name}>\n`);
      expect(existsSync(join(dir, 'seeds/seeds'))).toBe(false);
    });

    it('but not from one around the project', async () => {
      const dir = makeFolder({
        'publication.yaml': files['seeds/publication.yaml'],
        'blog/package.json': '{}',
      });
      const { stdout, stderr } = await dateline(['new', 'A', 'blog/posts'], { cwd: dir });
      expect(said(join(dir, stdout.trim()))[3]).toMatch(/^Id: <tag:dateline\.internal,2026:/);
      expect(stderr).toContain('no publication.yaml is in blog/posts or around it');
    });

    it('and refuses a name that another section has, because the address would be the same', async () => {
      const cwd = makeFolder(files);
      const { stdout } = await dateline(['new', 'A'], { cwd });
      const again = await dateline(['new', 'A', 'seeds/politics'], { cwd });
      expect(again).toEqual({
        code: 1,
        stdout: '',
        stderr: `dateline: ${stdout.trim()} has the same name, so both would have the same address; choose another headline\n`,
      });
      // With front matter the second takes its folder into the address.
      const third = await dateline(['new', 'A', 'seeds/politics', '--front-matter'], { cwd });
      expect(third.code).toBe(0);
      expect((await dateline(['check'], { cwd })).stdout).toContain('3 articles, 0 errors');
      expect(new Set(read(join(cwd, 'seeds')).sources.map(({ head }) => head.id)).size).toBe(3);
    });

    it('and refuses a name that a section has, even with front matter', async () => {
      const cwd = makeFolder(files);
      const { stdout } = await dateline(['new', 'A', 'seeds/politics'], { cwd });
      const again = await dateline(['new', 'A', '--front-matter'], { cwd });
      expect(again).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`${stdout.trim()} has the same name`),
      });
    });

    it.each<[string, (text: string) => string]>([
      ['a draft', (text) => text.replace('---\n', '---\ndraft: true\n')],
      ['broken', (text) => text.replace('title:', 'title: "')],
    ])('and refuses the name, and avoids the id, of an article that is %s', async (_, hold) => {
      const cwd = makeFolder(files);
      const seeds = join(cwd, 'seeds');
      const path = (await dateline(['new', 'Twin', 'seeds/politics', '--front-matter'], { cwd })).stdout.trim();
      const text = readFileSync(join(cwd, path), 'utf8');
      writeFileSync(join(cwd, path), hold(text));
      expect(read(seeds).sources).toHaveLength(1);
      expect(await dateline(['new', 'Twin'], { cwd })).toMatchObject({
        code: 1,
        stderr: `dateline: ${path} has the same name, so both would have the same address; choose another headline\n`,
      });
      const sport = await dateline(['new', 'Twin', 'seeds/sport', '--front-matter'], { cwd });
      expect(sport.code).toBe(0);
      // Renamed, each still has its id.
      renameSync(join(cwd, path), join(seeds, 'politics/other.md'));
      renameSync(join(cwd, sport.stdout.trim()), join(seeds, 'sport/another.md'));
      expect(await dateline(['new', 'Twin'], { cwd })).toMatchObject({ code: 0 });
      writeFileSync(join(seeds, 'politics/other.md'), text);
      const { sources, problems } = read(seeds);
      expect({
        count: sources.length,
        errors: problems.filter(({ severity }) => severity === 'error'),
      }).toEqual({
        count: 4,
        errors: [],
      });
      const ids = sources.map(({ head }) => head.id.replace(/\d{4}-\d\d-\d\d/, ''));
      expect(ids.toSorted()).toEqual(
        ['-twin', '-twin-2', '-twin-3', 'old'].map((end) => `tag:daily.example,2026:${end}`),
      );
    });

    it('and refuses the name of a draft', async () => {
      const cwd = makeFolder(files);
      const path = (await dateline(['new', 'Twin', 'seeds/politics'], { cwd })).stdout.trim();
      const held = join(dirname(path), `_${basename(path)}`);
      renameSync(join(cwd, path), join(cwd, held));
      expect(await dateline(['new', 'Twin'], { cwd })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`${held} has the same name`),
      });
    });

    it('and reports if its file has errors', async () => {
      const cwd = makeFolder({ ...files, 'seeds/publication.yaml': 'id: wrong\n' });
      const { code, stderr } = await dateline(['new', 'A', 'seeds/politics'], { cwd });
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'dateline: ids depend on the publication file, which has errors; fix it first (dateline check)\n',
      });
    });
  });

  it('gives unique ids to publications without an id', async () => {
    const ids = await Promise.all(
      [{}, {}, { 'seeds/publication.yaml': 'title: A\n' }].map(async (files) => {
        const cwd = makeFolder(files);
        const { stdout } = await startDateline(['new', 'Hello'], { cwd });
        return read(join(cwd, 'seeds')).sources.map(({ head }) => [head.id, stdout.trim()])[0] ?? [];
      }),
    );
    for (const [id, path] of ids)
      expect(id).toMatch(
        new RegExp(`^tag:dateline\\.internal,2026:[\\da-f]{8}-[\\da-f]{4}:${path?.slice('seeds/'.length, -3)}$`),
      );
    expect(new Set(ids.map(([id]) => id)).size).toBe(3);
  });

  it('reports a new folder and a missing publication file', async () => {
    const cwd = makeFolder();
    expect((await dateline(['new', 'Hello'], { cwd })).stderr).toBe(
      'made the folder ./seeds\nno publication.yaml is in ./seeds or around it, so the article is dated in UTC and its id begins with random characters; "dateline init" writes a file that sets both\n',
    );
    const known = makeFolder({ 'seeds/publication.yaml': 'title: A\n' });
    expect((await dateline(['new', 'Hello'], { cwd: known })).stderr).toBe('');
  });

  it('names the schema in the future package, also from inside the folder of articles', async () => {
    const dir = makeFolder({ 'seeds/publication.yaml': 'title: A\n', 'wrangler.toml': '' });
    mkdirSync(join(dir, 'seeds/politics'));
    for (const [from, up] of [
      ['seeds', '..'],
      ['seeds/politics', '../..'],
    ] as const) {
      const cwd = join(dir, from);
      const { stdout } = await dateline(['new', `In ${from}`, '--front-matter'], { cwd });
      expect(readFileSync(join(cwd, stdout.trim()), 'utf8')).toContain(
        `$schema=${up}/node_modules/dateline-feeds/schemas/front-matter.schema.json\n`,
      );
    }
  });

  it.each([[], ['--front-matter']])('writes a placeholder that check reports, with %j', async (...options) => {
    const cwd = makeFolder({
      'seeds/publication.yaml': 'url: https://a.example/\nid: "tag:a.example,2026:"\n',
    });
    const { stdout: path } = await dateline(['new', 'Hello', ...options], { cwd });
    const line = options.length === 0 ? 5 : 8;
    const check = async () => (await dateline(['check'], { cwd })).stdout;
    expect(await check()).toBe(
      `${path.trim()}:${line}:1: warning: this is the placeholder paragraph of a new article; replace it, or delete the article, before you publish (placeholder)\n1 article, 0 errors, 1 warning\n`,
    );
    const file = join(cwd, path.trim());
    writeFileSync(file, readFileSync(file, 'utf8').replace('The lede: what happened', 'The ferry sails'));
    expect(await check()).toBe('1 article, 0 errors, 0 warnings\n');
  });

  it('writes nothing into a folder where articles are not read', async () => {
    const dir = makeFolder({ 'publication.yaml': 'url: https://daily.example/\n', 'public/ads.txt': '' });
    for (const folder of ['public', 'public/deep'])
      expect(await dateline(['new', 'Hello', join(dir, folder)])).toEqual({
        ...{ code: 1, stdout: '' },
        stderr: `dateline: ${join(dir, folder)} is for files at the root of the site, where articles are not read; choose another folder\n`,
      });
    expect(readdirSync(join(dir, 'public'))).toEqual(['ads.txt']);
  });

  it('reports a file in place of the folder', async () => {
    const cwd = makeFolder({ 'a.txt': 'A' });
    expect(await dateline(['new', 'Hello', 'a.txt/b'], { cwd })).toMatchObject({
      code: 1,
      stderr: 'dateline: a.txt/b: a file stands where this folder would be; name another folder\n',
    });
  });

  it.each<[string, string[], number, RegExp]>([
    ['no headline', [], 2, /^error: missing required argument 'headline'\n/],
    ['an empty headline', [''], 1, /^dateline: the headline is empty; write it in quotes: dateline new "Headline"\n$/],
    ['words without quotes', ['Hello', 'world', 'again'], 2, /^error: too many arguments/],
  ])('reports what is wrong with %s', async (_, args, expected, message) => {
    const cwd = makeFolder();
    const { code, stderr } = await dateline(['new', ...args], { cwd });
    expect(code).toBe(expected);
    expect(stderr).toMatch(message);
    expect(existsSync(join(cwd, 'seeds'))).toBe(false);
  });
});
