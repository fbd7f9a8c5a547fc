import { chmodSync, chownSync, linkSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dateline, startDateline } from '../../command.ts';
import { type Files, longAgo, makeFolder, seed } from '../../temporary-folder.ts';

const publication = 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n';
const id = 'Id: <urn:a>';
const text = (body: string, date = '2026-03-02') => seed('A', date, `${body}\n\n${id}`);

const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};

async function fix(files: Files, ...args: readonly string[]) {
  const dir = makeFolder({ 'publication.yaml': publication, ...files });
  const { code, stdout, stderr } = await dateline(['check', dir, '--fix', ...args]);
  const read = (name: string) => readFileSync(join(dir, name));
  return { dir, code, stdout, stderr: stderr.replaceAll(`${dir}/`, ''), read };
}

describe('dateline check --fix', () => {
  it.each([
    [
      'links to #',
      text('See [this](#), *[that *one*](#)* and [it](<#> "title").'),
      text('See this, *that *one** and it.'),
    ],
    ['links without an address', text('See [this]().'), text('See this.')],
    ['links on several lines', text('See [this\nand that](#).'), text('See this\nand that.')],
    ['a link beside another', text('[b](#)[c](https://a.example)'), text('b[c](https://a.example)')],
    [
      'links in a table',
      text('| a | b |\n|---|---|\n| x \\| [this](#) | [that](#) |'),
      text('| a | b |\n|---|---|\n| x \\| this | that |'),
    ],
    [
      'links in the alternative text of a picture',
      text('![A [ship](#)](https://a.example/a.png)'),
      text('![A ship](https://a.example/a.png)'),
    ],
    ['links with CR LF', text('- ä [this](#)').replaceAll('\n', '\r\n'), text('- ä this').replaceAll('\n', '\r\n')],
    [
      'links before a shortcode',
      `---\nid: urn:a\ntitle: A\ndate: 2026-03-02\n---\n\n{{< x >}} [b](#) {{< y >}}\n`,
      `---\nid: urn:a\ntitle: A\ndate: 2026-03-02\n---\n\n{{< x >}} b {{< y >}}\n`,
    ],
    ['a weekday', text('B.', 'Tuesday, March 2, 2026'), text('B.', 'Monday, March 2, 2026')],
    [
      'two weekdays',
      text('B.', 'Published: tue, 2 Mar 2026\n\nUpdated: WED, 3 Mar 2026'),
      text('B.', 'Published: mon, 2 Mar 2026\n\nUpdated: TUE, 3 Mar 2026'),
    ],
    [
      'a weekday in front matter',
      `---\nid: urn:a\ntitle: Sunday news\ndate: "Tue, 2 Mar 2026"\n---\n\nB.\n`,
      `---\nid: urn:a\ntitle: Sunday news\ndate: "Mon, 2 Mar 2026"\n---\n\nB.\n`,
    ],
    ['an id', seed('A'), `${seed('A')}\nId: <tag:daily.example,2026:a>\n`],
    [
      'all of these together',
      seed('A', 'Tue, March 2, 2026', '[b](#)'),
      `${seed('A', 'Mon, March 2, 2026', 'b')}\nId: <tag:daily.example,2026:a>\n`,
    ],
  ])('fixes %s', async (_, before, after) => {
    const { read, stderr } = await fix({ 'a.md': before });
    expect(read('a.md').toString()).toBe(after);
    expect(stderr).toMatch(/^a\.md: .+\nfixed 1 file\n$/);
  });

  it('lists for each file what it did', async () => {
    const { stderr, stdout, code } = await fix({
      'a.md': seed('A', 'Tue, March 2, 2026', '[b](#)'),
      'b.md': seed('B'),
      'c.md': text('C.'),
    });
    expect(stderr).toBe(
      'a.md: wrote its id, removed empty links, corrected the weekday\nb.md: wrote its id\nfixed 2 files\n',
    );
    expect({ stdout, code }).toEqual({ stdout: '3 articles, 0 errors, 0 warnings\n', code: 0 });
  });

  it.each([
    ['an ambiguous date', text('B.', '03/04/2026')],
    ['a file with an error', '# A\n\nsoon\n\n[b](#)\n'],
    ['a link in HTML', text('<a href="#">b</a>')],
    ['a link by reference', text('See [b][c].\n\n[c]: #')],
    ['code', text('`[b](#)`\n\n    [b](#)')],
    [
      'a long headline and a picture without alternative text',
      seed('x'.repeat(130), '2026-03-02', `![](https://a.example/a.png)\n\n${id}`),
    ],
  ])('does not change %s', async (_, before) => {
    const { dir, read } = await fix({ 'a.md': before });
    expect(read('a.md').toString()).toBe(before);
    expect(statSync(join(dir, 'a.md')).mtimeMs).toBe(longAgo.getTime());
  });

  it.each([
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16LE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16BE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('keeps %s', async (_, encode) => {
    const { read } = await fix({ 'a.md': encode(text('Größe [b](#)')) });
    expect(read('a.md')).toEqual(encode(text('Größe b')));
  });

  it('keeps permissions and links, and leaves no temporary file', async () => {
    const folder = makeFolder({ 'publication.yaml': publication, '.texts/a.txt': text('[b](#)') });
    const dir = join(folder, '.texts');
    const file = join(dir, 'a.txt');
    chmodSync(file, 0o640);
    symlinkSync(file, join(folder, 'b.md'));
    await dateline(['check', folder, '--fix']);
    expect(lstatSync(join(folder, 'b.md')).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(text('b'));
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(dir)).toEqual(['a.txt']);
    expect(readdirSync(folder).toSorted()).toEqual(['.dateline', '.texts', 'b.md', 'publication.yaml']);
  });

  it('reports a file that it cannot write, by its real name', async () => {
    const dir = makeFolder({ 'publication.yaml': publication, 'a.md': text('[b](#)') });
    // Root can write everywhere, so the command runs as another user.
    chmodSync(join(dir, '..'), 0o755);
    chmodSync(dir, 0o555);
    const { code, stdout, stderr } = await startDateline(['check', dir, '--fix'], nobody);
    chmodSync(dir, 0o755);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'fixed 0 files\n' });
    expect(stdout).toContain(
      `${dir}/a.md:1:1: error: cannot be written, so it is unchanged: permission is denied; make sure that files can be written in ${dir}, and run this again (unreadable)\n`,
    );
    expect(readdirSync(dir).toSorted()).toEqual(['a.md', 'publication.yaml']);
  });

  it.runIf(process.getuid?.() === 0)('keeps owner, group and the permissions that umask would take', async () => {
    const dir = makeFolder({ 'publication.yaml': publication, 'a.md': text('[b](#)') });
    const file = join(dir, 'a.md');
    chownSync(file, 1234, 2345);
    chmodSync(file, 0o664);
    await dateline(['check', dir, '--fix']);
    expect(readFileSync(file, 'utf8')).toBe(text('b'));
    const { mode, uid, gid } = statSync(file);
    expect({ mode: mode & 0o7777, uid, gid }).toEqual({ mode: 0o664, uid: 1234, gid: 2345 });
  });

  it.runIf(process.getuid?.() === 0)("leaves another user's file alone if its owner would change", async () => {
    const dir = makeFolder({ 'publication.yaml': publication, 'a.md': text('[b](#)') });
    chmodSync(join(dir, '..'), 0o755);
    chmodSync(dir, 0o777);
    const { code, stdout } = await startDateline(['check', dir, '--fix'], nobody);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `${dir}/a.md:1:1: error: cannot be written, so it is unchanged: it belongs to another user, and replacing it would make it yours; run this as its owner (unreadable)\n`,
    );
    expect(readFileSync(join(dir, 'a.md'), 'utf8')).toBe(text('[b](#)'));
    expect(statSync(join(dir, 'a.md')).uid).toBe(0);
    expect(readdirSync(dir).toSorted()).toEqual(['.dateline', 'a.md', 'publication.yaml']);
  });

  it('changes nothing while the publication file has errors', async () => {
    const { code, stderr, read } = await fix({ 'publication.yaml': 'id: wrong\n', 'a.md': seed('A') });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'fixed nothing, because ids depend on the publication file; fix that file first\n',
    });
    expect(read('a.md').toString()).toBe(seed('A'));
  });

  it.each([
    ['symbolic link', symlinkSync],
    ['hard link', linkSync],
  ])('does not change an article that is linked with another by a %s', async (_, link) => {
    const before = seed('A', '2026-03-02', 'See [this](#).');
    const dir = makeFolder({ 'publication.yaml': publication, 'a.md': before, 'b.md': seed('B') });
    link(join(dir, 'a.md'), join(dir, 'l.md'));
    const promised = (stdout: string) =>
      stdout
        .replaceAll(`${dir}/`, '')
        .split('\n')
        .filter((line) => line.includes('--fix'));
    const byItself = (await dateline(['check', dir])).stdout;
    expect(promised(byItself)).toEqual([expect.stringContaining("the id of b.md is made from the file's name")]);
    expect(byItself).toContain(
      `the id of 2 articles such as ${dir}/a.md is made from the file's name and changes with it; ${dir}/a.md and ${dir}/l.md are linked and the same file, which cannot hold the ids of two articles; delete one of the two, or make it a copy (unfixed-id)`,
    );
    expect(byItself.match(/\(empty-link\)/g)).toHaveLength(2);
    expect(promised((await dateline(['check', join(dir, 'a.md')])).stdout)).toEqual([]);
    const { code, stdout, stderr } = await dateline(['check', dir, '--fix']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${dir}/b.md: wrote its id\nfixed 1 file\n` });
    expect(stdout).toContain('3 articles, 0 errors, ');
    for (const [one, other] of [
      ['a.md', 'l.md'],
      ['l.md', 'a.md'],
    ])
      expect(stdout).toContain(
        `${dir}/${one}:1:1: warning: this file and ${dir}/${other} are linked and the same file, so nothing is fixed in it, because both articles would get the same id; delete one of the two, or make it a copy (unfixed-id)\n`,
      );
    expect(readFileSync(join(dir, 'a.md'), 'utf8')).toBe(before);
    expect(statSync(join(dir, 'a.md')).ino).toBe(statSync(join(dir, 'l.md')).ino);
  });

  it('escapes control characters in file names', async () => {
    const { stderr } = await fix({ 'a\u001b[2J\nb.md': seed('A') });
    expect(stderr).toBe('a?[2J?b.md: wrote its id\nfixed 1 file\n');
  });

  it('does not change an article that may be published under another id', async () => {
    const feed = makeFolder({
      'feed.xml':
        '<rss version="2.0"><channel><title>D</title><item><title>A</title><guid>urn:other</guid><pubDate>Mon, 02 Mar 2026 05:00:00 GMT</pubDate></item></channel></rss>',
    });
    const before = seed('A', '2026-03-02', '[b](#)');
    const { code, stderr, read } = await fix({ 'a.md': before }, '--against', join(feed, 'feed.xml'));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'compared with 1 item in 1 document\nfixed 0 files\n',
    });
    expect(read('a.md').toString()).toBe(before);
  });

  it('does not take quadratic time for many links', async () => {
    const { read } = await fix({ 'a.md': text('[b](#) '.repeat(20_000)) });
    expect(read('a.md').toString()).not.toContain('](#)');
  });
});
