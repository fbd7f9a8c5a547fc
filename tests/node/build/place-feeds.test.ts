/** `build --only feeds` adds feeds to a site that another program built. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dateline } from '../command.ts';
import { png } from '../pictures.ts';
import { type Files, makeFolder, writeFiles } from '../temporary-folder.ts';

const post = (title: string, day: string, more = ''): string =>
  `---\ntitle: ${title}\ndate: 2026-02-${day}\n---\nText. ${more}\n`;
const source = {
  'publication.yaml':
    'title: Daily\nurl: https://daily.example/\nid: "tag:daily.example,2026:"\narticles: posts\npermalink: /:slug/\nids: address\nitems: 1\n',
  'posts/a.md': post('A', '01', '![Own](own.png)'),
  'posts/b.md': post('B', '02'),
  'posts/tagged.md': '---\ntitle: C\ndate: 2026-02-03\ntags: [T]\n---\nText.\n',
  'posts/own.png': png(5, 6),
};
const built = {
  '_site/index.html': '<p>Home',
  '_site/feed.xml': '<rss/>',
  '_site/tags/t/index.html': '<p>T',
  '_site/style.css': 'p {}',
  '_site/_headers': '/*\n  X-Own: 1',
};
const makeSite = (more: Files = {}) => makeFolder({ ...source, ...built, ...more });
const run = (cwd: string, ...args: string[]) =>
  dateline(['build', '--only', 'feeds', '--out', '_site', ...args], { cwd });
const tree = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(dir, path)).isFile())
    .sort();

const feeds = ['rss.xml', 'atom.xml', 'feed.json'];
const placed = [
  ...['', 'archive/1/', 'archive/2/', 'archive/3/', 'languages/en/', 'tags/t/'].flatMap((folder) =>
    feeds.map((file) => folder + file),
  ),
  ...['languages/en/archive/1/', 'languages/en/archive/2/', 'languages/en/archive/3/'].flatMap((folder) =>
    feeds.map((file) => folder + file),
  ),
  ...['feeds.opml', 'feed.css', 'media/own.png', '.dateline-feeds'],
];

describe('build --only feeds', () => {
  it('adds feeds, archives, the list and their files, and leaves the site as it is', async () => {
    const cwd = makeSite();
    const { code, stdout } = await run(cwd);
    expect([code, stdout]).toEqual([0, '_site: 3 articles in 30 files, 30 written, 0 removed\n']);
    const own = Object.keys(built).map((path) => path.slice('_site/'.length));
    expect(tree(join(cwd, '_site'))).toEqual([...own, ...placed].sort());
    for (const path of own.filter((path) => path !== '_headers'))
      expect(readFileSync(join(cwd, '_site', path), 'utf8')).toBe(built[`_site/${path}` as keyof typeof built]);
    const { items, home_page_url } = JSON.parse(readFileSync(join(cwd, '_site/feed.json'), 'utf8'));
    expect([home_page_url, items[0].url]).toEqual(['https://daily.example/', 'https://daily.example/tagged/']);
    expect(existsSync(join(cwd, 'dist'))).toBe(false);
    expect(readFileSync(join(cwd, '.dateline/.gitignore'), 'utf8')).toBe('*\n');
  });

  it('writes its headers below those of the site, once', async () => {
    const cwd = makeSite();
    const headers = (): string => readFileSync(join(cwd, '_site/_headers'), 'utf8');
    await run(cwd);
    const first = headers();
    expect(first).toMatch(/^\/\*\n {2}X-Own: 1\n# Dateline: begin\n\/rss\.xml\n[\s\S]*\n# Dateline: end\n$/);
    expect(first).not.toContain('Referrer-Policy');
    writeFileSync(join(cwd, '_site/_headers'), `${first}/x\n  X-More: 1\n`);
    await run(cwd);
    expect(headers().match(/# Dateline: begin/g)).toHaveLength(1);
    expect(headers()).toContain('X-More: 1');
  });

  it('replaces and removes only what it placed', async () => {
    const cwd = makeSite();
    await run(cwd);
    const before = statSync(join(cwd, '_site/feeds.opml')).mtimeMs;
    expect((await run(cwd)).stdout).toContain(', 0 written, 0 removed');
    rmSync(join(cwd, 'posts/tagged.md'));
    writeFiles(cwd, { 'posts/a.md': post('A', '01') });
    writeFileSync(join(cwd, '_site/tags/t/atom.xml'), 'of the site');
    expect((await run(cwd)).stdout).toMatch(/, \d+ written, \d+ removed\n$/);
    const left = tree(join(cwd, '_site')).filter((path) => /^tags|^media|archive\/3/.test(path));
    expect(left).toEqual(['tags/t/atom.xml', 'tags/t/index.html']);
    expect(existsSync(join(cwd, '_site/media'))).toBe(false);
    expect(statSync(join(cwd, '_site/feeds.opml')).mtimeMs).toBeGreaterThan(before);
  });

  it('writes nothing over a feed of the site itself', async () => {
    const cwd = makeSite({ '_site/atom.xml': '<feed/>' });
    const { code, stderr } = await run(cwd);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/_site\/atom\.xml is a file of the site itself/)]);
    expect(tree(join(cwd, '_site'))).toHaveLength(Object.keys(built).length + 1);
  });

  it('trusts no path in the list of an earlier build', async () => {
    const list = JSON.stringify({ '../posts/rss.xml': 'x', 'index.html': 'x', '/etc/rss.xml': 'x' });
    const cwd = makeSite({ '_site/.dateline-feeds': list, 'posts/rss.xml': 'x' });
    expect((await run(cwd)).code).toBe(0);
    expect([existsSync(join(cwd, 'posts/rss.xml')), existsSync(join(cwd, '_site/index.html'))]).toEqual([true, true]);
  });

  it('needs no state', async () => {
    const cwd = makeSite();
    expect((await run(cwd, '--no-state')).stdout).toContain('30 written');
    expect(existsSync(join(cwd, '.dateline/feeds'))).toBe(false);
    expect((await run(cwd, '--no-state')).stdout).toContain(', 0 written');
  });

  it.each<[string, Files, string]>([
    ['a site that is not built', { '_site/index.html': '' }, 'build the site first'],
    [
      'addresses that are not known',
      { 'publication.yaml': source['publication.yaml'].replace(/permalink.*\n.*\n/, '') },
      'set "permalink"',
    ],
    ['an error in an article', { 'posts/bad.md': '---\ntitle: [\n---\n' }, 'nothing was built'],
  ])('refuses %s', async (name, more, message) => {
    const cwd = makeSite(more);
    if (name.includes('not built')) rmSync(join(cwd, '_site'), { recursive: true });
    else rmSync(join(cwd, '_site/feed.xml'));
    const { code, stderr } = await run(cwd);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(existsSync(join(cwd, '_site/rss.xml'))).toBe(false);
  });

  it('protects the folder from a build that replaces it', async () => {
    const cwd = makeSite({ '_site/_redirects': '' });
    await run(cwd);
    mkdirSync(join(cwd, 'seeds'));
    const { code, stderr } = await dateline(['build', '--out', '_site'], { cwd });
    expect([code, stderr]).toEqual([1, expect.stringContaining('holds files that no build wrote')]);
  });
});
