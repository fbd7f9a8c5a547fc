import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dateline } from '../../command.ts';
import { makeFolder, seed } from '../../temporary-folder.ts';

const publication = 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n';

interface Item {
  readonly title?: string;
  readonly id: string;
  readonly link?: string;
  readonly date?: string;
}

const feedOf = (items: readonly Item[]) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'D',
    items: items.map(({ title = 'A', id, link, date = '2026-03-02T00:00:00Z' }) => ({
      ...{ id, title, url: link, date_published: date },
    })),
  });

async function fix(files: Readonly<Record<string, string>>, items: readonly Item[], option = '--fix') {
  const dir = makeFolder({ 'publication.yaml': publication, ...files });
  const feed = join(makeFolder({ 'feed.json': feedOf(items) }), 'feed.json');
  const run = async (...options: readonly string[]) => {
    const { code, stdout, stderr } = await dateline(['check', dir, '--against', feed, ...options]);
    return { code, stdout, stderr: stderr.replaceAll(`${dir}/`, '') };
  };
  const first = await run(option);
  const read = () => Object.keys(files).map((name) => readFileSync(join(dir, name), 'utf8'));
  return { ...first, texts: read(), again: run, read };
}

const yaml = (more = '') => `---\ntitle: A\ndate: 2026-03-02\n${more}---\n\nB.\n`;
const toml = (more = '') => `+++\n${more}title = "A"\ndate = 2026-03-02\n+++\n\nB.\n`;
const original = '\nOriginal url:\n\n<https://old.example/a>\n';
const published = { id: 'tag:old.example,2020:7', link: 'https://old.example/a' };
const written = 'Id: <tag:old.example,2020:7>\n';

describe('dateline check --against … --fix', () => {
  it.each([
    ['headline and date', seed('A'), `${seed('A')}\n${written}`],
    ['original URL', `${seed('A')}${original}`, `${seed('A')}${original}\n${written}`],
    [
      'original URL, with another headline',
      `${seed('A, and more')}${original}`,
      `${seed('A, and more')}${original}\n${written}`,
    ],
    ['front matter in YAML', yaml(), yaml().replace('---\n', '---\nid: "tag:old.example,2020:7"\n')],
    ['front matter in TOML', toml(), toml('id = "tag:old.example,2020:7"\n')],
    ['CR LF', seed('A').replaceAll('\n', '\r\n'), `${seed('A')}\n${written}`.replaceAll('\n', '\r\n')],
    ['an id of another system', yaml('id: 7\n'), `${yaml('id: 7\n')}\n${written}`],
  ])('writes the published id into an article matched by %s, once', async (_, before, after) => {
    const { code, stdout, stderr, texts, again, read } = await fix({ 'a.md': before }, [published]);
    expect(texts).toEqual([after]);
    expect(stderr).toBe('compared with 1 item in 1 document\na.md: wrote the published id\nfixed 1 file\n');
    expect(stdout).not.toContain('changed-id');
    expect(code).toBe(0);
    expect(await again()).toMatchObject({ code: 0, stdout });
    expect((await again('--fix')).stderr).toContain('fixed 0 files');
    expect(read()).toEqual(texts);
  });

  it.each([
    ['in YAML', yaml(), yaml().replace('---\n', '---\nid: "7 \\"a\\""\n')],
    ['in TOML', toml(), toml('id = "7 \\"a\\""\n')],
    [
      'in JSON',
      '{"title": "A", "date": "2026-03-02"}\nB.\n',
      '{"id": "7 \\"a\\"", "title": "A", "date": "2026-03-02"}\nB.\n',
    ],
    ['in new front matter', seed('A'), `---\nid: "7 \\"a\\""\n---\n\n${seed('A')}`],
    [
      'with CR LF',
      seed('A').replaceAll('\n', '\r\n'),
      `---\nid: "7 \\"a\\""\n---\n\n${seed('A')}`.replaceAll('\n', '\r\n'),
    ],
  ])('writes an id that is not an IRI %s', async (_, before, after) => {
    const { code, texts, again } = await fix({ 'a.md': before }, [{ id: '7 "a"' }]);
    expect({ code, texts }).toEqual({ code: 0, texts: [after] });
    expect((await again()).stdout).toBe('1 article, 0 errors, 0 warnings\n');
  });

  it('writes published ids with --fix-ids, too, and the other articles’ own ids', async () => {
    const files = { 'a.md': seed('A'), 'b.md': seed('B') };
    const { code, texts } = await fix(files, [published], '--fix-ids');
    expect(texts).toEqual([`${seed('A')}\n${written}`, `${seed('B')}\nId: <tag:daily.example,2026:b>\n`]);
    expect(code).toBe(0);
  });

  it('distinguishes articles with the same headline by their times', async () => {
    const files = { 'a.md': seed('A'), 'b.md': seed('A', '2026-03-03') };
    const items = [
      { id: 'urn:x:1', date: '2026-03-03T00:00:00Z' },
      { id: 'urn:x:2', date: '2026-03-02T00:00:00Z' },
    ];
    const { code, texts } = await fix(files, items);
    expect(texts).toEqual([`${files['a.md']}\nId: <urn:x:2>\n`, `${files['b.md']}\nId: <urn:x:1>\n`]);
    expect(code).toBe(0);
  });

  it.each([
    ['an article dated hours apart', { 'a.md': seed('A') }, [{ id: 'urn:x', date: '2026-03-02T05:00:00Z' }]],
    ['a file that states an id', { 'a.md': `${seed('A')}\nId: <urn:own>\n` }, [{ id: 'urn:x' }]],
    ['an article matched only by its file name', { 'a.md': seed('B') }, [{ id: 'urn:x', link: 'https://o.example/a' }]],
    ['one of two articles that look the same', { 'a.md': seed('A'), 'b.md': seed('A') }, [{ id: 'urn:x' }]],
    [
      'a new article at the URL of an old one',
      { 'a.md': `${seed('New', '2026-05-01')}${original}` },
      [{ ...published, title: 'Old' }],
    ],
    [
      'an article whose published id another article has',
      { 'a.md': `${seed('B')}${original}`, 'b.md': `${seed('A')}\nId: <tag:old.example,2020:7>\n` },
      [published, { ...published, title: 'B', id: 'tag:old.example,2020:7' }],
    ],
  ])('writes no published id into %s', async (_, files: Readonly<Record<string, string>>, items) => {
    const { texts } = await fix(files, items);
    const before = Object.values(files);
    const ids = (all: readonly string[]) => all.map((text) => /(?:urn:x|2020:7)/.test(text));
    expect(ids(texts)).toEqual(ids(before));
  });

  it('suggests --fix only if it helps', async () => {
    const { again } = await fix({ 'a.md': seed('A') }, [published], '--format=text');
    expect((await again()).stdout).toContain('as the last paragraph ("--fix" together with "--against" does this)');
    const other = await fix({ 'a.md': `${seed('A')}\nId: <urn:own>\n` }, [published], '--format=text');
    expect(other.stdout).toContain('as the last paragraph (changed-id)');
  });
});
