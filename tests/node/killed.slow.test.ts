import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editionPath, objectPath } from '../../src/publication/stored/stored.ts';
import { propertyRuns } from '../effort.ts';
import { dateline, startDateline } from './command.ts';
import { filesIn, type State, undated } from './lasting-files.ts';
import { canMount, mountDisk, mountFolder } from './mounts.ts';
import { png } from './pictures.ts';
import { noAccount } from './publish/checkout.ts';
import { startStandIn } from './store/cloudflare-stand-in.ts';
import { makeFolder, manySeeds, seed } from './temporary-folder.ts';
import { startHub } from './websub/hub.ts';

/** A command in a working folder. */
interface Scene {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Reads what lasts, without the times of runs. */
  readonly state: () => State;
  /** Checks what a killed run left before the next run. */
  readonly afterKill?: (state: State) => void;
  readonly close?: () => Promise<unknown>;
}

type OpenScene = (cwd: string) => Promise<Scene> | Scene;

/** Points at which each command is killed, spread over its run: as many as a fast test may try, more each night. */
const points = Math.min(100, propertyRuns(50));

/** Processes that are started and killed; at all other points their folder is copied, which is the same and cheaper. */
const realKills = 3;

/**
 * Kills a command at many points of its run (kill-points.ts) in copies of a folder, and runs it again: the result is
 * that of an undisturbed run.
 */
async function surviveKills(source: string, open: OpenScene, most = points): Promise<void> {
  // In memory, hundreds of copies take a fraction of the time.
  const room = canMount ? mountDisk(262_144) : makeFolder();
  let made = 0;
  const copy = (): string => {
    made += 1;
    const folder = join(room, String(made));
    cpSync(source, folder, { recursive: true, preserveTimestamps: true });
    return folder;
  };
  const run = async (cwd: string, points: Readonly<Record<string, string>>) => {
    const { args, env, state, close } = await open(cwd);
    const ended = await startDateline(args, { cwd, env: { ...env, ...points, NODE_OPTIONS: preload } });
    const left = state();
    await close?.();
    return { ...ended, state: left };
  };
  const counter = join(makeFolder(), 'points');
  const undisturbed = await run(copy(), { COUNT_POINTS: counter });
  expect(undisturbed).toMatchObject({ code: 0 });
  const total = Number(readFileSync(counter, 'utf8'));
  expect(total).toBeGreaterThanOrEqual(Math.min(most, 25));
  const kills = Math.min(most, total);
  const pointsOf = (count: number): number[] =>
    Array.from({ length: count }, (_, i) => 1 + Math.floor(((i + 0.5) * total) / count));
  const copies = join(room, 'copies');
  const copied = await run(copy(), { COPY_AT: pointsOf(kills).join(), COPY_TO: copies });
  expect(copied).toMatchObject({ code: 0 });
  const left = readdirSync(copies).map((point) => ({ point, cwd: join(copies, point) }));
  // Where steps run at the same time, their number varies.
  expect(left.length).toBeGreaterThan(kills - 5);
  await Promise.all(
    pointsOf(realKills).map(async (point) => {
      const cwd = copy();
      expect(await run(cwd, { KILL_AT: String(point) })).toMatchObject({ code: null });
      left.push({ point: `${point}, by SIGKILL`, cwd });
    }),
  );
  for (const { point, cwd } of left) {
    const { args, env = {}, state, afterKill, close } = await open(cwd);
    afterKill?.(state());
    const { code, stderr } = await dateline(args, { cwd, env });
    expect({ point, code, stderr, state: state() }).toEqual({ point, code: 0, stderr, state: undisturbed.state });
    await close?.();
  }
}

const preload = `--import=${new URL('kill-points.ts', import.meta.url).href}`;

function copyOf(folder: string): string {
  const copy = makeFolder();
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

const publication = 'url: https://daily.example/\nid: "tag:daily.example,2025:"\nitems: 2\n';

function makeSeeds(settings = publication): string {
  const seeds = Object.entries({ ...manySeeds(5), 'publication.yaml': settings });
  return makeFolder(Object.fromEntries(seeds.map(([path, text]) => [`seeds/${path}`, text])));
}

/** Requires that an edition of the edge has its objects. */
function expectWhole(edition: string | undefined, keys: readonly string[]): void {
  const { whole } = JSON.parse(edition ?? '');
  expect(keys.some((key) => key.endsWith(`${objectPath(whole.blocks)}`))).toBe(true);
}

async function listen(listener: RequestListener): Promise<{ readonly server: Server; readonly origin: string }> {
  // A process that copies its folder for long would find its connection closed.
  const server = createServer({ keepAliveTimeout: 0 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('a command that is killed', { timeout: 60_000 + points * 3_000 }, () => {
  /** A folder with a build, and with articles that have changed since. */
  let built: string;
  beforeAll(async () => {
    built = makeSeeds();
    expect(await dateline(['build'], { cwd: built })).toMatchObject({ code: 0 });
    writeFileSync(join(built, 'seeds/0001.md'), seed('Article 1', '2025-01-01', 'New words.'));
    writeFileSync(join(built, 'seeds/new.md'), seed('New', '2026-01-01'));
  });

  it('build: each folder is the old one or the new one, whole', async () => {
    const whole = copyOf(built);
    await dateline(['build'], { cwd: whole });
    const both = [built, whole];
    let missing = 0;
    await surviveKills(built, (cwd) => ({
      args: ['build'],
      state: () => filesIn(join(cwd, 'dist')),
      afterKill: () => {
        for (const folder of ['dist/site', 'dist/site-edge'])
          if (!existsSync(join(cwd, folder))) missing += 1;
          else expect(both.map((one) => filesIn(join(one, folder)))).toContainEqual(filesIn(join(cwd, folder)));
      },
    }));
    // Between the two renames of a folder.
    expect(missing).toBeLessThanOrEqual(2);
  });

  it.runIf(canMount)('build, into mount points: no page is missing', async () => {
    const open: OpenScene = (cwd) => {
      for (const folder of ['dist/site', 'dist/site-edge']) mountFolder(join(cwd, folder), join(cwd, folder));
      return {
        args: ['build'],
        state: () => filesIn(join(cwd, 'dist')),
        afterKill: (state) => {
          const kept = ['site/index.html', 'site/rss.xml', 'site/articles/0002.html', 'site/archive/1.html'];
          expect(Object.keys(state)).toEqual(expect.arrayContaining(kept));
          expectWhole(state[`site-edge/${editionPath}`], Object.keys(state));
        },
      };
    };
    await surviveKills(built, open, 15);
  });

  it('publish: the store shows a whole edition', async () => {
    await surviveKills(built, async (cwd) => {
      const api = await startStandIn();
      // The store lasts in a file of the folder, so that a copy of the folder has it.
      const store = join(cwd, '.store');
      if (existsSync(store))
        for (const [key, text] of JSON.parse(readFileSync(store, 'utf8')))
          (api.objects as Map<string, string>).set(key, text);
      const { server, origin } = await listen(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const { authorization = '' } = request.headers;
        const { method = '' } = request;
        // The stand-in closes while the last request of a killed process is on its way.
        const answer = await fetch(`${api.env.CLOUDFLARE_API_BASE_URL}${request.url}`, {
          method,
          headers: { authorization },
          ...(method === 'PUT' && { body: Buffer.concat(chunks) }),
        }).catch(() => undefined);
        if (answer === undefined) return;
        const body = Buffer.from(await answer.arrayBuffer());
        writeFileSync(`${store}.new`, JSON.stringify([...api.objects]));
        renameSync(`${store}.new`, store);
        response.writeHead(answer.status).end(body);
      });
      return {
        args: ['publish', '--store', 'r2:bucket'],
        env: { ...noAccount, ...api.env, CLOUDFLARE_API_BASE_URL: origin },
        state: () => ({
          ...filesIn(join(cwd, 'dist')),
          // A published edition is named by the time.
          ...undated(
            Object.fromEntries(
              [...api.objects]
                .filter(([key]) => !key.includes('/manifests/'))
                .map(([key, text]) => [`store/${key.replace(/(editions-\d+\/).*-/, '$1')}`, text]),
            ),
          ),
        }),
        afterKill: (state) => {
          const shown = state[`store/${editionPath}`];
          if (shown !== undefined)
            expectWhole(
              shown,
              Object.keys(state).filter((key) => key.startsWith('store/')),
            );
        },
        close: async () => {
          server.close().closeAllConnections();
          await api.close();
        },
      };
    });
  });

  describe('while it uses a server', () => {
    let host: Awaited<ReturnType<typeof listen>>;
    let site = '';
    beforeAll(async () => {
      host = await listen(({ url = '' }, response) => {
        const file = join(site, url);
        const [, width] = /^\/i\.png\?w=(\d+)$/.exec(url) ?? [];
        if (url === '/old.json') response.end(JSON.stringify(oldFeed(host.origin)));
        else if (width !== undefined) response.setHeader('Content-Type', 'image/png').end(png(Number(width), 7));
        else if (existsSync(file)) response.end(readFileSync(file));
        else response.writeHead(404).end();
      });
    });
    afterAll(() => host.server.close().closeAllConnections());

    it('import: every file that can be seen is whole', async () => {
      const whole = makeFolder();
      const args = ['import', `${host.origin}/old.json`, 'seeds', '--download', '--allow-private'];
      const imported = 'seeds: 10 new, 0 already here, 10 files downloaded, 0 errors, ';
      expect(await dateline(args, { cwd: whole })).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(imported),
      });
      const expected = filesIn(whole);
      await surviveKills(makeFolder(), (cwd) => ({
        args,
        state: () => filesIn(cwd),
        afterKill: (state) => {
          const visible = Object.entries(state).filter(([path]) => !/(?:^|\/)\./.test(path));
          expect(expected).toMatchObject(Object.fromEntries(visible));
        },
      }));
    });

    it('ping: the record is whole', async () => {
      const hub = await startHub();
      const source = makeSeeds(`hub: ${hub.url}\nurl: ${host.origin}/\nid: "tag:daily.example,2025:"\n`);
      const tagged = '---\ntitle: B\nlang: fr\ntags: [x, y]\n---\n';
      writeFileSync(join(source, 'seeds/b.md'), seed('B').replace('# B', tagged));
      const online = copyOf(source);
      expect(await dateline(['build'], { cwd: online })).toMatchObject({ code: 0 });
      site = join(online, 'dist/site');
      await surviveKills(source, (cwd) => ({
        args: ['ping'],
        state: () =>
          Object.fromEntries(
            Object.entries(filesIn(join(cwd, 'dist'))).filter(([path]) => /^site-pinged|^\.dateline-/.test(path)),
          ),
      }));
    });
  });

  it('new: the article is whole, or not there', async () => {
    const source = makeSeeds();
    const counter = join(makeFolder(), 'points');
    const create = (cwd: string, env: Readonly<Record<string, string>>) =>
      startDateline(['new', 'Hello', 'seeds/fresh'], { cwd, env: { ...env, NODE_OPTIONS: preload } });
    const undisturbed = copyOf(source);
    expect(await create(undisturbed, { COUNT_POINTS: counter })).toMatchObject({ code: 0 });
    const [name = ''] = readdirSync(join(undisturbed, 'seeds/fresh'));
    const textIn = (cwd: string): string =>
      readFileSync(join(cwd, 'seeds/fresh', name), 'utf8').replace(/T\d\d:\d\d:\d\d/, '');
    const total = Number(readFileSync(counter, 'utf8'));
    expect(total).toBeGreaterThanOrEqual(5);
    for (let point = 1; point <= total; point++) {
      const cwd = copyOf(source);
      expect(await create(cwd, { KILL_AT: String(point) })).toMatchObject({ code: null });
      const isThere = existsSync(join(cwd, 'seeds/fresh', name));
      expect(await create(cwd, {})).toMatchObject({ code: isThere ? 1 : 0 });
      expect({ point, files: readdirSync(join(cwd, 'seeds/fresh')) }).toEqual({ point, files: [name] });
      expect(textIn(cwd)).toBe(textIn(undisturbed));
    }
  });

  it('check --fix: every article is as before or fixed', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 15 }, (_, i) => [`${i}.md`, seed(`Article ${i}`, '2026-03-02', '[b](#)')]),
    );
    const source = makeFolder({ ...files, 'publication.yaml': publication });
    const whole = copyOf(source);
    expect(await dateline(['check', '.', '--fix'], { cwd: whole })).toMatchObject({ code: 0 });
    const both = [filesIn(source), filesIn(whole)];
    await surviveKills(source, (cwd) => ({
      args: ['check', '.', '--fix'],
      state: () => filesIn(cwd),
      afterKill: (state) => {
        for (const path of Object.keys(files)) expect(both.map((one) => one[path])).toContain(state[path]);
      },
    }));
  });
});

function oldFeed(origin: string): object {
  const items = Array.from({ length: 10 }, (_, i) => ({
    id: `urn:x:${i}`,
    url: `${origin}/old/${i}`,
    title: `Article ${i}`,
    date_published: `2025-01-${i + 10}T00:00:00Z`,
    content_html: `<p>Words.</p><p><img src="/i.png?w=${i + 10}" alt="Ship"></p>`,
  }));
  return { version: 'https://jsonfeed.org/version/1.1', title: 'Old', items };
}
