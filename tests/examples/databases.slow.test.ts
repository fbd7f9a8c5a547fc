/** The projects in `examples/` run as their readers run them, with the package as it is published. */
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, describe, expect, it } from 'vitest';
import { checkout } from '../node/command.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { compile } from '../runtimes/runtimes.ts';
import { hosts } from './hosts.ts';

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

/** Posts an hour apart; the two newest have one date, and every third has a tag. */
const posts = Array.from({ length: 120 }, (_, i) => {
  const published = new Date(Date.UTC(2026, 0, 1, Math.min(i, 118))).toISOString().replace('.000', '');
  const tag = i % 3 === 0 ? 'harbour' : null;
  return [i, `post-${i}`, `Post ${i}`, `<p>No. ${i}<script>alert(1)</script></p>`, tag, published] as const;
});
const insert = 'insert into posts (id, slug, title, html, tag, published) values ($1, $2, $3, $4, $5, $6)';

/** Copies a project and installs what it depends on. */
function install(example: string): string {
  const dir = makeFolder({ none: '' });
  cpSync(join(checkout, 'examples', example), dir, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(join(dir, 'node_modules', name, '..'), { recursive: true });
    const target = name === 'dateline-feeds' ? compile() : join(checkout, 'node_modules', name);
    symlinkSync(target, join(dir, 'node_modules', name));
  }
  return dir;
}

/** Runs `node server.js`, and returns its address. */
async function start(dir: string, database: string): Promise<string> {
  const server = spawn(process.execPath, ['server.js'], {
    cwd: dir,
    env: { ...process.env, PORT: '0', DATABASE: database },
  });
  closing.push(() => server.kill());
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text;
      const [, port] = /port (\d+)/.exec(said) ?? [];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.on('exit', () => reject(new Error(said)));
  });
}

const projects: Readonly<Record<string, () => Promise<string>>> = {
  'sqlite-express': async () => {
    const dir = install('sqlite-express');
    const url = await start(dir, 'posts.db');
    const database = new DatabaseSync(join(dir, 'posts.db'));
    const row = database.prepare(insert.replace(/\$\d/g, '?'));
    for (const post of posts) row.run(...post);
    database.close();
    return url;
  },
  'postgres-fastify': async () => {
    const dir = install('postgres-fastify');
    // One process at a time can open the folder of a PGlite.
    const schema = /create table[\s\S]*?;/.exec(readFileSync(join(dir, 'server.js'), 'utf8'))?.[0] ?? '';
    const database = new PGlite(join(dir, 'posts'));
    await database.exec(schema);
    for (const post of posts) await database.query(insert, [...post]);
    await database.close();
    return start(dir, 'posts');
  },
  'd1-worker': async () => {
    const dir = install('d1-worker');
    const wrangler = join(checkout, 'node_modules/wrangler/bin/wrangler.js');
    await promisify(execFile)(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', 'bundle'], { cwd: dir });
    const runtime = new Miniflare(
      convertV4MiniflareOptions({
        cf: false,
        name: 'news',
        modules: true,
        script: readFileSync(join(dir, 'bundle/worker.js'), 'utf8'),
        compatibilityDate: '2026-10-20',
        compatibilityFlags: ['nodejs_compat'],
        d1Databases: { DB: 'news' },
      }),
    );
    closing.push(() => runtime.dispose());
    const url = await runtime.ready;
    const database = await runtime.getD1Database('DB');
    const [table = '', index = ''] = readFileSync(join(dir, 'schema.sql'), 'utf8').split(';\n');
    await database.batch([database.prepare(table), database.prepare(index)]);
    await database.batch(posts.map((post) => database.prepare(insert.replace(/\$/g, '?')).bind(...post)));
    return url.origin;
  },
};

it('every example is run, here, in hosts.slow.test.ts or in themes.slow.test.ts', () => {
  const names = readdirSync(join(checkout, 'examples')).filter((name) => name !== 'README.md');
  expect(names).toEqual([...Object.keys(projects), ...hosts, 'themes'].sort());
});

describe.each(Object.entries(projects))('examples/%s', (_, run) => {
  it('serves the feeds of its table, of a tag, and all archives', async () => {
    const base = await run();
    const read = async (path: string) => {
      const response = await fetch(base + path);
      return { status: response.status, text: await response.text(), etag: response.headers.get('ETag') ?? '' };
    };
    const feed = await read('/news/rss.xml');
    expect(feed.status).toBe(200);
    expect(feed.text).toContain('<link>https://example.org/posts/post-119</link>');
    expect(feed.text).not.toContain('alert(');
    const again = await fetch(`${base}/news/rss.xml`, { headers: { 'If-None-Match': feed.etag } });
    expect(again.status).toBe(304);

    const titles: string[] = [];
    let next: string | undefined = '/news/atom.xml';
    while (next !== undefined) {
      const { text } = await read(next);
      titles.push(
        ...[...text.matchAll(/<entry>\n<id>[^<]*<\/id>\n<title>Post (\d+)</g)].map(([, number = '']) => number),
      );
      next = /rel="prev-archive"[^>]*href="https:\/\/example\.org([^"]*)"/.exec(text)?.[1];
    }
    expect(titles.map(Number).sort((a, b) => a - b)).toEqual(posts.map(([id]) => id));

    const { items } = JSON.parse((await read('/news/tags/harbour/feed.json')).text);
    expect(items).toHaveLength(40);
    expect((await read('/news/articles/post-3')).text).toContain('No. 3');
    expect((await read('/news/articles/none')).status).toBe(404);
  }, 120_000);
});
