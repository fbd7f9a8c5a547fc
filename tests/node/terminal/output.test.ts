import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { builtCommand, dateline } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';

const seed = '# Ferry\n\nMay 4, 2026\n\nThe ferry [sails](#) again.\n';
const files = {
  'seeds/publication.yaml': 'title: News\nurl: https://news.example/\nid: "tag:news.example,2026:"\n',
  'seeds/ferry.md': seed,
};

const feed = `<rss version="2.0"><channel><title>Old</title><item><title>Ferry</title><guid>x:1</guid>
<pubDate>Mon, 04 May 2026 00:00:00 GMT</pubDate><description>It sails.</description></item></channel></rss>`;

describe('--json', () => {
  it.each([
    [['build'], { out: 'dist/site', articles: 1, files: 0, rootFiles: 0 }],
    [['publish', '--store', './store'], { store: expect.any(String), deleted: 0, edition: expect.any(String) }],
    [['check'], expect.arrayContaining([expect.objectContaining({ code: 'empty-link', line: 5 })])],
    [['new', 'Quay'], { path: expect.stringMatching(/^seeds\/.*quay\.md$/) }],
    [['init', 'other'], { files: expect.arrayContaining([expect.objectContaining({ isNew: true })]), notes: [] }],
    [['import', 'old.xml'], { dir: './seeds', written: 1, drafts: 0, known: 0, files: 0 }],
  ])('writes the result of %j and nothing else', async (command, result) => {
    const cwd = makeFolder({ ...files, 'old.xml': feed });
    const { code, stdout } = await dateline([...command, '--json'], { cwd });
    expect({ code, result: JSON.parse(stdout) }).toEqual({
      code: 0,
      result:
        Array.isArray(result) || !('out' in result || 'dir' in result || 'store' in result)
          ? result
          : expect.objectContaining(result),
    });
  });

  it('writes the ledger of a build, and how many articles the state has right', async () => {
    const cwd = makeFolder(files);
    await dateline(['build'], { cwd });
    const ledger = await dateline(['ledger', '--out', 'dist/site', '--json'], { cwd });
    expect(JSON.parse(ledger.stdout).articles).toHaveLength(1);
    const state = await dateline(['check', '--verify-state', '--json'], { cwd });
    expect(JSON.parse(state.stdout)).toEqual({ articles: 1, differences: [] });
  });
});

describe('--quiet', () => {
  it('leaves out summaries', async () => {
    const cwd = makeFolder(files);
    for (const command of [['build'], ['publish', '--store', './store']])
      expect(await dateline([...command, '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('leaves problems and results', async () => {
    const cwd = makeFolder(files);
    const { stdout } = await dateline(['-q', 'check'], { cwd });
    expect(stdout).toContain('seeds/ferry.md:5:11: warning: ');
    expect(stdout).not.toContain('1 article');
    expect((await dateline(['new', 'Quay', '-q'], { cwd })).stdout).toMatch(/quay\.md\n$/);
  });

  it('is about one command only', async () => {
    const cwd = makeFolder(files);
    await dateline(['build', '--quiet'], { cwd });
    expect((await dateline(['build'], { cwd })).stdout).toContain('1 article');
  });
});

describe('--no-color', () => {
  // FORCE_COLOR stands for a terminal.
  const check = (...options: readonly string[]): string =>
    spawnSync(process.execPath, [builtCommand, 'check', makeFolder(files), ...options], {
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: '1' },
    }).stdout;

  it('writes no colors', () => {
    expect(check()).toContain('\u001b[');
    expect(check('--no-color')).not.toContain('\u001b[');
  });
});

describe('standard input', () => {
  const cwd = makeFolder({ ...files, 'old.xml': feed });
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [builtCommand, ...args], { cwd, input: feed, encoding: 'utf8' });

  it('is imported', () => {
    expect(run('import', '-', 'imported').stdout).toBe('imported: 1 new, 0 already here, 0 errors, 0 warnings\n');
  });

  it('is a feed to compare with', () => {
    const { stdout } = run('check', '--against', '-');
    expect(stdout).toContain('"x:1"');
    expect(stdout.replace(' in - as ', ' in old.xml as ')).toBe(run('check', '--against', 'old.xml').stdout);
  });
});
