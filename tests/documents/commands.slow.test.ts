/** The commands in the blocks of README.md and docs/ are run, page by page, each in a folder of its own. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { builtCommand, checkout, dateline, manifest } from '../node/command.ts';
import { sites } from '../node/new/sites.ts';
import { type Files, makeFolder, seed } from '../node/temporary-folder.ts';
import { compile } from '../runtimes/runtimes.ts';
import { generatorCalls, standIn, uninstall } from './generators.ts';
import { blocksOf, pages, type WrittenCommand, wordsOf } from './written-commands.ts';

const run = promisify(execFile);
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
const wrangler = join(checkout, 'node_modules/wrangler/bin/wrangler.js');

const feed = `<rss version="2.0"><channel><title>Old</title><item><title>Ferry</title>
<link>https://old.example/ferry</link><guid isPermaLink="false">urn:ferry</guid>
<pubDate>Mon, 02 Mar 2026 00:00:00 GMT</pubDate><description>It sails.</description></item></channel></rss>`;
const server = createServer((_, response) => response.setHeader('Content-Type', 'application/rss+xml').end(feed));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());
/** Where the address in a page answers here. */
const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const elsewhere = /https:\/\/(?:old\.example|daily\.example)\/(?=\S*\.xml)/;

const publication = 'title: News\nurl: https://news.example/\nid: "tag:news.example,2026:"\n';

/** What a page finds in the folder where its commands run; by default nothing. */
const folders: Readonly<Record<string, Files>> = {
  'docs/beside-a-site.md': sites.hugo?.files ?? {},
  'docs/moving.md': { 'seeds/publication.yaml': publication },
  'docs/deploying.md': {
    'seeds/publication.yaml': publication,
    'seeds/a.md': seed('A'),
    'daily/publication.yaml': publication,
    'daily/a.md': seed('A'),
    'weekly/publication.yaml': publication.replace('news', 'weekly'),
  },
};

/** The site of a generator that its page is tried with. */
const siteOf = (generator: string): { files: Files; address: string } | undefined =>
  generator === 'hugo' ? plainHugo : sites[generator];

/** An older Hugo knows fewer placeholders. */
const plainHugo = {
  files: {
    'hugo.toml': 'baseURL = "https://hugo.example/blog/"\ntitle = "Daily"\n',
    'content/posts/Hello There.md': '---\ntitle: Hello\ndate: 2026-02-01\n---\nText.\n',
  },
  address: 'https://hugo.example/blog/posts/hello-there/',
};

const generatorOf = (page: string): string | undefined => /^docs\/beside-a-site\/(\w+)\.md$/.exec(page)?.[1];

function folderOf(page: string): string {
  const generator = generatorOf(page) ?? '';
  const own = siteOf(generator)?.files ?? folders[page] ?? {};
  return makeFolder({ 'package.json': '{}', ...own, ...generatorCalls[generator]?.files });
}

/** Puts the packages of `npm install` where npm would: the checkout's own, and this package as it is published. */
function install(cwd: string, names: readonly string[]): void {
  const { devDependencies } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  const modules = join(cwd, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const name of names) {
    expect([manifest.name, ...Object.keys(devDependencies)]).toContain(name);
    const target = name === manifest.name ? compile() : join(checkout, 'node_modules', name);
    if (!existsSync(join(modules, name))) symlinkSync(target, join(modules, name));
  }
  const script = `#!/bin/sh\nexec "${process.execPath}" "${builtCommand}" "$@"\n`;
  if (!existsSync(join(modules, '.bin/dateline')))
    writeFileSync(join(modules, '.bin/dateline'), script, { mode: 0o755 });
}

/** Runs one command. Returns what it wrote. */
async function perform(words: readonly string[], cwd: string, page: string): Promise<string> {
  const [program = '', ...args] = words[0] === 'npx' ? words.slice(1) : words;
  const generator = generatorOf(page) ?? '';
  const call = generatorCalls[generator];
  if (program === 'dateline' && args[0] === 'serve') return serve(args.slice(1), cwd);
  if (program === 'dateline') {
    // init reads no address of this machine, so it gets the file.
    const isInit = args[0] === 'init';
    if (isInit && args.some((word) => elsewhere.test(word))) writeFileSync(join(cwd, 'index.xml'), feed);
    const here = args.map((word) => word.replace(elsewhere, isInit ? '' : local));
    const isLocal = here.some((word) => word.startsWith(local));
    const { code, stdout, stderr } = await dateline(isLocal ? [...here, '--allow-private'] : here, { cwd });
    expect({ code, stderr: code === 0 ? '' : stderr + stdout }).toEqual({ code: 0, stderr: '' });
    return stdout;
  }
  if (program === 'npm' && args[0] === 'install') {
    install(cwd, args.slice(1));
    return '';
  }
  if (program === 'npm' && args[0] === 'uninstall') {
    uninstall(cwd, args[1] ?? '');
    return '';
  }
  if (program === 'wrangler') {
    const dry = [wrangler, ...args, '--dry-run', '--outdir', join(makeFolder(), 'bundle')];
    return (await run(process.execPath, dry, { cwd, env })).stdout;
  }
  if (call !== undefined && words.join(' ') === call.command && !(call.canRun && isInstalled(program))) {
    standIn(cwd, call, siteOf(generator)?.address ?? '');
    return '';
  }
  return (await run(program, args, { cwd, env })).stdout;
}

/** Starts a server, asks it for its feed and stops it. */
async function serve(args: readonly string[], cwd: string): Promise<string> {
  const isFree = (word: string, i: number): boolean =>
    ![word, args[i - 1]].some((one) => /^--(?:port|host)$/.test(one ?? ''));
  const words = ['serve', ...args.filter(isFree), '--port', '0'];
  const child = spawn(process.execPath, [builtCommand, ...words], { cwd, timeout: 30_000 });
  let said = '';
  for await (const text of child.stdout) {
    said += text;
    // Of several publications, each line begins with the address of one.
    const url = /^(?:.* is at )?(http:\S+)\s/m.exec(said)?.[1];
    if (url === undefined) continue;
    const answer = await fetch(new URL('rss.xml', url)).finally(() => child.kill());
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<item>')]);
    return '';
  }
  throw new Error(`the server ended before it said its address: ${said}`);
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['version']).error === undefined;
}

/** The same block on two pages is run once. */
const seen = new Set<string>();
const runnable = pages.flatMap((page) => {
  const blocks = blocksOf(page)
    .map((block) => block.filter(({ needs }) => needs === undefined))
    .filter((block) => block.length > 0 && !page.endsWith('problems.md'))
    .filter((block) => !seen.has(block.map(({ line }) => line).join('\n')));
  for (const block of blocks) seen.add(block.map(({ line }) => line).join('\n'));
  return blocks.length === 0 ? [] : [[page, blocks] as const];
});

describe('the commands of', () => {
  it.each(runnable)('%s work', async (page, blocks) => {
    const cwd = folderOf(page);
    const perPage = async (command: WrittenCommand): Promise<void> => {
      let said = '';
      try {
        for (const part of command.line.split(' && ')) said = await perform(wordsOf(part), cwd, page);
      } catch (error) {
        throw new Error(`${command.place}: ${command.line}\n${error instanceof Error ? error.message : error}`);
      }
      // Numbers are those of another site.
      const shape = (text: string): string => text.trim().replace(/\d+/g, '0');
      if (command.output !== undefined) expect(shape(said)).toBe(shape(command.output));
    };
    for (const command of blocks.flat()) await perPage(command);
    const call = generatorCalls[generatorOf(page) ?? ''];
    if (call !== undefined) {
      const rss = readFileSync(join(cwd, call.out, 'rss.xml'), 'utf8');
      const address = siteOf(generatorOf(page) ?? '')?.address ?? '';
      expect(rss).toContain(`<link>${address}</link>`);
      expect(rss).toContain(`>${call.feed === undefined ? address : (call.idOf?.(address) ?? address)}</guid>`);
    }
  });
});

describe('wrangler', () => {
  const calls = new Set(
    pages
      .flatMap((page) => [...readFileSync(join(checkout, page), 'utf8').matchAll(/npx wrangler ([a-z][^`\n#;,]*)/g)])
      .map(([, words = '']) => words.trim().split(/ (?=[A-Z])/)[0] ?? ''),
  );

  it('has the commands and options that pages name', async () => {
    expect(calls.size).toBeGreaterThan(2);
    const { stdout } = await run(process.execPath, [wrangler, '--help'], { env });
    for (const call of calls) {
      const [command = '', ...words] = call.split(' ');
      expect(stdout).toMatch(new RegExp(`^ *(?:🔓 |👤 )?.*wrangler ${command}\\b`, 'm'));
      const options = words.filter((word) => word.startsWith('--'));
      if (options.length === 0) continue;
      const { stdout: help } = await run(process.execPath, [wrangler, command, '--help'], { env });
      for (const option of options) expect(help).toContain(option);
    }
  });
});
