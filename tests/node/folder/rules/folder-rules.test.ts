import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { readFrontMatter } from '../../../../src/article/front-matter/front-matter.ts';
import { inheritedExpiries, withInherited } from '../../../../src/article/front-matter/inherited.ts';
import { formatProblem } from '../../../../src/article/problem.ts';
import type { ChangedPaths } from '../../../../src/node/disk/watch-folder.ts';
import { SeedFolder } from '../../../../src/node/folder/seed-folder.ts';
import { type Files, makeFolder, writeFiles } from '../../temporary-folder.ts';

const open = (dir: string): SeedFolder => new SeedFolder(dir, { url: 'http://localhost:3000/' });
const page = (...lines: string[]): string =>
  ['---', 'title: A', 'date: 2024-01-05', ...lines, '---', 'Text'].join('\n');
const section = (...lines: string[]): string => ['---', 'title: S', ...lines, '---', ''].join('\n');

function read(dir: string) {
  const { sources, problems } = open(dir).read();
  return {
    published: sources.map(({ head }) => head.slug),
    dates: sources.map(({ head }) => head.published.slice(0, 10)),
    problems: problems.map((problem) => formatProblem(problem).replaceAll(`${dir}/`, '')),
  };
}

/** Reads a folder with the articles `s/a.md` and `s/sub/deep/b.md`, and `p.md` beside them. */
const around = (files: Files) =>
  read(makeFolder({ 's/a.md': page(), 's/sub/deep/b.md': page(), 'p.md': page(), ...files }));

describe('the page of a section holds back all articles below it with', () => {
  test.each<[string, Files]>([
    ['draft in YAML', { 's/_index.md': section('draft: true') }],
    ['draft in TOML', { 's/_index.md': '+++\ntitle = "S"\ndraft = true\n+++\n' }],
    ['draft in JSON', { 's/_index.md': '{"title": "S", "draft": true}\n' }],
    ['Windows line ends', { 's/_index.md': '---\r\ntitle: S\r\ndraft: true\r\n---\r\n' }],
    ['extra.draft', { 's/_index.md': '+++\ntitle = "S"\n[extra]\ndraft = true\n+++\n' }],
    ['status: draft', { 's/_index.md': section('status: draft') }],
    ['build', { 's/_index.md': section('build: { render: never }') }],
    ['_build', { 's/_index.md': section('_build:', '  list: never') }],
    ['HTML', { 's/_index.html': section('draft: true') }],
    ['cascade as a map', { 's/_index.md': section('cascade:', '  draft: true') }],
    ['cascade as a list', { 's/_index.md': section('cascade:', '  - draft: true') }],
    ['cascade in TOML', { 's/_index.md': '+++\ntitle = "S"\n[[cascade]]\ndraft = true\n+++\n' }],
    ['cascade in JSON', { 's/_index.md': '{"title": "S", "cascade": {"draft": true}}\n' }],
    ['cascade.params', { 's/_index.md': section('cascade:', '  params:', '    draft: true') }],
    ['cascade with a rarer key', { 's/_index.md': section('cascade: { expired: true }') }],
    ['cascade with build', { 's/_index.md': section('cascade: { build: { list: never, render: never } }') }],
    [
      'a target with the path of files, as before Hugo 0.123',
      { 's/_index.md': section('cascade: { draft: true, target: { path: "/**/*.md" } }') },
    ],
    ['a target with a path', { 's/_index.md': section('cascade: { draft: true, target: { path: "/s/**" } }') }],
    [
      'a _target with a path',
      { 's/_index.md': section('cascade: [{ draft: true, _target: { path: "{/s/**,/t}" } }]') },
    ],
    ['a target of pages', { 's/_index.md': section('cascade: [{ draft: true, _target: { kind: page } }]') }],
  ])('%s', (_, files) => {
    expect(around(files)).toMatchObject({ published: ['p'], problems: [] });
  });
  it('draft at the root', () => {
    expect(around({ '_index.md': section('draft: true') }).published).toEqual([]);
  });
  it('articles without front matter, too', () => {
    const files = { 's/a.md': '# A\n\n2024-01-05\n\nText\n', 's/sub/deep/b.md': '# B\n\n2024-01-05\n\nText\n' };
    expect(around({ ...files, 's/_index.md': section('draft: true') }).published).toEqual(['p']);
    expect(around({ ...files, 's/_index.md': section('cascade: { draft: true }') }).published).toEqual(['p']);
  });
  it('a mark of privacy, and one error', () => {
    const { published, problems } = around({ 's/_index.md': section('visibility: members') });
    expect(published).toEqual(['p']);
    expect(problems).toEqual([expect.stringMatching(/^s\/_index\.md:3:13: error: "visibility" .*\(private\)$/)]);
    const cascade = around({ 's/_index.md': section('cascade: { private: true }') });
    expect(cascade.published).toEqual(['p']);
    expect(cascade.problems).toEqual([expect.stringMatching(/^s\/_index\.md:3:21: error: "private" .*\(private\)$/)]);
  });
  it('a fault, which is a problem with its own file', () => {
    const { published, problems } = around({ 's/_index.md': section('draft: perhaps') });
    expect(published).toEqual(['p']);
    expect(problems).toEqual([expect.stringMatching(/^s\/_index\.md:3:8: error: draft: .*\(wrong-value\)$/)]);
    const broken = around({ 's/_index.md': '---\ndraft: [\n---\n' });
    expect(broken.published).toEqual(['p']);
    expect(broken.problems).toEqual([expect.stringMatching(/^s\/_index\.md:2:8: error: .*\(bad-front-matter\)$/)]);
  });
  it('a target that only Hugo can evaluate, with a warning', () => {
    const target = 'target: { path: "/s/**", environment: staging }';
    const { published, problems } = around({ 's/_index.md': section(`cascade: { draft: true, ${target} }`) });
    expect(published).toEqual(['p']);
    expect(problems).toEqual([expect.stringMatching(/^s\/_index\.md:3:\d+: warning: .*"environment".*\(withheld\)$/)]);
  });
});

describe('the page of a section holds back nothing', () => {
  test.each<[string, Files]>([
    ['without such keys', { 's/_index.md': section('draft: false', 'date: 2026-01-01') }],
    [
      "with Zola's render, which is about its own page",
      { 's/_index.md': '+++\nrender = false\ntransparent = true\n+++\n' },
    ],
    ['with a target elsewhere', { 's/_index.md': section('cascade: { draft: true, target: { path: "/t/**" } }') }],
    ['with a target of sections', { 's/_index.md': section('cascade: { draft: true, target: { kind: section } }') }],
    ['in a translation', { 's/_index.de.md': section('draft: true'), 's/_index.md': section() }],
  ])('%s', (_, files) => {
    expect(around(files)).toMatchObject({ published: ['p', 'a', 'b'], problems: [] });
  });
  it('of an article that undoes a cascade, but not a draft section', () => {
    const own = { 's/a.md': page('draft: false') };
    expect(around({ ...own, 's/_index.md': section('cascade: { draft: true }') }).published).toEqual(['p', 'a']);
    expect(around({ ...own, 's/_index.md': section('draft: true') }).published).toEqual(['p']);
  });
  it('below a nearer cascade', () => {
    const files = { 's/_index.md': section('cascade: { draft: true }') };
    expect(around({ ...files, 's/sub/_index.md': section('cascade: { draft: false }') }).published).toEqual(['p', 'b']);
  });
});

describe('a section that appears later', () => {
  it('delays its articles, whatever their own date', () => {
    const { published, dates } = around({ 's/_index.md': section('publishDate: 2099-01-01') });
    expect(published).toEqual(['p', 'a', 'b']);
    expect(dates).toEqual(['2024-01-05', '2099-01-01', '2099-01-01']);
  });
  it('by its date, which counts only while it lies ahead', () => {
    expect(around({ 's/_index.md': section('date: 2099-01-01') }).dates).toEqual([
      '2024-01-05',
      '2099-01-01',
      '2099-01-01',
    ]);
    expect(around({ 's/_index.md': section('date: 2025-01-01') }).dates).toEqual([
      '2024-01-05',
      '2024-01-05',
      '2024-01-05',
    ]);
  });
  it('by cascade, unless an article has the key', () => {
    const files = {
      's/_index.md': section('cascade: { publishDate: 2099-01-01 }'),
      's/a.md': page('publishDate: 2024-01-06'),
    };
    expect(around(files).dates).toEqual(['2024-01-05', '2024-01-06', '2099-01-01']);
  });
  it('in the seed format, too', () => {
    const files = { 's/_index.md': section('publishDate: 2099-01-01'), 's/a.md': '# A\n\n2024-01-05\n\nText\n' };
    expect(around(files).dates).toEqual(['2024-01-05', '2099-01-01', '2099-01-01']);
  });
});

describe('the expiry of a section', () => {
  const tableOf = (text: string) => {
    const found = readFrontMatter(text, () => {});
    if (typeof found !== 'object') throw new Error('no front matter');
    return found.table;
  };
  it('reaches the keys of its articles, besides their own', () => {
    const expiries = inheritedExpiries(tableOf(section('expiryDate: 2020-01-01')));
    const merged = withInherited(tableOf(page('expiryDate: 2030-01-01')), {
      defaults: { kind: 'table', entries: new Map(), at: -1 },
      expiries,
    });
    const dates = ['expirydate', 'expires'].map((key) => merged?.entries.get(key));
    expect(dates).toMatchObject([{ text: '2030-01-01' }, { text: '2020-01-01' }]);
  });
  it('that is not a date holds the section back', () => {
    const { published, problems } = around({ 's/_index.md': section('expiryDate: someday') });
    expect(published).toEqual(['p']);
    expect(problems).toEqual([expect.stringMatching(/^s\/_index\.md:3:13: error: .*\(bad-date\)$/)]);
  });
});

describe('a bundle', () => {
  it.each(['headless: true', 'draft: true', '_build: { render: never, list: never }'])(
    'holds back its pages with %s',
    (line) => {
      expect(read(makeFolder({ 'x/index.md': page(line), 'x/notes.md': page(), 'y.md': page() })).published).toEqual([
        'y',
      ]);
    },
  );
  it.each([
    ['hugo.toml', ['x-de', 'x', 'y']],
    ['config.toml', ['x-de', 'x', 'y']],
    ['_config.yml', ['x-de', 'x', 'notes', 'y', 'z']],
  ])('of a site with %s contains what lies beside its page', (settings, expected) => {
    const parts = { 'x/notes.md': page(), 'x/below/z.md': page() };
    const files = { [settings]: '', 'x/index.md': page(), 'x/index.de.md': page(), ...parts, 'y.md': page() };
    expect(read(makeFolder(files)).published.toSorted()).toEqual(expected.toSorted());
  });
  it('keeps its other translations', () => {
    const files = { 'x/index.md': page('draft: true'), 'x/index.de.md': page() };
    expect(read(makeFolder(files)).published).toEqual(['x-de']);
  });
});

describe('data of Eleventy', () => {
  test.each<[string, Files]>([
    ['posts.json', { 's/s.json': '{"draft": true}' }],
    ['posts.11tydata.json', { 's/s.11tydata.json': '{\n\t"eleventyExcludeFromCollections": true\n}' }],
    ['permalink: false', { 's/s.json': '{"permalink": false}' }],
  ])('of a directory holds back what is below: %s', (_, files) => {
    expect(around(files)).toMatchObject({ published: ['p'], problems: [] });
  });
  it('of one article', () => {
    expect(around({ 's/a.11tydata.json': '{"permalink": false}' }).published).toEqual(['p', 'b']);
    expect(around({ 's/a.json': '{"draft": true}' }).published).toEqual(['p', 'b']);
  });
  it('nearer data, and the article itself, win', () => {
    const files = { 's/s.json': '{"draft": true}', 's/sub/sub.json': '{"draft": false}' };
    expect(around(files).published).toEqual(['p', 'b']);
    expect(around({ 's/s.json': '{"draft": true}', 's/a.md': page('draft: false') }).published).toEqual(['p', 'a']);
  });
  it('changes no id, address or tag', () => {
    const { published } = around({ 's/s.json': '{"permalink": "/x/", "tags": "posts", "slug": "z", "id": "q"}' });
    expect(published).toEqual(['p', 'a', 'b']);
  });
  it('that is a program has a warning', () => {
    const { published, problems } = around({ 's/s.11tydata.js': 'export default {};' });
    expect(published).toEqual(['p', 'a', 'b']);
    expect(problems).toEqual([expect.stringMatching(/^s\/s\.11tydata\.js:1:1: warning: .*\(withheld\)$/)]);
  });
  it('is a program with the endings that docs/front-matter.md lists, and no others', () => {
    const page = readFileSync(new URL('../../../../docs/front-matter.md', import.meta.url), 'utf8');
    const [, row = ''] = /^\| Eleventy \| (`\*\.11tydata\.js`.*?) \|/m.exec(page) ?? [];
    const listed = [...row.matchAll(/\.(\w+)`/g)].map(([, ending = '']) => ending);
    expect(listed.length).toBeGreaterThan(2);
    const endings = ['js', 'cjs', 'mjs', 'ts', 'cts', 'mts', 'jsx', 'tsx', 'coffee', 'py', 'rb', 'php', 'yaml', 'toml'];
    const read = endings.filter((ending) => around({ [`s/s.11tydata.${ending}`]: 'x' }).problems.length > 0);
    expect(read).toEqual(listed);
  });
  it('that is not JSON is an error, and holds the articles back', () => {
    const { published, problems } = around({ 's/s.json': '{"draft": tru' });
    expect(published).toEqual(['p']);
    expect(problems).toEqual([expect.stringMatching(/^s\/s\.json:.* error: .*\(bad-front-matter\)$/)]);
  });
  it('is not every JSON file', () => {
    expect(around({ 's/other.json': '{"draft": true}', 's/s.json': '[1]' })).toMatchObject({
      published: ['p', 'a', 'b'],
      problems: [],
    });
  });
});

describe('the settings of a site', () => {
  const defaults = (path: string) =>
    `defaults:\n  - scope:\n      path: "${path}"\n    values:\n      published: false\n`;
  it("of Jekyll hold back a path, below the folder's own and below the site's", () => {
    expect(around({ '_config.yml': defaults('s') }).published).toEqual(['p']);
    expect(around({ '_config.yml': defaults('s/sub') }).published).toEqual(['p', 'a']);
    expect(around({ '_config.yml': defaults('t') }).published).toEqual(['p', 'a', 'b']);
    const site = makeFolder({ '_config.yml': defaults('_posts/s'), '_posts/s/a.md': page(), '_posts/b.md': page() });
    expect(read(join(site, '_posts')).published).toEqual(['b']);
  });
  it('of Hugo hold back by cascade', () => {
    const hugo = '[[cascade]]\ndraft = true\n[cascade.target]\npath = "/s/**"\n';
    const site = makeFolder({ 'hugo.toml': hugo, 'content/s/a.md': page(), 'content/b.md': page() });
    expect(read(join(site, 'content')).published).toEqual(['b']);
  });
});

describe('folders around the folder of articles', () => {
  test.each<[string, Files, string]>([
    ['a draft section', { 'content/posts/_index.md': section('draft: true') }, 'content/posts/2024'],
    ['a cascade', { 'content/_index.md': section('cascade: { draft: true }') }, 'content/posts/2024'],
    [
      'a cascade with a path',
      { 'content/_index.md': section('cascade: { draft: true, target: { path: "/posts/2024/a" } }') },
      'content/posts/2024',
    ],
    ["Eleventy's data", { 'content/content.json': '{"draft": true}' }, 'content/blog'],
  ])('hold back with %s', (_, files, folder) => {
    const site = makeFolder({ ...files, [`${folder}/a.md`]: page(), [`${folder}/b.md`]: page('draft: false') });
    const { published } = read(join(site, folder));
    expect(published).not.toContain('a');
    expect(around({ 's/s.json': '// A comment\n{"draft": true}' }).published).toEqual(['p']);
  });
});

describe('the settings of a site leave out', () => {
  /** The articles of a site, of which `content` is the folder of articles. */
  const site = (files: Files, folder = '') => {
    const articles = ['a', 's/b', 's/deep/c', 'wip-d'].map((name) => [join(folder, `${name}.md`), page()] as const);
    const { published, problems } = read(join(makeFolder({ ...Object.fromEntries(articles), ...files }), folder));
    expect(problems).toEqual([]);
    return published.join();
  };
  test.each<[string, string, string]>([
    ['a folder', 's/', 'a,wip-d'],
    ['a folder without its slash', 's', 'a,wip-d'],
    ['from the root', '/s/b.md', 'a,c,wip-d'],
    ['a name at any depth', 'c.md', 'a,b,wip-d'],
    ['globs', '# A comment\n\n**/wip-*\ns/*.md', 'a,c'],
    ['braces', '{a,wip-*}.md', 'b,c'],
    ['with an exception', 's/**\n!s/b.md', 'a,b,wip-d'],
    ['too much rather than too little', 'wip-[abd].md', 'a,b,c'],
    ['nothing elsewhere', 't/\nx*.md', 'a,b,c,wip-d'],
  ])('what .eleventyignore names: %s', (_, lines, expected) => {
    expect(site({ '.eleventyignore': lines })).toBe(expected);
    const above = lines.replace(/^(!?)(?=\/?s\/.)\/?/gm, '$1content/');
    expect(site({ '.eleventyignore': above }, 'content')).toBe(expected);
  });
  test.each<[string, Files, string, string?]>([
    ['exclude in _config.yml', { '_config.yml': 'exclude: [s/deep, wip-d.md]' }, 'a,b'],
    ['exclude of Hexo', { '_config.yml': 'exclude:\n  - "s/**/*.md"\nignore: "wip-*"' }, 'a', 'source'],
    ['ignoreFiles of Hugo', { 'hugo.toml': "ignoreFiles = ['/deep/', 'wip-.*\\.md$']" }, 'a,b', 'content'],
    [
      'excludeFiles of a mount of Hugo',
      {
        'hugo.yaml': 'module:\n  mounts:\n    - { source: content, target: content, excludeFiles: "s/**" }',
      },
      'a,wip-d',
      'content',
    ],
    [
      'settings in config/_default',
      {
        'config/_default/hugo.toml': '[[cascade]]\ndraft = true\n[cascade.target]\npath = "/s/**"\n',
      },
      'a,wip-d',
      'content',
    ],
    ['ignored_content of Zola', { 'config.toml': 'ignored_content = ["wip-*", "s/deep/*"]' }, 'a,b', 'content'],
    [
      'ignorePatterns of Quartz',
      {
        'quartz.config.ts': 'const config = {\n  ignorePatterns: ["deep", "wip-*.md"],\n}',
      },
      'a,b',
      'content',
    ],
    [
      'exclude of Docusaurus',
      {
        'docusaurus.config.js': "blog: { exclude: ['**/wip-*'] }, sitemap: { ignorePatterns: ['/s/**'] }",
      },
      'a,b,c',
      'blog',
    ],
    ['ignores of Eleventy', { 'eleventy.config.js': 'eleventyConfig.ignores.add("s/deep/**")' }, 'a,b,wip-d'],
    ['but not what is commented out', { 'eleventy.config.js': '// config.ignores.add("s")' }, 'a,b,c,wip-d'],
  ])('%s', (_, files, expected, folder) => {
    expect(site(files, folder)).toBe(expected);
  });
  const translated = { 'content/s/b.de.md': page(), 'content/s/b.pt-br.md': page(), 'content/v1.2.md': page() };
  test.each<[string, Files, string]>([
    ['disabled in its settings', { 'hugo.toml': '[languages.de]\ndisabled = true\n[languages.pt-br]\n' }, 'b-pt-br'],
    ['in a list', { 'hugo.yaml': 'disableLanguages: [pt-BR]\nlanguages: { de: {}, pt-br: {} }' }, 'b-de'],
    [
      'in files of their own',
      {
        'config/_default/hugo.toml': 'title = "A"',
        'config/_default/languages.toml': '[de]\ndisabled = true\n',
        'config/_default/languages.pt-br.yaml': 'disabled: true',
      },
      '',
    ],
    ['none', { 'hugo.toml': '[languages.de]\ndisabled = false\n' }, 'b-de,b-pt-br'],
  ])('languages of Hugo that are %s', (_, files, expected) => {
    expect(
      site({ ...translated, ...files }, 'content')
        .split(',')
        .toSorted(),
    ).toEqual(['a', 'b', 'c', 'v1-2', 'wip-d', ...expected.split(',').filter((slug) => slug !== '')].toSorted());
  });
  it('nothing by their names of dates, which Hugo reads in place of others', () => {
    const names =
      'date = ["written", ":default"]\npublishDate = ["blocked", "held", ":default"]\nexpiryDate = ["ends"]\n';
    const article = (keys: string) => `---\ntitle: A\n${keys}\n---\nText.\n`;
    const dir = makeFolder({
      'hugo.toml': `[frontmatter]\n${names}`,
      'content/date.md': article('written: 2026-01-02'),
      'content/both.md': article('date: 2026-01-02\nwritten: 2026-01-05'),
      'content/held.md': article('date: 2026-01-02\nheld: 2026-03-04'),
      'content/ends.md': article('date: 2026-01-02\nends: 2026-05-06\nexpiryDate: 2026-07-08'),
    });
    const { sources } = open(join(dir, 'content')).read();
    expect(Object.fromEntries(sources.map(({ head }) => [head.slug, head.expires ?? head.published]))).toEqual({
      date: '2026-01-02T00:00:00Z',
      both: '2026-01-02T00:00:00Z',
      held: '2026-03-04T00:00:00Z',
      ends: '2026-05-06T00:00:00Z',
    });
  });
  it('folders of no language, where languages of Hugo have folders', () => {
    const settings = '[languages.en]\ncontentDir = "content/s"\n[languages.de]\ncontentDir = "content/de"\n';
    const files = { 'hugo.toml': settings, 'content/de/d.md': page(), 'content/none/n.md': page() };
    expect(site(files, 'content')).toBe('d,b,c');
    const off = { ...files, 'hugo.toml': `${settings}disabled = true\n` };
    expect(site(off, 'content')).toBe('b,c');
    // One that was chosen itself is published.
    expect(site({ 'hugo.toml': settings }, 'content/none')).toBe('a,b,c,wip-d');
    expect(site({ 'hugo.toml': '[languages.en]\n[languages.de]\n' }, 'content')).toBe('a,b,c,wip-d');
  });
  it('all but "publish: true" where Quartz has ExplicitPublish', () => {
    const quartz = { 'quartz.config.ts': 'filters: [Plugin.RemoveDrafts(), Plugin.ExplicitPublish()],' };
    expect(site({ ...quartz, 'content/s/b.md': page('publish: true') }, 'content')).toBe('b');
    const off = { 'quartz.config.ts': '// filters: [Plugin.ExplicitPublish()],' };
    expect(site(off, 'content')).toBe('a,b,c,wip-d');
  });
  it('folders whose name begins with "_", with a warning if they look like articles', () => {
    const files = { '_partials/x.md': page(), 's/_notes/y.mdx': page(), '_posts/z.md': page() };
    const { published, problems } = around(files);
    expect(published.toSorted()).toEqual(['a', 'b', 'p', 'z']);
    expect(problems).toEqual([expect.stringMatching(/^s\/_notes\/y\.mdx:1:1: warning: "s\/_notes\/" .*\(withheld\)$/)]);
  });
  it("but not Jekyll's collections and included folders, and none of Hugo", () => {
    const folders = { '_notes/n.md': page(), '_pages/q.md': page(), '_hidden/h.md': page() };
    const jekyll = 'include: [_pages]\ncollections:\n  notes: { output: true }\n  hidden: { output: false }\n';
    expect(around({ ...folders, '_config.yml': jekyll }).published.toSorted()).toEqual(['a', 'b', 'n', 'p', 'q']);
    expect(around({ ...folders, 'hugo.toml': 'title = "A"' }).published).toHaveLength(6);
  });
  it('until they change', () => {
    const dir = makeFolder({ '_config.yml': 'exclude: [s]', 's/a.md': page(), 'b.md': page() });
    const folder = open(dir);
    expect(folder.read().sources.map(({ head }) => head.slug)).toEqual(['b']);
    writeFiles(dir, { '_config.yml': 'exclude: [b.md]' });
    expect(folder.read().sources.map(({ head }) => head.slug)).toEqual(['a']);
  });
});

describe('folders of languages', () => {
  const languages = (dir: string) =>
    Object.fromEntries(
      open(dir)
        .read()
        .articles.map(({ file, source }) => [file.replace(`${dir}/`, ''), source.head.language]),
    );
  test.each<[string, Record<string, string | undefined>]>([
    ['side by side', { 'de/posts/a.md': 'de', 'en/posts/b.md': 'en', 'c.md': undefined }],
    ['with scripts and regions', { 'pt-br/a.md': 'pt-BR', 'zh-hans/b.md': 'zh-Hans', 'zh_TW/c.md': 'zh-TW' }],
    ['below another folder', { 'docs/de/a.md': 'de', 'docs/fr/x/y/b.md': 'fr', 'blog/c.md': undefined }],
    ['with a word beside a certain one', { 'de/a.md': 'de', 'it/b.md': 'it' }],
    ['but not one alone', { 'de/a.md': undefined, 'blog/b.md': undefined }],
    ['but not words and abbreviations', { 'it/a.md': undefined, 'hr/b.md': undefined, 'no/c.md': undefined }],
    ['but not in different places', { 'x/de/a.md': undefined, 'y/fr/b.md': undefined }],
  ])('give the language, %s', (_, expected) => {
    expect(languages(makeFolder(Object.fromEntries(Object.keys(expected).map((path) => [path, page()]))))).toEqual(
      expected,
    );
  });
  it('give it to the seed format, and yield to what an article states', () => {
    const dir = makeFolder({
      'de/a.md': '# A\n\n2024-01-05\n\nText\n',
      'fr/b.md': page('lang: nl'),
      'fr/c.es.md': page(),
    });
    expect(languages(dir)).toEqual({ 'de/a.md': 'de', 'fr/b.md': 'nl', 'fr/c.es.md': 'es' });
  });
  it('change with the folders beside them', () => {
    const dir = makeFolder({ 'de/a.md': page() });
    const folder = open(dir);
    const found = () => folder.read().sources.map(({ head }) => head.language);
    expect(found()).toEqual([undefined]);
    writeFiles(dir, { 'fr/b.md': page() });
    expect(found()).toEqual(['de', 'fr']);
    expect(folder.read().sources[0]?.article().language).toBe('de');
  });
});

describe('a change of such a file', () => {
  const paths = (...names: string[]): ChangedPaths => new Map(names.map((name) => [name, 'moved']));
  test.each([
    ['s/_index.md', section('draft: true'), section('draft: false')],
    ['s/_index.md', section('cascade: { draft: true }'), section()],
    ['s/s.json', '{"draft": true}', '{"draft": false}'],
    ['s/_index.html', section('private: true'), section()],
  ])('takes effect at once: %s %j', (path, closed, opened) => {
    const dir = makeFolder({ 's/a.md': page(), 's/sub/b.md': page(), 'p.md': page() });
    const folder = open(dir);
    const slugs = (changed?: ChangedPaths) => folder.read(changed).sources.map(({ head }) => head.slug);
    const [, former] = folder.read().sources;
    writeFiles(dir, { [path]: closed });
    expect(slugs(paths(path))).toEqual(['p']);
    // An edition that is still being served can be rendered.
    expect(former?.article().title).toBe('A');
    writeFiles(dir, { [path]: `${opened}\n` });
    expect(slugs(paths(path))).toEqual(['p', 'a', 'b']);
    writeFiles(dir, { [path]: closed });
    expect(slugs(paths(path))).toEqual(['p']);
    rmSync(join(dir, path));
    expect(slugs(paths(path))).toEqual(['p', 'a', 'b']);
  });
  it('with an error keeps what is published, and lists the error', () => {
    const dir = makeFolder({ 's/a.md': page(), 's/_index.md': section() });
    const folder = open(dir);
    folder.read();
    writeFiles(dir, { 's/_index.md': section('draft: tru') });
    const { sources, problems, staleFiles } = folder.read(paths('s/_index.md'));
    expect(sources.map(({ head }) => head.slug)).toEqual(['a']);
    expect(staleFiles).toEqual([join(dir, 's/a.md')]);
    expect(problems).toMatchObject([{ code: 'wrong-value', file: join(dir, 's/_index.md') }]);
  });
  it('that withdraws a private article withdraws its last good version, too', () => {
    const dir = makeFolder({ 'a.md': page(), 'b.md': page() });
    const folder = open(dir);
    folder.read();
    writeFiles(dir, { 'a.md': page('private: true') });
    expect(folder.read(paths('a.md')).sources.map(({ head }) => head.slug)).toEqual(['b']);
  });
  it('waits until a half-written page of a draft section is complete', () => {
    const dir = makeFolder({ 's/a.md': page(), 's/_index.md': section('draft: true') });
    const folder = new SeedFolder(dir, { url: 'http://localhost:3000/', holdUnfinished: true });
    expect(folder.read().sources).toEqual([]);
    writeFiles(dir, { 's/_index.md': '---\ntitle: S\n---\n' });
    expect(folder.read(new Map([['s/_index.md', 'written']])).sources).toEqual([]);
    expect(folder.nextCheck?.paths).toEqual(['s/_index.md']);
  });
});
