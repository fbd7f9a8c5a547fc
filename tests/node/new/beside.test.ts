/** `init` in the root of a site that exists. */
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readPublication } from '../../../src/node/folder/read-publication.ts';
import { dateline, serveHere } from '../command.ts';
import { type Files, makeFolder } from '../temporary-folder.ts';
import { sites } from './sites.ts';

describe.each(Object.entries(sites))('init in the root of a site of %s', (_, { files, settings, address }) => {
  it('reads its settings, and links to its pages', async () => {
    const cwd = makeFolder(files);
    const before = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).sort();
    const { code, stdout, stderr } = await dateline(['init'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^wrote publication\.yaml\n/);
    const after = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).sort();
    expect(after).toEqual([...before, 'publication.yaml'].sort());
    const written = parse(readFileSync(join(cwd, 'publication.yaml'), 'utf8'));
    expect(written).toMatchObject({ ...settings, id: expect.stringContaining(`tag:${new URL(address).hostname},`) });
    expect(written.pages).toBe(false);
    const { articles, problems } = readPublication(join(cwd, written.articles));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(articles.map(({ source: { head } }) => head.permalink)).toContain(address);
    expect((await dateline(['init'], { cwd })).stdout).toMatch(/^kept publication\.yaml, which exists already\n/);
  });
});

describe('init in the root of a site', () => {
  const files: Files = sites.hugo?.files ?? {};
  const init = async (...args: string[]) => {
    const cwd = makeFolder({ ...files, 'package-lock.json': '{}' });
    return { cwd, ...(await dateline(['init', ...args], { cwd })) };
  };
  const text = (cwd: string, path: string): string => readFileSync(join(cwd, path), 'utf8');

  it('writes a worker for feeds with an address of their own', async () => {
    const { cwd, code } = await init('--url', 'https://feeds.hugo.example');
    expect(code).toBe(0);
    expect(parse(text(cwd, 'publication.yaml'))).toMatchObject({
      url: 'https://feeds.hugo.example/',
      site: 'https://hugo.example/blog/',
    });
    const worker = text(cwd, 'wrangler.toml');
    for (const line of [
      'command = "npx --no dateline build --edge-only --out .dateline/worker"',
      'watch_dir = "content/posts"',
      'directory = ".dateline/worker-edge"',
    ])
      expect(worker).toContain(`\n${line}\n`);
    expect((await dateline(['build', '--edge-only', '--out', '.dateline/worker'], { cwd })).code).toBe(0);
    expect([existsSync(join(cwd, '.dateline/worker-edge')), existsSync(join(cwd, 'dist'))]).toEqual([true, false]);
    expect(existsSync(join(cwd, 'seeds'))).toBe(false);
  });

  it.each([
    ['feeds of the site', [], false],
    ['feeds elsewhere', ['--url', 'https://feeds.hugo.example'], true],
  ])('writes a workflow for %s', async (_, args, deploys) => {
    const { cwd, stdout } = await init('--ci', ...args);
    expect(stdout).toContain('wrote .github/workflows/feeds.yml\n');
    const { on, permissions, jobs } = parse(text(cwd, '.github/workflows/feeds.yml'));
    expect([Object.keys(on), permissions]).toEqual([['push', 'pull_request'], { contents: 'read' }]);
    const steps = jobs.feeds.steps.flatMap(({ run }: { run?: string }) => run ?? []);
    const deploy = deploys ? ['npx --no wrangler deploy'] : [];
    expect(steps).toEqual(['npm ci', 'npx --no dateline check --format github', ...deploy]);
  });

  it.each([
    ['address', 'https://hugo.example/blog/posts/2026/hello-there/'],
    ['jekyll-feed', 'https://hugo.example/blog/posts/2026/Hello%20There'],
    ['name', 'of another kind'],
  ])('keeps ids that are %s', async (ids, id) => {
    const cwd = makeFolder({
      ...files,
      'feed.xml': `<rss version="2.0"><channel><title>D</title><item><title>Hello</title><link>https://hugo.example/blog/posts/2026/hello-there/</link><guid isPermaLink="false">${id}</guid></item></channel></rss>`,
    });
    const { code, stdout } = await dateline(['init', '--against', 'feed.xml'], { cwd });
    expect(code).toBe(0);
    const kept = ids === 'name' ? 0 : 1;
    expect(stdout).toContain(`${kept} of 1 item of feed.xml keep their ids`);
    if (kept === 1) expect(parse(text(cwd, 'publication.yaml')).ids).toBe(ids);
    else expect(stdout).toContain('"dateline check --against feed.xml" lists those whose ids change');
    expect(stdout).toMatch(/adopted 1 article into \.dateline\/ledger\.db/);
  });

  const feedOf = (...items: readonly (readonly [string, string, string])[]): string =>
    `<rss version="2.0"><channel><title>D</title>${items
      .map(
        ([title, url, date]) =>
          `<item><title>${title}</title><link>${url}</link><guid>${url}</guid><pubDate>${date}</pubDate></item>`,
      )
      .join('')}</channel></rss>`;
  const hello = 'https://hugo.example/blog/posts/2026/hello-there/';
  const about = 'https://hugo.example/blog/about/';
  const published = feedOf(
    ['About', about, 'Mon, 01 Jan 0001 00:00:00 +0000'],
    ['Hello', hello, 'Sun, 01 Feb 2026 00:00:00 +0100'],
  );

  it('withdraws no page of the site that its feed lists', async () => {
    const cwd = makeFolder({ ...files, 'feed.xml': published });
    const { stdout } = await dateline(['init', '--against', 'feed.xml'], { cwd });
    expect(stdout).toContain('1 of 2 items of feed.xml keep their ids (ids: address)\n');
    expect(stdout).toContain(
      '1 item (About) is not in content/posts, and so not in the ledger\nadopted 1 article into',
    );
    expect(stdout).not.toContain('lists those');
    const check = await dateline(['check', '--against', 'feed.xml'], { cwd });
    expect(check.stderr + check.stdout).toContain('its page on the site stays as it is');
    appendFileSync(join(cwd, 'publication.yaml'), 'tombstones: true\n');
    const served = await serveHere(join(cwd, 'content/posts'));
    expect(await (await fetch(new URL('atom.xml', served.url))).text()).not.toContain('deleted-entry');
    expect((await fetch(new URL('about/', served.url))).status).toBe(404);
    await served.stop();
    expect((await dateline(['ledger'], { cwd })).stdout).not.toMatch(/about|withdrawn/);
  });

  it('answers 404 for pages of the site once the feeds are elsewhere', async () => {
    const cwd = makeFolder({ ...files, 'feed.xml': published });
    await dateline(['init', '--against', 'feed.xml'], { cwd });
    const path = join(cwd, 'publication.yaml');
    const elsewhere = 'url: https://feeds.hugo.example/\nsite: https://hugo.example/blog/';
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^url: .*$/m, elsewhere));
    const served = await serveHere(join(cwd, 'content/posts'));
    for (const page of ['posts/2026/hello-there/', 'blog/posts/2026/hello-there/'])
      expect((await fetch(new URL(page, served.url))).status).toBe(404);
    await served.stop();
  });

  it('says which lines settings that it keeps lack', async () => {
    const { cwd, code: first } = await init();
    expect(first).toBe(0);
    const { code, stdout } = await dateline(['init', '--url', 'https://feeds.hugo.example'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'publication.yaml has another address; write "url: https://feeds.hugo.example/" in place of "url: https://hugo.example/blog/" and "site: https://hugo.example/blog/"\n',
    );
    expect(stdout).not.toContain('puts the feeds online');
    const path = join(cwd, 'publication.yaml');
    const elsewhere = 'url: https://feeds.hugo.example/\nsite: https://hugo.example/blog/';
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^url: .*$/m, elsewhere));
    const again = await dateline(['init', '--url', 'https://feeds.hugo.example'], { cwd });
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('puts the feeds online')]);
  });

  it('names the folder into which the site is built', async () => {
    const out = async (more: string): Promise<string | undefined> => {
      const cwd = makeFolder({ ...files, 'hugo.toml': `${more}${files['hugo.toml']}` });
      return /--only feeds --out (\S+)"/.exec((await dateline(['init'], { cwd })).stdout)?.[1];
    };
    expect([await out(''), await out('publishDir = "./docs/"\n')]).toEqual(['public', 'docs']);
  });

  it('says what the data of an Eleventy site lack', async () => {
    const cwd = makeFolder({
      'eleventy.config.js': '',
      '_data/site.js': 'export default { title: process.env.TITLE, author: { name: "Ana" } };\n',
      'posts/2026-02-01-hello.md': '---\ntitle: Hello\n---\nText.\n',
    });
    expect((await dateline(['init'], { cwd })).stdout).toContain(
      '"title", "url" not found as quoted text in _data; write them into publication.yaml\n',
    );
    expect(parse(text(cwd, 'publication.yaml')).authors).toEqual([{ name: 'Ana' }]);
  });

  it('starts no publication in a site without articles', async () => {
    const cwd = makeFolder({ 'hugo.toml': 'title = "A"\n', 'content/about.md': '---\ntitle: A\n---\n' });
    const { code, stderr } = await dateline(['init'], { cwd });
    expect([code, stderr]).toEqual([1, expect.stringContaining('hugo.toml belongs to a site')]);
    expect(readdirSync(cwd).sort()).toEqual(['content', 'hugo.toml']);
  });

  it('writes nothing if the feed cannot be read', async () => {
    const { cwd, code, stderr } = await init('--against', 'missing.xml');
    expect([code, stderr]).toEqual([1, expect.stringContaining('missing.xml: cannot be read')]);
    expect(existsSync(join(cwd, 'publication.yaml'))).toBe(false);
  });

  it('takes --against only there', async () => {
    const cwd = makeFolder();
    expect((await dateline(['init', '--against', 'feed.xml'], { cwd })).stderr).toContain('needs the root of a site');
  });
});
