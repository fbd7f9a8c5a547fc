import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dateline } from '../command.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const publication = { 'publication.yaml': 'url: https://daily.example\nid: "tag:daily.example,2025:"\n' };

describe('dateline build --keep-going', () => {
  const make = async () => {
    const dir = makeFolder({ ...publication, 'a.md': seed('A'), 'b.md': seed('B', '2026-03-01'), 'c.md': seed('C') });
    const out = join(makeFolder(), 'site');
    const build = (...flags: string[]) => dateline(['build', dir, '--out', out, ...flags]);
    expect(await build()).toMatchObject({ code: 0 });
    const page = (slug: string) => {
      const file = join(out, `articles/${slug}.html`);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    };
    return { dir, out, build, page };
  };

  it('publishes the rest, and keeps the last version of an article whose file broke', async () => {
    const { dir, out, build, page } = await make();
    writeFiles(dir, {
      'a.md': '# A is broken\n',
      'b.md': seed('B again'),
      'new.md': '# New and broken\n',
      'later.md': seed('Later'),
    });
    expect(await build()).toMatchObject({ code: 1 });
    for (let again = 0; again < 2; again++) {
      const { code, stderr } = await build('--keep-going');
      expect(code).toBe(0);
      expect(stderr).toMatch(/a\.md:1:\d+: error: /);
      expect(stderr).toContain(`${join(dir, 'a.md')}: the last good version stays\n`);
      expect(page('a')).toContain('>A</h1>');
      expect(page('b')).toContain('B again');
      expect(page('later')).toBeDefined();
      expect(page('new')).toBeUndefined();
      expect(readFileSync(join(out, 'rss.xml'), 'utf8')).toContain('<title>A</title>');
    }
    const listed = await dateline(['ledger', dir, '--out', out]);
    expect(listed.stdout).not.toContain('withdrawn');
    writeFiles(dir, { 'a.md': seed('A is whole'), 'new.md': seed('New') });
    expect(await build()).toMatchObject({ code: 0 });
    expect([page('a'), page('new')]).toEqual([expect.stringContaining('A is whole'), expect.stringContaining('New')]);
  });

  it('withdraws an article that became private or a draft', async () => {
    const { dir, build, page } = await make();
    writeFiles(dir, {
      'a.md': '---\ntitle: A\ndate: 2026-03-02\nprivate: true\nlastmod: never\n---\nSecret.\n',
      'b.md': '---\ntitle: B\ndate: 2026-03-01\ndraft: true\n---\nNot yet.\n',
    });
    expect(await build('--keep-going')).toMatchObject({ code: 0 });
    expect([page('a'), page('b')]).toEqual([undefined, undefined]);
    expect(page('c')).toBeDefined();
  });

  it('stops at a broken publication file', async () => {
    const { dir, build } = await make();
    writeFiles(dir, { 'publication.yaml': 'items: 0\n' });
    expect(await build('--keep-going')).toMatchObject({ code: 1, stdout: '' });
  });
});
