import { cpSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { dateline, type Served, serveHere, startServe } from '../command.ts';
import { makeFolder, writeFiles } from '../temporary-folder.ts';

const publication = 'title: Daily\nurl: https://daily.example/\nid: "tag:daily.example,2026:"\n';
const page = (title: string, ...lines: string[]): string =>
  ['---', `title: ${title}`, 'date: 2024-01-05', ...lines, '---', '', 'It happened.', ''].join('\n');

/** Serves a folder while `work` runs. With a signal, the server is a process of its own that it ends. */
async function serving<T>(dir: string, work: (served: Served) => Promise<T>, signal?: NodeJS.Signals): Promise<T> {
  const served = signal === undefined ? await serveHere(dir) : await startServe(['--no-live', '--no-ping', dir]);
  try {
    return await work(served);
  } finally {
    await served.stop(signal);
  }
}

const statusOf = async ({ url }: Served, path: string): Promise<number> =>
  (await fetch(new URL(path, url), { redirect: 'manual' })).status;
const statuses = (served: Served, paths: readonly string[]) => Promise.all(paths.map((path) => statusOf(served, path)));
const textOf = async ({ url }: Served, path: string): Promise<string> => (await fetch(new URL(path, url))).text();
const dateOf = async ({ url }: Served, path: string): Promise<number> =>
  Date.parse((await fetch(new URL(path, url))).headers.get('last-modified') ?? '');
/** The entries of a ledger, once it has as many. */
async function recorded(dir: string, count: number): Promise<void> {
  const find = (): number => {
    const database = new DatabaseSync(join(dir, '.dateline/ledger.db'), { readOnly: true });
    const rows = database.prepare('SELECT id FROM articles WHERE withdrawn IS NULL').all().length;
    database.close();
    return rows;
  };
  await expect.poll(find, { timeout: 20_000, interval: 20 }).toBe(count);
}

describe('a withdrawn article', () => {
  const files = {
    'publication.yaml': publication,
    'stays.md': page('Stays', 'tags: [Common]'),
    'goes.md': page('Goes', 'tags: [Rare]', 'url: https://daily.example/old/goes/'),
  };
  const paths = ['articles/goes', 'tags/rare', 'old/goes/', 'articles/stays', 'articles/never'];

  it.each(['SIGTERM', 'SIGKILL'] as const)('answers 410 in every later process, after %s', async (signal) => {
    const dir = makeFolder(files);
    await serving(
      dir,
      async (served) => {
        expect(await statuses(served, paths)).toEqual([200, 200, 301, 200, 404]);
        await recorded(dir, 2);
      },
      signal,
    );
    renameSync(join(dir, 'goes.md'), join(dir, 'goes.bak'));
    for (const _ of ['first', 'second'])
      expect(await serving(dir, (served) => statuses(served, paths), signal)).toEqual([410, 410, 410, 200, 404]);
  });

  it('is there again with its id and its first date when its file returns', async () => {
    const dir = makeFolder(files);
    const shown = async () => {
      const { stdout } = await dateline(['ledger', dir, '--format', 'json']);
      return JSON.parse(stdout).articles.find(({ slug }: { slug: string }) => slug === 'goes');
    };
    const idIn = (feed: string) => /<guid[^>]*>([^<]*goes[^<]*)</.exec(feed)?.[1];
    const before = await serving(dir, (served) => textOf(served, 'rss.xml'));
    const first = await shown();
    renameSync(join(dir, 'goes.md'), join(dir, 'goes.bak'));
    await serving(dir, (served) => textOf(served, 'rss.xml'));
    expect(await shown()).toMatchObject({ withdrawn: expect.any(String), shown: first.shown });
    renameSync(join(dir, 'goes.bak'), join(dir, 'goes.md'));
    await serving(dir, async (served) => {
      expect(await statuses(served, paths)).toEqual([200, 200, 301, 200, 404]);
      expect(idIn(await textOf(served, 'rss.xml'))).toBe(idIn(before));
    });
    const { withdrawn, shown: again } = await shown();
    expect({ withdrawn, again }).toEqual({ withdrawn: undefined, again: first.shown });
  });
});

describe('Last-Modified', () => {
  const files = { 'publication.yaml': publication, 'a.md': page('A', 'tags: [X]'), 'b.md': page('B', 'tags: [Y]') };
  const paths = ['rss.xml', 'tags/x/rss.xml', 'tags/y/feed.json', 'articles/a', 'feeds.opml', ''];
  const dates = (served: Served) => Promise.all(paths.map((path) => dateOf(served, path)));
  /** Waits until what changes now has a later date, in whole seconds, than what changed before. */
  const nextSecond = () => setTimeout(1100);

  it('stays in a fresh checkout, after touching and copying the files, and while nothing changes', async () => {
    const dir = makeFolder(files);
    const first = await serving(dir, dates);
    expect(await serving(dir, dates)).toEqual(first);
    for (const name of ['a.md', 'b.md', 'publication.yaml']) utimesSync(join(dir, name), new Date(), new Date());
    expect(await serving(dir, dates, 'SIGKILL')).toEqual(first);
    const clone = join(makeFolder(), 'clone');
    cpSync(dir, clone, { recursive: true });
    expect(await serving(clone, dates)).toEqual(first);
  });

  it('moves with a change that was made while no server ran, also by a file with an old date', async () => {
    const dir = makeFolder(files);
    const first = await serving(dir, dates);
    await nextSecond();
    writeFiles(dir, { 'a.md': page('A', 'tags: [X]').replace('happened', 'did happen') });
    utimesSync(join(dir, 'a.md'), new Date('2019-01-01'), new Date('2019-01-01'));
    const second = await serving(dir, dates);
    // All but the feeds of the other tag, and the list of feeds.
    expect(second.map((date, i) => Math.sign(date - (first[i] ?? 0)))).toEqual([1, 1, 0, 1, 0, 1]);
    expect(await serving(dir, dates)).toEqual(second);
  });

  it('does not move back when a change is undone', async () => {
    const dir = makeFolder(files);
    await serving(dir, dates);
    await nextSecond();
    writeFiles(dir, { 'a.md': page('A!', 'tags: [X]') });
    const second = await serving(dir, dates);
    await nextSecond();
    writeFiles(dir, { 'a.md': files['a.md'] });
    utimesSync(join(dir, 'a.md'), new Date('2019-01-01'), new Date('2019-01-01'));
    const third = await serving(dir, dates);
    expect(third.map((date, i) => Math.sign(date - (second[i] ?? 0)))).toEqual([1, 1, 0, 1, 0, 1]);
  });

  it('keeps the date of a change that a running server saw', async () => {
    const dir = makeFolder(files);
    const running = await serving(
      dir,
      async (served) => {
        const before = await dates(served);
        await nextSecond();
        writeFiles(dir, { 'a.md': page('A', 'tags: [X]').replace('happened', 'did happen') });
        await expect.poll(() => textOf(served, 'rss.xml'), { timeout: 10_000 }).toContain('did happen');
        const after = await dates(served);
        expect(after.map((date, i) => Math.sign(date - (before[i] ?? 0)))).toEqual([1, 1, 0, 1, 0, 1]);
        // The dates are written once the answers are sent.
        await setTimeout(200);
        return after;
      },
      'SIGKILL',
    );
    expect(await serving(dir, dates)).toEqual(running);
  });
});

describe('articles that share a name', () => {
  it('keep their ids and addresses after every later start', async () => {
    const dir = makeFolder({
      'publication.yaml': publication,
      'en/hello.md': page('Hello'),
      'fr/hello.md': page('Bonjour'),
    });
    const addresses = async (served: Served) => {
      const { items } = JSON.parse(await textOf(served, 'feed.json'));
      return Object.fromEntries(items.map(({ title, id, url }: Record<string, string>) => [title, `${id} ${url}`]));
    };
    const first = await serving(dir, addresses);
    expect(first).toMatchObject({ Hello: expect.stringContaining(':hello ') });
    writeFiles(dir, { 'bg/hello.md': page('Zdravej'), 'aa/hello.md': page('Ancient').replace('2024', '2004') });
    const second = await serving(dir, async (served) => {
      expect(served.output.stderr).toBe('');
      return addresses(served);
    });
    expect(second).toMatchObject(first);
    expect(Object.keys(second)).toHaveLength(4);
    rmSync(join(dir, 'en/hello.md'));
    const { Hello: _, ...others } = second;
    expect(await serving(dir, addresses)).toEqual(others);
    expect(await serving(dir, addresses)).toEqual(others);
  });
});

describe('a published article whose file is broken at a start', () => {
  it('answers 404 and keeps its id and address, whatever is added', async () => {
    const dir = makeFolder({ 'publication.yaml': publication, 'en/hello.md': page('Hello') });
    await serving(dir, () => recorded(dir, 1));
    writeFiles(dir, { 'en/hello.md': '---\ntitle: [Hello\n---\n', 'bg/hello.md': page('Zdravej') });
    const paths = ['articles/hello', 'articles/bg-hello'];
    await serving(dir, async (served) => {
      expect(await statuses(served, paths)).toEqual([404, 200]);
      await recorded(dir, 2);
      writeFiles(dir, { 'en/hello.md': page('Hello') });
      await expect.poll(() => statuses(served, paths), { timeout: 10_000 }).toEqual([200, 200]);
      expect(await textOf(served, 'articles/hello')).toContain('>Hello</h1>');
    });
  });
});

describe('the ledger', () => {
  const files = { 'publication.yaml': publication, 'a.md': page('A') };
  const ledger = (dir: string) => join(dir, '.dateline/ledger.db');

  it('that is damaged is kept under another name, with a line that says what is lost', async () => {
    const dir = makeFolder(files);
    await serving(dir, () => recorded(dir, 1));
    const bytes = readFileSync(ledger(dir));
    writeFileSync(ledger(dir), bytes.fill(0x55, 20_000));
    const stderr = await serving(dir, async (served) => {
      expect(await statusOf(served, 'articles/a')).toBe(200);
      await recorded(dir, 1);
      return served.output.stderr;
    });
    expect(stderr).toMatch(
      /^dateline: .*ledger\.db: the file is damaged; it is kept as .*ledger-damaged-\d+T\d+Z\.db, and what it said is lost: withdrawn articles answer 404 /,
    );
    const aside = readdirSync(join(dir, '.dateline')).find((name) => name.startsWith('ledger-damaged')) ?? '';
    expect(readFileSync(join(dir, '.dateline', aside))).toEqual(bytes);
  });

  it('of a later version is left alone, and nothing is served', async () => {
    const dir = makeFolder(files);
    await serving(dir, () => recorded(dir, 1));
    const database = new DatabaseSync(ledger(dir));
    database.exec('PRAGMA user_version = 99');
    database.close();
    const before = readFileSync(ledger(dir));
    const { code, stderr } = await dateline(['serve', '--port', '0', dir]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^dateline: .*ledger\.db: a later version of Dateline wrote the file\n$/),
    });
    expect(readFileSync(ledger(dir))).toEqual(before);
  });

  it('that can’t be written lasts as long as the server, which one line says', async () => {
    const dir = makeFolder({ ...files, '.dateline': 'Not a folder, as for another user.\n' });
    await serving(dir, async (served) => {
      expect(await statusOf(served, 'articles/a')).toBe(200);
      expect(served.output.stderr).toMatch(
        /^dateline: .*ledger\.db can't be written, so after the next start nothing is known of what was published before\n$/,
      );
      rmSync(join(dir, 'a.md'));
      await expect.poll(() => statusOf(served, 'articles/a'), { timeout: 10_000 }).toBe(410);
    });
  });
});
