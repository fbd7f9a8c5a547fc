import { appendFileSync, cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../src/article/article.ts';
import { folderStateForm } from '../../../src/node/folder/seeds/folder-state.ts';
import type { SeedRecord } from '../../../src/node/folder/seeds/seed-record.ts';
import { FileTable } from '../../../src/node/state/file-table.ts';
import { RenderingTable } from '../../../src/node/state/rendering-table.ts';
import { StateFile, statePath } from '../../../src/node/state/state-file.ts';
import { checkout, dateline, serveHere } from '../command.ts';
import { png } from '../pictures.ts';
import { makeFolder, manySeeds, seed, writeFiles } from '../temporary-folder.ts';

/** Articles of all forms, with files, rules, drafts and labels. */
function makeVariedFolder(): string {
  const dir = makeFolder({
    ...manySeeds(60),
    'publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2025:"\nitems: 10\n',
    'trip/index.md': '---\ntitle: Trip\ndate: 2026-03-02\nimage: pier.png\ntags: [a, B]\n---\n\n![Pier](pier.png)\n',
    'trip/pier.png': png(30, 20),
    'notes/_index.md': '---\ntitle: Notes\ncascade:\n  expiryDate: 2090-01-01\n---\n',
    'notes/one.md': '---\ntitle: One\ndate: 2026-03-02\nauthors: [ana]\naliases: [/old]\n---\n\n{{< ref "trip" >}}\n',
    'notes/one.de.md': '---\ntitle: Eins\ndate: 2026-03-02\nslug: eins\n---\n\n> [!NOTE]\n> Ja.\n',
    'authors.yml': 'ana:\n  name: Ana Example\n  url: https://ana.example/\n',
    'draft.md': '---\ntitle: Draft\ndate: 2026-03-02\ndraft: true\n---\n',
    'again/0001.md': '---\ntitle: Again\ndate: 2026-03-02\n---\n\nAnother 0001.\n',
    'late.md': seed('Late', '2090-03-02'),
    'plain-id.md': '---\ntitle: Id\ndate: 2026-03-02\nid: some words\n---\n\nAn id that is no IRI.\n',
  });
  for (const name of readdirSync(join(checkout, 'seeds')).filter((name) => /\.(?:md|txt)$/.test(name)))
    cpSync(join(checkout, 'seeds', name), join(dir, name), { preserveTimestamps: true });
  return dir;
}

/** Every file of a build with its content. What tells the time of the run is left out. */
function contentOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}

describe('the state', () => {
  it('changes no byte of a build and no line of a check', async () => {
    const dir = makeVariedFolder();
    const build = async (...options: string[]) => {
      const out = join(makeFolder(), 'out');
      expect(await dateline(['build', dir, '--out', out, ...options])).toMatchObject({ code: 0 });
      return contentOf(out);
    };
    const without = await build('--no-state');
    expect(readdirSync(dir)).not.toContain('.dateline');
    expect(Object.keys(without).length).toBeGreaterThan(150);
    const [first, second] = [await build(), await build()];
    expect(first).toEqual(without);
    expect(second).toEqual(without);
    writeFiles(dir, { 'broken.md': '# No date\n', 'wrong.md': '---\ntitle: X\ndate: soon\nimage: none.png\n---\n' });
    const plain = await dateline(['check', dir, '--no-state']);
    expect(plain.stdout).toContain('broken.md:1:1: error');
    expect(await dateline(['check', dir])).toEqual(plain);
    expect(await dateline(['check', dir])).toEqual(plain);
    expect(await dateline(['check', dir, '--verify-state'])).toMatchObject({ code: 0 });
  }, 120_000);

  it('can be elsewhere', async () => {
    const [dir, state] = [makeFolder({ 'a.md': seed('A') }), join(makeFolder(), 'state')];
    await dateline(['check', dir, '--state', state]);
    expect(readdirSync(state)).toContain('state.db');
    expect(readdirSync(dir)).toEqual(['a.md']);
  });

  it('is compared with the files by check --verify-state', async () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'b.md': seed('B') });
    expect(await dateline(['check', dir, '--verify-state'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no state'),
    });
    await dateline(['check', dir]);
    const state = StateFile.open(statePath(dir, 'state'), folderStateForm) ?? expect.fail('no state');
    const table = new FileTable(state);
    const row = table.get('b.md') ?? expect.fail('no row');
    const record = row.data as SeedRecord;
    const wrong = { ...row, isDoubtful: false, data: { ...record, head: { ...record.head, title: 'Wrong' } } };
    state.transaction(() => table.write([wrong], []));
    state.close();
    const { code, stdout } = await dateline(['check', dir, '--verify-state']);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `${dir}/b.md: error: the state says something else than the file; delete ${statePath(dir, 'state')}\n2 articles compared, 1 difference\n`,
    });
  });

  it('has the renderings of the newest articles', async () => {
    const dir = makeFolder({ ...manySeeds(250), 'publication.yaml': 'url: https://daily.example/\nitems: 20\n' });
    const server = await serveHere(dir);
    for (const page of ['', ...Array.from({ length: 12 }, (_, i) => `archive/${i + 1}/`)])
      await (await fetch(new URL(`${page}feed.json`, server.url))).text();
    await server.stop();
    const state = StateFile.open(statePath(dir, 'state'), folderStateForm) ?? expect.fail('no state');
    const kept = [...new RenderingTable(state).all().values()].map((text) => JSON.parse(text) as Article);
    state.close();
    const all = Object.keys(manySeeds(250)).map((name) => name.replace('.md', ''));
    expect(kept.map(({ slug }) => slug).sort()).toEqual(all.sort().slice(-200));
  });

  it('is compared with what the articles are when they are rendered', async () => {
    const site = 'url: https://daily.example/\nid: "tag:daily.example,2025:"\n';
    const dir = makeFolder({ 'publication.yaml': site, 'a.md': seed('A'), 'b.md': seed('B') });
    const server = await serveHere(dir);
    await (await fetch(new URL('feed.json', server.url))).text();
    await server.stop();
    const verify = () => dateline(['check', dir, '--verify-state']);
    expect(await verify()).toMatchObject({ code: 0 });
    const state = StateFile.open(statePath(dir, 'state'), folderStateForm) ?? expect.fail('no state');
    const table = new RenderingTable(state);
    expect(table.all().size).toBe(2);
    const [version, text] = [...table.all()].find(([, text]) => text.includes('"b"')) ?? expect.fail('no rendering');
    const wrong = text.replace('It happened', 'It never happened');
    state.transaction(() => table.replace([[version, wrong]], table.all().keys()));
    state.close();
    expect(await verify()).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`${dir}/b.md: error: the state says something else than the file`),
    });
  });
});

/** Long enough to be written in two parts. */
const words = 'The harbour was quiet that morning. '.repeat(200);
const version = (article: number, number: number): string =>
  seed(
    `Article ${article}`,
    `2025-01-${String(1 + (article % 28)).padStart(2, '0')}`,
    `v${number} begins. ${words}v${number} ends.`,
  );

describe.each([true, false])('a server whose articles are saved while they are read, with state: %s', (hasState) => {
  it('never shows half a text, leaves one out or fails', { timeout: 120_000 }, async () => {
    const count = 40;
    const texts = Array.from({ length: count }, (_, article) => [`${article}.md`, version(article, 0)]);
    const dir = makeFolder({ 'publication.yaml': 'items: 10\n', ...Object.fromEntries(texts) });
    const server = await serveHere(dir, hasState ? {} : { state: false });
    let number = 0;
    let isSaving = true;
    const save = async (): Promise<void> => {
      while (isSaving) {
        number += 1;
        const article = (number * 7) % count;
        const text = version(article, number);
        const file = join(dir, `${article}.md`);
        // Some editors write in parts, and some saves break the article.
        writeFileSync(file, number % 5 === 0 ? `# Broken ${number}\n` : text.slice(0, text.length / 2));
        await new Promise((resolve) => setTimeout(resolve, 3));
        if (number % 5 !== 0) appendFileSync(file, text.slice(text.length / 2));
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
    };
    const saving = save();
    const shown = new Set<string>();
    // A fast machine asks faster than the texts are saved.
    for (let turn = 0; turn < 60 || shown.size <= 5; turn++) {
      for (const path of ['archive/1/feed.json', 'archive/2/feed.json', 'feed.json']) {
        const answer = await fetch(new URL(path, server.url));
        expect({ path, status: answer.status }).toEqual({ path, status: 200 });
        const { items } = (await answer.json()) as { items: { content_html: string }[] };
        expect(items.length).toBeGreaterThanOrEqual(10);
        for (const { content_html: html } of items) {
          const [, begin] = /v(\d+) begins/.exec(html) ?? [];
          expect(/v(\d+) ends/.exec(html)?.[1]).toBe(begin);
          shown.add(`${begin}`);
        }
      }
    }
    isSaving = false;
    await saving;
    await server.stop();
  });
});
