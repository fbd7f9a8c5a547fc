import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { parse } from 'yaml';
import { initFolder, type NewFolder } from '../../../src/node/new/init.ts';
import { newFolder } from '../../../src/node/new/new-folder.ts';
import { compatibilityDate } from '../../../src/node/new/wrangler-template.ts';
import { parsePublicationFile, publicationKeys } from '../../../src/publication/file/publication-file.ts';
import { config } from '../../edge/workerd.ts';
import { checkout, dateline, startDateline, startServe } from '../command.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const defaults = { title: 'None', url: 'https://none.example/' };
const noon = Date.parse('2026-03-10T12:00:00Z');
const folder: NewFolder = {
  ...{ title: 'The Daily', id: 'tag:daily.example,2026-03-10:', language: 'en', timezone: 'UTC' },
  ...{ worker: 'daily', seeds: './seeds' },
};
const writeFirst = (seeds: string): string => {
  const path = join(seeds, 'first.md');
  writeFileSync(path, seed('First'));
  return path;
};

/** Parses the publication file of a new folder. */
function publicationIn(dir: string) {
  const path = join(dir, 'seeds/publication.yaml');
  return parsePublicationFile({ path, text: readFileSync(path, 'utf8') }, defaults);
}

describe('dateline init', () => {
  it('sets up a folder that every command accepts, from inside and outside', async () => {
    const dir = join(makeFolder(), 'harbour-news');
    const setting = { env: { TZ: 'Europe/Vienna', LC_ALL: 'de_AT.UTF-8' } };
    const { code, stdout, stderr } = await startDateline(['init', dir, '--url', 'https://harbour.example'], setting);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [article = ''] = readdirSync(join(dir, 'seeds'));
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      `wrote ${dir}/seeds/publication.yaml`,
      `wrote ${dir}/seeds/${article}`,
      `wrote ${dir}/wrangler.toml`,
      `wrote ${dir}/.gitignore`,
    ]);
    const { site, problems, hasUrl } = publicationIn(dir);
    expect({ problems, hasUrl }).toEqual({ problems: [], hasUrl: true });
    expect(site).toMatchObject({
      ...{
        title: 'Harbour news',
        url: 'https://harbour.example/',
        timezone: 'Europe/Vienna',
        language: 'de-AT',
      },
      id: expect.stringMatching(/^tag:harbour\.example,\d{4}-\d\d-\d\d:$/),
    });
    expect(readFileSync(join(dir, 'seeds', article), 'utf8')).toContain(`\nId: <${site.id}${article.slice(0, -3)}>\n`);
    for (const [args, cwd] of [
      [['check', dir], checkout],
      [['check'], dir],
      [['check', '.'], dir],
    ] as const)
      expect(await dateline(args, { cwd })).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(
          /^\S*seeds\/[\d-]+-hello-world\.md:5:1: warning: .* \(placeholder\)\n1 article, 0 errors, 1 warning\n$/,
        ),
      });
    const second = await dateline(['new', 'Second', dir]);
    expect(second.stdout).toMatch(/harbour-news\/seeds\/[\d-]+-second\.md\n$/);
    const served = await startServe([], { cwd: dir });
    expect(await (await fetch(new URL('rss.xml', served.url))).text()).toContain('<title>Second</title>');
    await served.stop();
    expect(await dateline(['build'], { cwd: dir })).toMatchObject({ code: 0 });
    expect(existsSync(join(dir, 'dist/site-edge/_dateline/edition-6.json'))).toBe(true);
  });

  it('keeps existing files and lists them', async () => {
    const files = {
      'seeds/publication.yml': 'title: Mine\nid: "tag:mine.example,2020:"\n',
      'seeds/2026/mine.md': seed('Mine'),
      'wrangler.jsonc': '{}',
      '.gitignore': '/node_modules\n*.log\n',
    };
    const cwd = makeFolder(files);
    const { code, stdout } = await dateline(['init', '--title', 'Other'], { cwd });
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'kept seeds/publication.yml, which exists already',
      'kept seeds/2026/mine.md, which exists already',
      'kept wrangler.jsonc, which exists already',
      'kept .gitignore, which exists already; add dist/, .wrangler/ to it',
    ]);
    const paths = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((path) =>
      statSync(join(cwd, path)).isFile(),
    );
    expect(Object.fromEntries(paths.map((path) => [path, readFileSync(join(cwd, path), 'utf8')]))).toEqual(files);
  });

  it('says what is left to do before a deploy', async () => {
    const last = async (cwd: string, ...args: readonly string[]) =>
      (await dateline(['init', ...args], { cwd })).stdout.split('\n').at(-2);
    const shows = 'replace the text of the first article; npx dateline serve shows it locally; ';
    const deploy = 'npx wrangler deploy puts it online';
    const cwd = makeFolder({ 'set/seeds/publication.yaml': 'url: https://daily.example/\n' });
    expect(await last(cwd)).toBe(`${shows}set url in seeds/publication.yaml, then ${deploy}`);
    expect(await last(cwd)).toBe(`${shows}set url in seeds/publication.yaml, then ${deploy}`);
    expect(await last(cwd, 'set')).toBe(`cd "set"; ${shows}${deploy}`);
    expect(await last(cwd, 'new', '--url', 'https://daily.example/')).toBe(`cd "new"; ${shows}${deploy}`);
  });

  it.each([
    ['.', 'a folder of articles', '.', 'seeds'],
    ['politics', 'a section of a publication', '.', 'seeds'],
  ])('refuses to make a publication inside another: in %s, %s', async (dir, _, home, seeds) => {
    const files = { 'publication.yaml': 'title: Mine\n', 'politics/mine.md': seed('Mine') };
    const cwd = makeFolder(files);
    expect(await dateline(['init', dir], { cwd })).toEqual({
      ...{ code: 1, stdout: '' },
      stderr: `dateline: ${home} is already a folder of articles with a publication file; "dateline serve ${home}" serves it as it is; to deploy it, move its files into ${seeds} and run this again\n`,
    });
    expect(readdirSync(cwd, { recursive: true }).toSorted()).toEqual([
      'politics',
      'politics/mine.md',
      'publication.yaml',
    ]);
  });

  it('does not write through links', () => {
    const dir = makeFolder();
    const elsewhere = join(makeFolder(), 'elsewhere.toml');
    symlinkSync(elsewhere, join(dir, 'wrangler.toml'));
    const made = initFolder(dir, folder, writeFirst);
    expect(made).toContainEqual({ path: join(dir, 'wrangler.toml'), isNew: false });
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('mints the first id as the existing publication file says', async () => {
    const cwd = makeFolder({ 'seeds/publication.yaml': 'id: "tag:mine.example,2020:"\n' });
    await dateline(['init', '--url', 'https://other.example/'], { cwd });
    const name = readdirSync(join(cwd, 'seeds')).find((name) => name.endsWith('.md')) ?? '';
    expect(readFileSync(join(cwd, 'seeds', name), 'utf8')).toContain('Id: <tag:mine.example,2020:');
  });

  it.each([
    [
      'an invalid URL',
      ['--url', 'daily.example'],
      2,
      /^error: option '--url <address>' argument 'daily\.example' is invalid/,
    ],
    [
      'a URL with a query',
      ['--url', 'https://daily.example/?a=b'],
      2,
      /^error: option '--url <address>' .* without "\?" and "#"\.\n/,
    ],
    ['an empty title', ['--title', ' '], 2, /^error: option '--title <text>' argument ' ' is invalid/],
    [
      'a file instead of a folder',
      ['a.txt'],
      1,
      /^dateline: a\.txt\/seeds: a file stands where this folder would be; name another folder\n$/,
    ],
  ])('reports what is wrong with %s', async (_, args, expected, message) => {
    const cwd = makeFolder({ 'a.txt': 'A' });
    const { code, stderr } = await dateline(['init', ...args], { cwd });
    expect(code).toBe(expected);
    expect(stderr).toMatch(message);
    expect(readdirSync(cwd)).toEqual(['a.txt']);
  });
});

describe('a new publication file', () => {
  it('contains every key, at least as a comment', () => {
    const dir = makeFolder();
    initFolder(dir, folder, writeFirst);
    const text = readFileSync(join(dir, 'seeds/publication.yaml'), 'utf8');
    const keys = Object.keys(publicationKeys).filter((key) => !new RegExp(`^(?:# )?${key}:`, 'm').test(text));
    expect(keys).toEqual([]);
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/node_modules\/dateline-feeds\/schemas\/publication\.schema\.json\n/,
    );
  });

  it('is valid with all commented keys enabled', () => {
    const dir = makeFolder();
    initFolder(dir, folder, writeFirst);
    const path = join(dir, 'seeds/publication.yaml');
    const text = readFileSync(path, 'utf8').replace(/^# (?=\w+:| {2})/gm, (mark, at: number, all: string) =>
      all.startsWith('yaml-language-server', at + mark.length) ? mark : '',
    );
    const { problems } = parsePublicationFile({ path, text }, defaults);
    expect(problems).toEqual([]);
    expect(Object.keys(parse(text)).sort()).toEqual(Object.keys(publicationKeys).sort());
  });

  it('keeps any title', () => {
    const dir = makeFolder();
    initFolder(dir, folder, writeFirst);
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^[-#:{}[\]"'|>&*!%@`~ \w]+$/),
    );
    fc.assert(
      fc.property(texts, (title) => {
        const made = newFolder('news', { title }, noon);
        fc.pre(
          title.trim() === title && !/[\p{Cc}\p{Cf}\p{Z}\p{Cs}\p{Cn}]/u.test(title.replaceAll(' ', '')) && title !== '',
        );
        fc.pre(!/ {2}/.test(title));
        const dir = makeFolder();
        initFolder(dir, made, writeFirst);
        const { site, problems } = publicationIn(dir);
        expect({ title: site.title, problems }).toEqual({ title, problems: [] });
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['https://news.example.org/', /^tag:news\.example\.org,2026-03-10:$/],
    ['https://bücher.example/', /^tag:xn--bcher-kva\.example,2026-03-10:$/],
    ['http://localhost:3000/', /^tag:dateline\.internal,2026:[\da-f]{8}-[\da-f]{4}:$/],
    ['http://127.0.0.1/', /^tag:dateline\.internal,2026:[\da-f]{8}-[\da-f]{4}:$/],
    [undefined, /^tag:dateline\.internal,2026:[\da-f]{8}-[\da-f]{4}:$/],
  ])('mints under %s', (url, id) => {
    const made = newFolder('news', url === undefined ? {} : { url }, noon);
    expect(made.id).toMatch(id);
    const dir = makeFolder();
    initFolder(dir, made, writeFirst);
    expect(publicationIn(dir)).toMatchObject({ site: { id: made.id }, problems: [] });
  });

  it('has unique ids without a URL', () => {
    expect(newFolder('news', {}, noon).id).not.toBe(newFolder('news', {}, noon).id);
  });

  it.each([
    ['harbour-news', undefined, 'Harbour news', 'harbour-news'],
    ['Größe & Co.', undefined, 'Größe & Co.', 'gr-e-co'],
    ['新聞', undefined, '新聞', 'dateline'],
    ['news', 'https://daily.me.workers.dev/', 'News', 'daily'],
  ])('in folder %j at %s has the title %j and the worker %s', (dir, url, title, worker) => {
    expect(newFolder(dir, url === undefined ? {} : { url }, noon)).toMatchObject({ title, worker });
  });
});

describe('wrangler.toml', () => {
  it('has the same settings as that of the repository', () => {
    expect(compatibilityDate).toBe(config.compatibility_date);
    const dir = makeFolder();
    initFolder(dir, folder, writeFirst);
    const { assets } = unstable_readConfig({ config: join(dir, 'wrangler.toml') });
    expect({ ...assets, directory: '' }).toEqual({ ...config.assets, directory: '' });
  });
  it.each([
    ['https://news.example/', '# pattern = "news.example"'],
    ['https://daily.me.workers.dev/', '# pattern = "news.example.org"'],
  ])('offers a domain for %s', (url, line) => {
    const dir = makeFolder();
    initFolder(dir, { ...folder, url }, writeFirst);
    expect(readFileSync(join(dir, 'wrangler.toml'), 'utf8')).toContain(line);
  });
});
