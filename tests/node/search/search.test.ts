import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, edgeFolder } from '../../../src/node/build/build.ts';
import { readPublication } from '../../../src/node/folder/read-publication.ts';
import { openFolder } from '../../../src/node/library/open-folder.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';
import { articlesWith } from './index.ts';

const settings = 'title: The Daily\nurl: https://daily.example/\nsearch: true\n';
const files = {
  'publication.yaml': settings,
  'ferry.md': seed('The ferry sails', '2026-03-01', 'A café on board. Ferry, ferry!'),
  'harbour.md': seed('Harbour', '2026-03-02', 'The ferry waits for the mayor.\n\nMore about a bridge and the bridge.'),
  'tokyo.md': seed('東京', '2026-03-03', '海岸に船がある。'),
  'later.md': seed('Later', '2199-03-04', 'The secret plan.'),
};

/** Builds a folder; `records` is the path of the record of builds in a state. */
async function built(dir: string, out: string, records?: string): Promise<number> {
  const { site, sources, files: found, saveState } = readPublication(dir, records && join(records, '../state.db'));
  const now = '2026-04-01T00:00:00Z';
  const { written } = await build(site, sources, out, now, undefined, found, false, undefined, { records });
  saveState();
  return written;
}

const filesIn = (folder: string) =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

describe('the search', () => {
  it('finds words in headline, summary and text, and nothing that is not published', async () => {
    const out = join(makeFolder(), 'site');
    await built(makeFolder(files), out);
    const read = (name: string) => readFileSync(join(out, 'search-index', name), 'utf8');
    const find = (word: string) => articlesWith(word, read);
    expect(find('ferry')).toEqual({ 'articles/ferry': 3, 'articles/harbour': 2 });
    expect(find('bridge')).toEqual({ 'articles/harbour': 1 });
    expect(find('more')).toEqual({ 'articles/harbour': 0 });
    expect(find('cafe')).toEqual({ 'articles/ferry': 2 });
    expect(find('海岸')).toEqual({ 'articles/tokyo': 2 });
    for (const word of ['secret', 'later', 'constructor']) expect(find(word)).toEqual({});
    expect([...filesIn(join(out, 'search-index')).values()].join()).not.toContain('Later');
    expect(readFileSync(join(out, 'search.html'), 'utf8')).toContain(
      '<form role="search" hidden data-index="./search-index/"',
    );
  });

  it('has the same files on a static host, in a store and on a server', async () => {
    const dir = makeFolder(files);
    const out = join(makeFolder(), 'site');
    await built(dir, out);
    const inSite = filesIn(join(out, 'search-index'));
    expect(inSite.size).toBeGreaterThan(20);
    expect(filesIn(join(edgeFolder(out), 'search-index'))).toEqual(inSite);
    const folder = await openFolder(dir, { watch: false });
    try {
      const get = async (name: string) => folder.fetch(new Request(`https://daily.example/search-index/${name}`));
      expect((await get([...inSite.keys()][0] ?? '')).status).toBe(404);
      // The list comes first: it makes the index.
      for (const name of ['index.json', ...inSite.keys()])
        expect(await (await get(name)).text()).toBe(inSite.get(name));
      expect((await get('index.json')).headers.get('Content-Type')).toBe('application/json; charset=utf-8');
      for (const name of ['../publication.yaml', 'segment-0.json', 'x']) expect((await get(name)).status).toBe(404);
    } finally {
      await folder.close();
    }
  });

  it('is made anew where an article changed', async () => {
    const dir = makeFolder(files);
    const folder = makeFolder();
    const [out, records] = [join(folder, 'site'), join(folder, 'state/builds.db')];
    await built(dir, out, records);
    expect(await built(dir, out, records)).toBe(0);
    const before = filesIn(join(out, 'search-index'));
    writeFiles(dir, { 'new.md': seed('New', '2026-03-05', 'Zebra.') });
    await built(dir, out, records);
    const after = filesIn(join(out, 'search-index'));
    const changed = [...after.keys()].filter((name) => !before.has(name));
    // What is shown, and the parts with the five words of the article.
    expect(changed.length).toBeLessThanOrEqual(6);
    expect(articlesWith('zebra', (name) => after.get(name) ?? '')).toEqual({ 'articles/new': 2 });
    // The state has what a build into another folder needs.
    const other = join(folder, 'other');
    await built(dir, other, records);
    expect(filesIn(join(other, 'search-index'))).toEqual(after);
    writeFiles(dir, { 'publication.yaml': settings.replace('search: true', 'search: false') });
    await built(dir, out, records);
    expect(readdirSync(out).filter((name) => name.startsWith('search'))).toEqual(['search.js']);
  });
});
