import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { propertyRuns } from '../effort.ts';
import { ask } from '../http/targets.ts';
import { dateline, startDateline, startServe } from './command.ts';
import { canMount, mountDisk, setReadOnly } from './mounts.ts';
import { makeFolder, manySeeds, seed } from './temporary-folder.ts';

/** How often each command is killed: 3 times, 30 in the workflow of each night, or as `FAULTS` says. */
const kills = Number(process.env.FAULTS ?? propertyRuns(3));

const settings = 'url: https://daily.example/\nid: "tag:daily.example,2025:"\nitems: 4\n';

/** A folder that was built, published and served, and has changed since. Each test works on a copy. */
let source: string;
beforeAll(async () => {
  source = await makeSource();
}, 120_000);

async function makeSource(): Promise<string> {
  const files = { ...manySeeds(60), 'publication.yaml': settings, 'gone.md': seed('Gone', '2025-03-05') };
  const cwd = makeFolder(Object.fromEntries(Object.entries(files).map(([path, text]) => [`seeds/${path}`, text])));
  expect(await dateline(['publish', '--store', './store'], { cwd })).toMatchObject({ code: 0 });
  expect(await dateline(['build'], { cwd })).toMatchObject({ code: 0 });
  const served = await startServe(['seeds'], { cwd });
  expect((await ask(served.url, '/articles/gone')).status).toBe(200);
  // The server writes it in the background.
  while (filesInState(join(cwd, 'seeds')) < 61) await setTimeout(100);
  await served.stop();
  rmSync(join(cwd, 'seeds/gone.md'));
  writeFileSync(join(cwd, 'seeds/0001.md'), seed('Article 1', '2025-01-01', 'New words.'));
  writeFileSync(join(cwd, 'seeds/new.md'), seed('New', '2026-01-01'));
  return cwd;
}

/** How many files the state of a folder knows; none while the server makes its tables. */
function filesInState(dir: string): number {
  try {
    using database = new DatabaseSync(join(dir, '.dateline/state.db'), { readOnly: true });
    return Number(database.prepare('SELECT total(count) AS count FROM files').get()?.count);
  } catch {
    return 0;
  }
}

function copyOf(folder: string): string {
  const copy = makeFolder();
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** The files below a folder, without what tells the time of a run. */
function filesIn(dir: string): Readonly<Record<string, string>> {
  if (!existsSync(dir)) return {};
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(dir, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(dir, path), 'latin1')]));
}

/** The documents of a static site. Their bytes don't depend on when they were built. */
const siteOf = (cwd: string) => filesIn(join(cwd, 'dist/site'));

const paths = ['/', '/rss.xml', '/atom.xml', '/feed.json', '/feeds.opml', '/sitemap.xml', '/archive/1', '/archive/15'];
const articles = ['/articles/0001', '/articles/0060', '/articles/new', '/articles/gone', '/nothing'];

/** What a server answers to readers. */
async function answersOf(url: URL): Promise<Readonly<Record<string, unknown>>> {
  const answers: Record<string, unknown> = {};
  for (const path of [...paths, ...articles]) {
    const { status, headers, body } = await ask(url, path);
    answers[path] = { status, etag: headers.etag, body: body.toString() };
  }
  return answers;
}

async function serveOnce(args: readonly string[], cwd: string) {
  const served = await startServe(args, { cwd });
  const answers = await answersOf(served.url);
  const { stderr } = await served.stop();
  return { answers, stderr };
}

/** What lasts after a run of a command, as others see it. */
type Result = (cwd: string) => unknown;

/** Kills a command at random moments, and runs it again: the result is that of an undisturbed run. */
async function surviveKills(source: string, args: readonly string[], result: Result): Promise<void> {
  const whole = copyOf(source);
  const began = performance.now();
  expect(await startDateline(args, { cwd: whole })).toMatchObject({ code: 0 });
  const lasts = performance.now() - began;
  const expected = await result(whole);
  for (let kill = 0; kill < kills; kill++) {
    const cwd = copyOf(source);
    // The moments are spread over the run, and random in their parts.
    const killAfter = ((kill + Math.random()) / kills) * lasts;
    await startDateline(args, { cwd, killAfter });
    const again = await startDateline(args, { cwd });
    expect({ killAfter, ...again, result: await result(cwd) }).toEqual({
      killAfter,
      code: 0,
      stdout: expect.any(String),
      stderr: again.stderr.replace(/^dateline: .*$/m, ''),
      result: expected,
    });
  }
}

const timeout = 60_000 + kills * 20_000;

describe('a command that is killed at any moment', { timeout }, () => {
  it('build', async () => {
    await surviveKills(source, ['build'], siteOf);
  });

  it('publish', async () => {
    const result: Result = async (cwd) => (await serveOnce(['--store', './store'], cwd)).answers;
    await surviveKills(source, ['publish', '--store', './store'], result);
  });

  it('import', async () => {
    const { next_url: _, ...feed } = JSON.parse(readFileSync(join(source, 'dist/site/feed.json'), 'utf8'));
    const folder = makeFolder({ 'old.json': JSON.stringify(feed) });
    await surviveKills(folder, ['import', 'old.json', 'seeds'], (cwd) => filesIn(join(cwd, 'seeds')));
  });

  it('serve, while articles are saved', async () => {
    const whole = copyOf(source);
    const expected = (await serveOnce(['seeds'], whole)).answers;
    expect(expected['/articles/gone']).toMatchObject({ status: 410 });
    for (let kill = 0; kill < kills; kill++) {
      const cwd = copyOf(source);
      const changed = join(cwd, 'seeds/0059.md');
      const text = readFileSync(changed);
      const running = startDateline(['serve', 'seeds', '--port', '0'], { cwd, killAfter: 300 + Math.random() * 2000 });
      let isRunning = true;
      void running.finally(() => {
        isRunning = false;
      });
      for (let save = 0; isRunning; save++) {
        writeFileSync(changed, seed(`Save ${save}`, '2025-02-28', 'More words. '.repeat(save % 50)));
        await setTimeout(50);
      }
      writeFileSync(changed, text);
      const { answers, stderr } = await serveOnce(['seeds'], cwd);
      expect({ answers, stderr }).toEqual({ answers: expected, stderr: '' });
    }
  });
});

/** The memories of a folder. */
const memories = ['seeds/.dateline/state.db', 'seeds/.dateline/ledger.db'];

/** Ways in which a file is damaged. */
const damages: Readonly<Record<string, (file: string) => void>> = {
  'cut off': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  emptied: (file) => truncateSync(file, 0),
  'overwritten in the middle': (file) => {
    const bytes = readFileSync(file);
    bytes.fill(0x5a, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2));
    writeFileSync(file, bytes);
  },
  'replaced by a text': (file) => writeFileSync(file, 'not a database\n'),
};

describe('a folder whose memory is damaged', { timeout: 120_000 }, () => {
  let expected: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    for (const memory of memories) expect(existsSync(join(source, memory))).toBe(true);
    expected = (await serveOnce(['seeds'], copyOf(source))).answers;
  });

  it.each(Object.keys(damages))('serves the same with a state that is %s', async (damage) => {
    const cwd = copyOf(source);
    damages[damage]?.(join(cwd, memories[0] ?? ''));
    expect(await serveOnce(['seeds'], cwd)).toEqual({ answers: expected, stderr: '' });
    // A server that stops early leaves no new state.
    for (const options of [[], ['--verify-state']])
      expect(await dateline(['check', 'seeds', ...options], { cwd })).toMatchObject({ code: 0 });
  });

  it.each(Object.keys(damages))(
    'says what is lost with a ledger that is %s, and serves the articles',
    async (damage) => {
      const cwd = copyOf(source);
      const file = join(cwd, memories[1] ?? '');
      for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true });
      damages[damage]?.(file);
      const { answers, stderr } = await serveOnce(['seeds'], cwd);
      const withdrawn = '/articles/gone';
      expect({ ...answers, [withdrawn]: undefined }).toEqual({ ...expected, [withdrawn]: undefined });
      // An empty file is a new one.
      if (damage !== 'emptied') expect(stderr).toContain('ledger.db');
    },
  );

  it('builds the same without state, and from a state of the future', async () => {
    const cwd = copyOf(source);
    const other = copyOf(source);
    rmSync(join(other, 'seeds/.dateline'), { recursive: true });
    for (const one of [cwd, other]) expect(await dateline(['build'], { cwd: one })).toMatchObject({ code: 0 });
    expect(siteOf(other)).toEqual(siteOf(cwd));
  });
});

describe('a clock that was set back', { timeout: 120_000 }, () => {
  it('gives no date in the future, and moves none back once it is right again', async () => {
    const cwd = copyOf(source);
    const day = 86_400_000;
    const clock = makeFolder({ 'back.mjs': `const now = Date.now; Date.now = () => now() - ${2 * day};\n` });
    const lastModified = async (env: Readonly<Record<string, string>> = {}): Promise<number> => {
      const served = await startServe(['seeds'], { cwd, env });
      const { headers } = await ask(served.url, '/rss.xml');
      expect((await ask(served.url, '/articles/gone')).status).toBe(410);
      await setTimeout(1500);
      expect((await served.stop()).stderr).toBe('');
      return Date.parse(headers['last-modified'] ?? '');
    };
    const before = await lastModified();
    writeFileSync(join(cwd, 'seeds/0060.md'), seed('Article 60', '2025-03-01', 'Corrected.'));
    const back = await lastModified({ NODE_OPTIONS: `--import=${join(clock, 'back.mjs')}` });
    // RFC 9110 §8.8.2.1: never later than the answer.
    expect(back).toBeLessThanOrEqual(Date.now() - 2 * day);
    expect(await lastModified()).toBeGreaterThanOrEqual(before);
  });
});

describe.runIf(canMount)('a disk', { timeout: 120_000 }, () => {
  it('that may only be read: a folder is served and checked without its memories', async () => {
    const disk = mountDisk(65_536);
    const cwd = join(disk, 'here');
    cpSync(source, cwd, { recursive: true, preserveTimestamps: true });
    rmSync(join(cwd, 'seeds/.dateline'), { recursive: true });
    setReadOnly(disk, true);
    const { answers } = await serveOnce(['seeds'], cwd);
    expect(answers['/rss.xml']).toMatchObject({ status: 200 });
    expect(await dateline(['check', 'seeds'], { cwd })).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, 'seeds/.dateline'))).toBe(false);
    setReadOnly(disk, false);
  });
});
