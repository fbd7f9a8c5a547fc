/** `init` in the root of a site that exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readPublication } from '../../../src/node/folder/read-publication.ts';
import { dateline } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';
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
  const { files } = sites.hugo ?? { files: {} };
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
    else expect(stdout).toContain('"dateline check --against feed.xml" lists the others');
    expect(stdout).toMatch(/adopted 1 article into \.dateline\/ledger\.db/);
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
