import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { afterFile } from '../../after-file.ts';
import { dateline } from '../command.ts';
import { filesIn } from '../lasting-files.ts';
import { canMount, fillDisk, mountDisk } from '../mounts.ts';
import { png } from '../pictures.ts';
import { noAccount } from '../publish/checkout.ts';
import { startStandIn } from '../store/cloudflare-stand-in.ts';
import { type Files, makeFolder, manySeeds, seed, writeFiles } from '../temporary-folder.ts';
import { startHub } from '../websub/hub.ts';

const publication = 'url: https://daily.example/\nid: "tag:daily.example,2025:"\nitems: 2\n';

interface Conditions {
  /** A content that a file may have in between. */
  readonly draft?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Restores what is not in the folder. */
  readonly reset?: () => void;
  /** Checks what is not in the folder. */
  readonly afterFailure?: () => void;
}

/**
 * Runs a command on a disk that takes a little more each time, until it is done, and each time once more with room. No
 * file is ever incomplete, and the next run completes the work. Returns how often the disk was full.
 */
async function surviveFullDisk(
  source: string,
  args: readonly string[],
  { draft, env = {}, reset, afterFailure }: Conditions = {},
): Promise<number> {
  const disk = mountDisk(4096);
  const cwd = join(disk, 'here');
  const restore = (): void => {
    reset?.();
    rmSync(cwd, { recursive: true, force: true });
    cpSync(source, cwd, { recursive: true, preserveTimestamps: true });
  };
  restore();
  const before = filesIn(cwd);
  expect(await dateline(args, { cwd, env })).toMatchObject({ code: 0 });
  const expected = filesIn(cwd);
  for (let failures = 0; ; failures++) {
    restore();
    const filler = fillDisk(disk, 4096 * (2 ** failures - 1));
    const { code, stdout, stderr } = await dateline(args, { cwd, env });
    if (code === 0) return failures;
    expect(stdout + stderr).toContain('cannot be written');
    expect(stdout + stderr).toContain('the disk is full; free some space and run this again');
    expect(stdout + stderr).not.toContain('ENOSPC');
    for (const [path, text] of Object.entries(filesIn(cwd)))
      expect([before[path], expected[path], draft]).toContain(text);
    afterFailure?.();
    rmSync(filler);
    expect(await dateline(args, { cwd, env })).toMatchObject({ code: 0 });
    expect(filesIn(cwd)).toEqual(expected);
  }
}

const seeds = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`seeds/${path}`, text]));

describe.runIf(canMount)('on a full disk', () => {
  it('build replaces nothing', async () => {
    const source = makeFolder(seeds({ ...manySeeds(5), 'publication.yaml': publication }));
    expect(await dateline(['build'], { cwd: source })).toMatchObject({ code: 0 });
    writeFiles(source, { 'seeds/new.md': seed('New', '2026-01-01') });
    expect(await surviveFullDisk(source, ['build'])).toBeGreaterThan(3);
  });

  it('publish stores a whole edition, or none', async () => {
    const source = makeFolder(seeds({ ...manySeeds(5), 'publication.yaml': publication }));
    const api = await startStandIn();
    afterFile(api.close);
    const env = { ...noAccount, ...api.env };
    const args = ['publish', '--store', 'r2:bucket'];
    expect(await dateline(args, { cwd: source, env })).toMatchObject({ code: 0 });
    const published = [...api.objects];
    writeFiles(source, { 'seeds/new.md': seed('New', '2026-01-01') });
    const objects = api.objects as Map<string, string>;
    const reset = () => {
      objects.clear();
      for (const [key, value] of published) objects.set(key, value);
    };
    const afterFailure = () => expect([...objects]).toEqual(published);
    expect(await surviveFullDisk(source, args, { env, reset, afterFailure })).toBeGreaterThan(3);
  });

  it('import stops, and writes no article without its pictures', async () => {
    const server = createServer(({ url = '' }, response) => {
      const width = Number(url.split('=')[1]);
      if (url === '/old.json') response.end(JSON.stringify(feed));
      else
        response.setHeader('Content-Type', 'image/png').end(Buffer.concat([png(width, 7), Buffer.alloc(width * 100)]));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterFile(() => server.close().closeAllConnections());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Old',
      items: Array.from({ length: 8 }, (_, i) => ({
        id: `urn:x:${i}`,
        url: `${origin}/old/${i}`,
        title: `Article ${i}`,
        date_published: `2025-01-${i + 10}T00:00:00Z`,
        content_html: `<p>${'Words. '.repeat(i * 100)}</p><p><img src="/i.png?w=${i + 10}" alt="Ship"></p>`,
      })),
    };
    expect(
      await surviveFullDisk(makeFolder(), ['import', `${origin}/old.json`, 'seeds', '--download', '--allow-private']),
    ).toBeGreaterThan(3);
    expect(
      await surviveFullDisk(makeFolder(), ['import', `${origin}/old.json`, 'seeds', '--allow-private']),
    ).toBeGreaterThan(3);
  });

  it('check --fix leaves what it cannot write as it was', async () => {
    const files = Object.fromEntries(
      [1, 2, 3].map((i) => [`${i}.md`, seed(`A${i}`, '2026-03-02', `[b](#) ${'words '.repeat(i * 2000)}`)]),
    );
    const source = makeFolder(seeds({ ...files, 'publication.yaml': publication }));
    expect(await surviveFullDisk(source, ['check', '--fix'])).toBeGreaterThan(1);
  });

  it('check leaves no folder of state that git would not ignore', async () => {
    const disk = mountDisk(256);
    writeFiles(disk, { 'a.md': seed('A') });
    const filler = fillDisk(disk, 0);
    await dateline(['check', disk]);
    rmSync(filler);
    expect(await dateline(['check', disk])).toMatchObject({ code: 0 });
    expect(readFileSync(join(disk, '.dateline/.gitignore'), 'utf8')).toBe('*\n');
  });

  it('init leaves no empty file and no empty folder', async () => {
    const disk = mountDisk(256);
    fillDisk(disk, 0);
    expect(await dateline(['init', join(disk, 'a/b')])).toMatchObject({ code: 1, stdout: '' });
    expect(readdirSync(disk)).toEqual(['.filler']);
    expect(
      await surviveFullDisk(makeFolder({ 'seeds/a.md': seed('A') }), ['init', '--url', 'https://daily.example/']),
    ).toBeGreaterThan(1);
  });

  it('ping has a whole record', async () => {
    const hub = await startHub();
    const source = makeFolder(seeds({ 'a.md': seed('A'), 'publication.yaml': publication }));
    const server = createServer(({ url = '' }, response) => {
      const file = join(source, 'dist/site', url);
      if (existsSync(file)) response.end(readFileSync(file));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterFile(() => server.close().closeAllConnections());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    writeFiles(source, { 'seeds/publication.yaml': `hub: ${hub.url}\nurl: ${url}\nid: "tag:daily.example,2025:"\n` });
    expect(await dateline(['build'], { cwd: source })).toMatchObject({ code: 0 });
    const draft = '{\n "form": 1,\n "topics": {}\n}\n';
    expect(await surviveFullDisk(source, ['ping'], { draft })).toBeGreaterThan(0);
  });

  it('new leaves no empty file and no empty folder', async () => {
    const disk = mountDisk(256);
    const filler = fillDisk(disk, 0);
    const args = ['new', 'Hello', join(disk, 'seeds')];
    const { code, stdout, stderr } = await dateline(args);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^dateline: \S+-hello\.md cannot be written: the disk is full; free some space and run this again\n$/,
      ),
    });
    expect(readdirSync(disk)).toEqual(['.filler']);
    rmSync(filler);
    expect(await dateline(args)).toMatchObject({ code: 0 });
  });
});
