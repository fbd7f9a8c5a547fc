import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { instantAt } from '../../../src/article/article.ts';
import { build as buildArticles, edgeFolder } from '../../../src/node/build/build.ts';
import { runBuild } from '../../../src/node/build/build-command.ts';
import { readShown } from '../../../src/node/publish/pointer.ts';
import { publishEdition } from '../../../src/node/publish/publish-edition.ts';
import { publishedBefore } from '../../../src/node/publish/published-before.ts';
import { rollBack } from '../../../src/node/publish/roll-back.ts';
import { editionPath, objectPath, type StoredEdition } from '../../../src/publication/stored/stored.ts';
import type { ReadStore } from '../../../src/store/store.ts';
import { storedPublication } from '../../../src/store/stored-publication.ts';
import { articles, site } from '../../publication/articles.ts';
import { dateline } from '../command.ts';
import { type MemoryStore, memoryStore } from '../publish/memory-store.ts';
import { makeFolder, writeFiles } from '../temporary-folder.ts';

const publication = 'title: Daily\nurl: https://daily.example/\nid: "tag:daily.example,2026:"\nlanguage: de\n';
const page = (title: string, date = '2024-01-05', ...lines: string[]): string =>
  ['---', `title: ${title}`, `date: ${date}`, ...lines, '---', '', 'It happened.', ''].join('\n');
const tie = {
  'publication.yaml': publication,
  'de/posts/hello.md': page('Hallo'),
  'en/posts/hello.md': page('Hello'),
};
const later = { 'bg/posts/hello.md': page('Zdravej'), 'aa/hello.md': page('Ancient', '2004-01-05') };

let dir: string;
let out: string;
beforeEach(() => {
  dir = makeFolder(tie);
  out = join(makeFolder(), 'site');
});

const builtEdition = (): StoredEdition => JSON.parse(readFileSync(join(edgeFolder(out), editionPath), 'utf8'));
const built: ReadStore = { get: async (path) => new Uint8Array(readFileSync(join(edgeFolder(out), path))) };
const now = () => instantAt(Date.now());

/** The id and the slug of each article that a store shows, by title. */
async function names(read: ReadStore): Promise<Record<string, string>> {
  const shown = await (await storedPublication(read).edition()).page({}, now());
  return Object.fromEntries((shown?.articles ?? []).map(({ title, id, slug }) => [title, `${id} ${slug}`]));
}

async function isGone(read: ReadStore, path: string): Promise<boolean> {
  return (await storedPublication(read).edition()).isGone(path, now());
}

const build = (): Promise<{ readonly code: number | null; readonly stderr: string }> =>
  dateline(['build', dir, '--out', out]);

describe('builds', () => {
  it('keep ids and addresses, whatever is added, with a warning only where nothing was known', async () => {
    const first = await build();
    expect(first.stderr.match(/\(tied-name\)/g)).toHaveLength(2);
    const before = await names(built);
    expect(before).toEqual({
      Hallo: 'tag:daily.example,2026:hello hello',
      Hello: 'tag:daily.example,2026:en-posts-hello en-posts-hello',
    });
    writeFiles(dir, later);
    expect(await build()).toMatchObject({ code: 0, stderr: '' });
    expect(await names(built)).toMatchObject(before);
    expect(Object.keys(await names(built))).toHaveLength(4);
    // In another checkout, the output alone remembers.
    const clone = join(makeFolder(), 'clone');
    cpSync(dir, clone, { recursive: true });
    dir = clone;
    const ids = await names(built);
    expect(await build()).toMatchObject({ code: 0, stderr: '' });
    expect(await names(built)).toEqual(ids);
  });

  it('know what was withdrawn, and when it returns with its first date', async () => {
    const entry = async () => {
      const { stdout } = await dateline(['ledger', '--out', out, '--format', 'json']);
      return JSON.parse(stdout).articles.find(({ title }: { title: string }) => title === 'Hallo');
    };
    await build();
    const first = await entry();
    renameSync(join(dir, 'de'), join(dir, '.de'));
    await build();
    await build();
    expect(await isGone(built, 'articles/hello')).toBe(true);
    expect(await entry()).toEqual({ ...first, withdrawn: expect.any(String) });
    renameSync(join(dir, '.de'), join(dir, 'de'));
    await build();
    expect(await isGone(built, 'articles/hello')).toBe(false);
    expect(await entry()).toEqual({ ...first, changed: expect.any(String) });
  });

  it('do not move the date without a change, and write the same again', async () => {
    await build();
    const before = builtEdition();
    cpSync(dir, `${dir}-clone`, { recursive: true });
    dir = `${dir}-clone`;
    await build();
    expect(builtEdition()).toEqual(before);
  });

  it('call an article changed if its author or a rule of its folder is another, and only then', async () => {
    const changed = async (): Promise<Record<string, string>> => {
      await build();
      const { stdout } = await dateline(['ledger', '--out', out, '--format', 'json']);
      const found: { title: string; hash: string }[] = JSON.parse(stdout).articles;
      return Object.fromEntries(found.map(({ title, hash }) => [title, hash]));
    };
    const rule = (day: string) => `---\ncascade:\n  expiryDate: ${day}\n---\n`;
    writeFiles(dir, {
      'en/posts/hello.md': page('Hello', '2024-01-05', 'authors: ana'),
      'bg/_index.md': rule('2999-01-01'),
    });
    writeFiles(dir, { ...later, 'authors.yml': 'ana:\n  name: Ana\n' });
    const first = await changed();
    writeFileSync(join(dir, 'authors.yml'), 'ana:\n  name: Ana\nben:\n  name: Ben\n');
    cpSync(dir, `${dir}-clone`, { recursive: true });
    dir = `${dir}-clone`;
    expect(await changed()).toEqual(first);
    writeFileSync(join(dir, 'authors.yml'), 'ana:\n  name: Ana Lund\n');
    const second = await changed();
    expect(second).toEqual({ ...first, Hello: expect.not.stringMatching(first.Hello ?? '') });
    writeFiles(dir, { 'bg/_index.md': rule('2999-01-02') });
    expect(await changed()).toEqual({ ...second, Zdravej: expect.not.stringMatching(second.Zdravej ?? '') });
  });

  it('stop at a ledger that is damaged or of a later form', async () => {
    await build();
    const [part = ''] = builtEdition().ledger ?? [];
    writeFileSync(join(edgeFolder(out), objectPath(part)), 'damaged');
    expect(await build()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/site-edge: a part of the ledger is missing or damaged; restore it, or delete /),
    });
    rmSync(edgeFolder(out), { recursive: true });
    expect(await build()).toMatchObject({ code: 0 });
  });

  it('stop at a damaged ledger even if nothing else changed, and its size and date are the same', async () => {
    // Without folders of languages, nothing else needs the ledger.
    dir = makeFolder({ 'publication.yaml': publication, 'hello.md': page('Hello') });
    await build();
    const [part = ''] = builtEdition().ledger ?? [];
    const file = join(edgeFolder(out), objectPath(part));
    const whole = join(dir, '..whole');
    renameSync(file, whole);
    writeFileSync(file, readFileSync(whole).fill(0, 20, 24));
    // Node.js has no function that sets nanoseconds.
    execFileSync('touch', ['-r', whole, file]);
    expect(statSync(file).mtimeMs).toBe(statSync(whole).mtimeMs);
    expect(await build()).toMatchObject({ code: 1, stderr: expect.stringMatching(/the ledger is missing or damaged/) });
    renameSync(whole, file);
    expect(await build()).toMatchObject({ code: 0 });
  });
});

describe('publishing', () => {
  /** Publishes from a machine that has nothing but the articles, or the last output. */
  async function publish(store: MemoryStore, started: number, isFresh = true): Promise<void> {
    if (isFresh) out = join(makeFolder(), 'site');
    const shown = await readShown(store, started);
    const before = await publishedBefore(store, shown, edgeFolder(out));
    await runBuild(dir, { out, edgeOnly: true }, before);
    await publishEdition(edgeFolder(out), store, { started, shown });
  }

  it('from fresh machines keeps ids, addresses, what is gone, and the date', async () => {
    const store = memoryStore();
    const started = Date.now() - 60_000;
    await publish(store, started);
    const before = await names(store);
    const { changed } = JSON.parse(store.text(editionPath) ?? '');
    await publish(store, started + 1000);
    expect(JSON.parse(store.text(editionPath) ?? '').changed).toBe(changed);
    writeFiles(dir, later);
    await publish(store, started + 2000);
    expect(await names(store)).toMatchObject(before);
    const all = await names(store);
    rmSync(join(dir, 'de'), { recursive: true });
    await publish(store, started + 3000);
    await publish(store, started + 4000);
    const { Hallo: _, ...others } = all;
    expect(await names(store)).toEqual(others);
    expect(await isGone(store, 'articles/hello')).toBe(true);
    expect(await isGone(store, 'articles/never')).toBe(false);
  });

  it('remembers after a rollback what was published before it', async () => {
    const store = memoryStore();
    const started = Date.now() - 60_000;
    await publish(store, started);
    writeFiles(dir, later);
    await publish(store, started + 1000);
    const all = await names(store);
    await rollBack(store, started + 2000);
    expect(Object.keys(await names(store))).toEqual(['Hallo', 'Hello']);
    await publish(store, started + 3000);
    expect(await names(store)).toEqual(all);
  });

  it('uploads nothing the second time', async () => {
    const store = memoryStore();
    const started = Date.now() - 60_000;
    await publish(store, started);
    store.puts.length = 0;
    await publish(store, started + 1000);
    expect(store.puts).toEqual([]);
  });

  it('takes at most 30 requests for one article more, also from a fresh machine with a large ledger', async () => {
    const store = memoryStore();
    const started = Date.now() - 60_000;
    const run = async (count: number, at: number): Promise<void> => {
      const edge = edgeFolder(join(makeFolder(), 'site'));
      const shown = await readShown(store, at);
      const earlier = await publishedBefore(store, shown, edge);
      const memory = { earlier };
      const out = edge.replace(/-edge$/, '');
      await buildArticles(site, articles(count), out, instantAt(at), undefined, undefined, true, undefined, memory);
      await publishEdition(edge, store, { started: at, shown });
    };
    await run(2500, started);
    const { get } = store;
    let reads = 0;
    store.get = (key) => {
      reads++;
      return get(key);
    };
    store.puts.length = 0;
    await run(2501, started + 1000);
    expect(reads + store.puts.length).toBeLessThanOrEqual(30);
    expect(reads).toBe(6);
  });
});
