import {
  chmodSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../src/article/seed/date.ts';
import { build, edgeFolder } from '../../../src/node/build/build.ts';
import { readPublication } from '../../../src/node/folder/read-publication.ts';
import type { ShowProgress } from '../../../src/node/terminal/progress.ts';
import { propertyRuns } from '../../effort.ts';
import { makeFolder, writeFiles } from '../temporary-folder.ts';

const start = Date.parse('2026-03-10T12:00:00Z');

/** A publication on disk that is built again and again. */
class Builds {
  readonly dir: string;
  readonly out = join(makeFolder(), 'site');
  readonly records = join(makeFolder(), 'builds.db');
  /** How many articles the last build rendered. */
  rendered = 0;
  #hours = 0;

  constructor(files: Readonly<Record<string, string>>) {
    this.dir = makeFolder(files);
  }

  wait(hours: number): void {
    this.#hours += hours;
  }

  edit(path: string, change: (text: string) => string): void {
    writeFiles(this.dir, { [path]: change(readFileSync(join(this.dir, path), 'utf8')) });
  }

  /** Builds, and returns how many files were written. */
  async build(out = this.out, hasState = true): Promise<number> {
    const now = instantOf(start + this.#hours * 3_600_000) ?? '';
    const state = hasState ? join(this.records, '../state.db') : undefined;
    const records = hasState ? this.records : undefined;
    const { site, sources, changed, files, saveState } = readPublication(this.dir, state);
    this.rendered = 0;
    const progress: ShowProgress = (what, work) =>
      work((_, all = 0) => {
        if (what === 'articles') this.rendered = all;
      });
    const { written } = await build(site, sources, out, now, changed, files, false, progress, { records });
    saveState();
    return written;
  }

  /** The folders that the last build replaced, which the next one changes instead of linking every file. */
  get spares(): string[] {
    const folder = join(this.records, '../spares');
    return readdirSync(folder).map((name) => join(folder, name));
  }

  /** Builds everything beside what the last build left, and compares. */
  async expectSameAsWhole(): Promise<void> {
    const whole = join(makeFolder(), 'site');
    cpSync(edgeFolder(this.out), edgeFolder(whole), { recursive: true });
    await this.build(whole, false);
    await this.build();
    for (const [a, b] of [[whole, this.out] as const, [edgeFolder(whole), edgeFolder(this.out)] as const]) {
      expect(tree(b)).toEqual(tree(a));
      for (const file of tree(a))
        expect(readFileSync(join(b, file)).equals(readFileSync(join(a, file))), file).toBe(true);
    }
  }
}

function tree(dir: string): string[] {
  const entries = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  return entries.filter((path) => statSync(join(dir, path)).isFile()).sort();
}

/** Lists folders with their permissions. */
function foldersIn(dir: string): string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  const folders = entries.flatMap((one) => (one.isDirectory() ? join(one.parentPath, one.name) : []));
  return folders.map((folder) => `${folder} ${statSync(folder).mode}`).sort();
}

function article(number: number, tag = 'Harbour', body = 'It happened.'): string {
  const date = new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10);
  return `---\ntitle: Article ${number}\ndate: ${date}\ntags: [${tag}]\nauthor: Ada\n---\n${body}\n`;
}

/** Eleven articles, three a page, one with a picture, one to come, and one that expires. */
function someFiles(): Record<string, string> {
  const articles = Array.from({ length: 8 }, (_, i) => [`a${i}.md`, article(i, i % 3 === 0 ? 'Harbour' : 'Town')]);
  return {
    ...Object.fromEntries(articles),
    'pictured.md': article(20, 'Town', '![A mark](mark.svg)'),
    'mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'to-come.md': '---\ntitle: To come\ndate: 2026-03-10T15:00:00Z\ntags: [Later]\n---\nSoon.\n',
    'expiring.md':
      '---\ntitle: Expiring\ndate: 2026-03-01\nexpires: 2026-03-10T18:00:00Z\ntags: [Brief]\n---\nBriefly.\n',
    'moved.md': '---\ntitle: Moved\ndate: 2026-02-20\nurl: https://daily.example/2019/moved/\n---\nOld.\n',
    'public/ads.txt': 'own',
    'publication.yaml':
      'title: Daily\nurl: https://daily.example/\nid: "tag:daily.example,2026:"\nitems: 3\nsearch: true\n',
  };
}

describe('a build after a build', () => {
  it('writes nothing if nothing changed, and leaves both folders alone', async () => {
    const builds = new Builds(someFiles());
    expect(await builds.build()).toBeGreaterThan(50);
    const before = [builds.out, edgeFolder(builds.out)].map((folder) => statSync(folder).ino);
    expect(await builds.build()).toBe(0);
    expect([builds.out, edgeFolder(builds.out)].map((folder) => statSync(folder).ino)).toEqual(before);
    // Without a record, it writes everything.
    expect(await builds.build(builds.out, false)).toBeGreaterThan(50);
  });

  it('writes only what shows an edited article', async () => {
    const builds = new Builds(someFiles());
    await builds.build();
    const modified = () => new Map(tree(builds.out).map((file) => [file, statSync(join(builds.out, file)).mtimeMs]));
    const before = modified();
    builds.edit('a1.md', (text) => text.replace('It happened', 'It happened again'));
    await builds.build();
    const written = [...modified()].filter(([file, time]) => before.get(file) !== time).map(([file]) => file);
    const pages = ['', 'authors/ada/', 'languages/en/'].flatMap((folder) => [
      `${folder}archive/1.html`,
      ...['atom.xml', 'feed.json', 'rss.xml'].map((file) => `${folder}archive/1/${file}`),
    ]);
    const tagged = [
      'tags/town/archive/1.html',
      ...['atom.xml', 'feed.json', 'rss.xml'].map((file) => `tags/town/archive/1/${file}`),
    ];
    const isSearch = (file: string) => file.startsWith('search-index/');
    // The part with its new word, what is shown of it, and the list.
    expect(written.filter(isSearch)).toHaveLength(3);
    expect(written.filter((file) => !isSearch(file)).sort()).toEqual(
      [...pages, ...tagged, 'archive/1/sitemap.xml', 'articles/a1.html'].sort(),
    );
  });

  it('lists what is gone in every copy of the current feed', async () => {
    const files = someFiles();
    const builds = new Builds({ ...files, 'publication.yaml': `${files['publication.yaml']}tombstones: true\n` });
    await builds.build();
    builds.edit('a0.md', (text) => text.replace('---\n', '---\nid: "tag:daily.example,2026:other"\n'));
    await builds.expectSameAsWhole();
    // The page that the next articles fill.
    expect(readFileSync(join(builds.out, 'archive/4/atom.xml'), 'utf8')).toContain('deleted-entry');
  });

  it.each([
    ['deleted', (file: string) => rmSync(file)],
    ['edited', (file: string) => writeFileSync(file, 'mine')],
    [
      'edited, with its length and date',
      (file: string) => {
        const { mtime, size } = statSync(file);
        writeFileSync(file, 'x'.repeat(size - 1));
        utimesSync(file, mtime, mtime);
      },
    ],
  ])('writes a file again that was %s', async (_, damage) => {
    const builds = new Builds(someFiles());
    await builds.build();
    const files = [join(builds.out, 'rss.xml'), join(builds.out, 'ads.txt'), join(builds.out, 'media/mark.svg')];
    const before = files.map((file) => readFileSync(file));
    for (const file of files) damage(file);
    expect(await builds.build()).toBe(files.length);
    expect(files.map((file) => readFileSync(file))).toEqual(before);
  });

  it('removes what nobody built', async () => {
    const builds = new Builds(someFiles());
    await builds.build();
    const before = tree(builds.out);
    writeFiles(builds.out, { 'own/page.html': 'mine' });
    expect(await builds.build()).toBe(0);
    expect(tree(builds.out)).toEqual(before);
  });

  it('uses the folder that the last build replaced, and trusts nothing in it', async () => {
    const builds = new Builds(someFiles());
    await builds.build();
    const outside = makeFolder({ 'a0.html': 'theirs', 'own/page.html': 'theirs' });
    const damages: ((spare: string) => unknown)[] = [
      (spare) => rmSync(join(spare, 'articles'), { recursive: true, force: true }),
      (spare) => writeFiles(spare, { 'own/page.html': 'mine', 'robots.txt/own': 'mine' }),
      (spare) => {
        rmSync(join(spare, 'articles'), { recursive: true, force: true });
        for (const name of ['articles', 'own']) symlinkSync(outside, join(spare, name));
      },
      (spare) => {
        for (const file of tree(spare)) {
          const bytes = readFileSync(join(spare, file));
          rmSync(join(spare, file));
          writeFileSync(
            join(spare, file),
            bytes.map((byte) => byte ^ 1),
          );
        }
      },
      (spare) => {
        rmSync(spare, { recursive: true });
        writeFileSync(spare, 'mine');
      },
      (spare) => {
        rmSync(spare, { recursive: true });
        symlinkSync(outside, spare);
      },
      // Another program made the site read-only.
      (spare) => {
        const entries = readdirSync(spare, { recursive: true, withFileTypes: true });
        for (const { parentPath } of entries) chmodSync(parentPath, 0o555);
      },
    ];
    builds.edit('a1.md', (text) => `${text}More.\n`);
    await builds.build();
    for (const damage of damages) {
      for (const spare of builds.spares) {
        rmSync(join(spare, 'robots.txt'), { force: true });
        damage(spare);
      }
      const folders = foldersIn(builds.out);
      builds.edit('a1.md', (text) => `${text}More.\n`);
      await builds.expectSameAsWhole();
      expect(foldersIn(builds.out)).toEqual(folders);
      expect(builds.spares).toHaveLength(2);
    }
    expect(tree(outside)).toEqual(['a0.html', 'own/page.html']);
    const spare = builds.spares.flatMap((folder) => tree(folder).map((file) => statSync(join(folder, file)).ino));
    const built = () => [builds.out, edgeFolder(builds.out)].map((folder) => statSync(join(folder, '_headers')).ino);
    expect(spare).toEqual(expect.arrayContaining(built()));
  });

  it('writes a file again that was edited in place, although earlier folders have links to it', async () => {
    const builds = new Builds(someFiles());
    for (let i = 0; i < 3; i++) {
      builds.edit('a1.md', (text) => `${text}More.\n`);
      await builds.build();
    }
    const file = join(builds.out, 'articles/a5.html');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, 'mine');
    builds.edit('a1.md', (text) => `${text}More.\n`);
    await builds.expectSameAsWhole();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('renders only the edited article, and takes the others of its blocks from the last build', async () => {
    const builds = new Builds(someFiles());
    // So that blocks have several articles.
    builds.edit('publication.yaml', (text) => text.replace('items: 3', 'items: 8'));
    await builds.build();
    expect(builds.rendered).toBeGreaterThan(10);
    builds.edit('a1.md', (text) => `${text}More.\n`);
    await builds.expectSameAsWhole();
    expect(builds.rendered).toBe(1);
    builds.edit('a2.md', (text) => `${text}More.\n`);
    for (const file of tree(edgeFolder(builds.out)).filter((path) => path.endsWith('.gz'))) {
      const path = join(edgeFolder(builds.out), file);
      const object: unknown = JSON.parse(gunzipSync(readFileSync(path)).toString());
      if (!Array.isArray(object) || !object.some((one) => one?.slug === 'a2' && 'content' in one)) continue;
      const { atime, mtime, size } = statSync(path);
      writeFileSync(path, Buffer.alloc(size));
      utimesSync(path, atime, mtime);
    }
    await builds.build();
    // The damaged blocks are not read.
    expect(builds.rendered).toBeGreaterThan(1);
  });

  it('removes links that somebody put into the folder, and follows none', async () => {
    const builds = new Builds(someFiles());
    await builds.build();
    const outside = makeFolder({ 'a.html': 'theirs' });
    const links = { self: '.', dead: 'nothing', more: outside };
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(builds.out, name));
    await builds.expectSameAsWhole();
    expect(readdirSync(builds.out).filter((name) => Object.hasOwn(links, name))).toEqual([]);
    expect(readdirSync(outside)).toEqual(['a.html']);
  });

  it('keeps no folder whose files have all changed', async () => {
    const builds = new Builds(someFiles());
    await builds.build();
    builds.edit('a1.md', (text) => `${text}More.\n`);
    await builds.build();
    expect(builds.spares).toHaveLength(2);
    builds.edit('publication.yaml', (text) => text.replace('Daily', 'Weekly'));
    await builds.expectSameAsWhole();
    // The articles that the worker reads do not have the title.
    expect(builds.spares.map((folder) => readdirSync(folder).includes('_dateline'))).toEqual([true]);
  });

  it('forgets what it kept of a folder that was deleted', async () => {
    const builds = new Builds(someFiles());
    await builds.build();
    builds.edit('a1.md', (text) => `${text}More.\n`);
    await builds.build();
    for (const folder of [builds.out, edgeFolder(builds.out)]) renameSync(folder, `${folder}-moved`);
    await builds.build(join(makeFolder(), 'site'));
    expect(builds.spares).toEqual([]);
  });

  it('shows a new section in the menu of every page', async () => {
    const builds = new Builds({ ...someFiles(), 'quay/first.md': article(30) });
    await builds.build();
    writeFiles(builds.dir, { 'town/second.md': article(31) });
    await builds.expectSameAsWhole();
    for (const page of ['index', '404', 'search', 'subscribe', 'archive', 'articles/a0'])
      expect(readFileSync(join(builds.out, `${page}.html`), 'utf8'), page).toContain('sections/town"');
  });

  it('has the same files and bytes as one from nothing, whatever was edited', async () => {
    const file = fc.constantFrom('a0.md', 'a3.md', 'a5.md', 'a7.md', 'pictured.md', 'to-come.md', 'expiring.md');
    const replacing = (from: RegExp, to: string) =>
      fc.record({ path: file }).map(
        ({ path }) =>
          (builds: Builds) =>
            builds.edit(path, (text) => text.replace(from, to)),
      );
    const edits = fc.oneof(
      replacing(/$/, 'More.\n'),
      replacing(/title: .*/, 'title: Renamed'),
      replacing(/date: .*/, 'date: 2026-01-04'),
      replacing(/tags: .*/, 'tags: [Other, town]'),
      replacing(/\n---\n(?!.*---)/, '\nupdated: 2026-03-10T14:00:00Z\n---\n'),
      replacing(/author: .*/, 'author: Grace'),
      file.map((path) => (builds: Builds) => rmSync(join(builds.dir, path), { force: true })),
      fc.nat(9).map((n) => (builds: Builds) => writeFiles(builds.dir, { [`new${n}.md`]: article(n * 9, 'New') })),
      fc
        .constantFrom('title: Weekly', 'description: News', 'content: summary', 'copyright: Ada')
        .map(
          (line) => (builds: Builds) =>
            builds.edit('publication.yaml', (text) =>
              text.includes(line) ? text : `${text.replace(/^title.*\n/, '')}${line}\n`,
            ),
        ),
      fc.constant((builds: Builds) => builds.edit('publication.yaml', (text) => text.replace('items: 3', 'items: 2'))),
      fc.constant((builds: Builds) => builds.edit('mark.svg', (text) => `${text}\n`)),
      fc.constant((builds: Builds) => writeFiles(builds.dir, { 'theme/style.css': 'p { color: red }' })),
      fc.constant((builds: Builds) => writeFiles(builds.dir, { 'public/own.txt': 'own', 'public/ads.txt': 'other' })),
      fc.integer({ min: 1, max: 5 }).map((hours) => (builds: Builds) => builds.wait(hours)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(edits, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        async (steps) => {
          const builds = new Builds(someFiles());
          await builds.build();
          for (const step of steps) {
            for (const edit of step) {
              try {
                edit(builds);
              } catch {
                // The article was deleted before.
              }
            }
            await builds.expectSameAsWhole();
          }
        },
      ),
      { numRuns: propertyRuns(40, 6) },
    );
  });
});
