/** `check -`: an article that is piped into the command. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { checkText, pathIn } from '../../../src/node/check/check-text.ts';
import { readPublication } from '../../../src/node/folder/read-publication.ts';
import { builtCommand, dateline } from '../command.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const files = {
  'package.json': '{}',
  'seeds/publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n',
  'seeds/quay.md': seed('Quay'),
  'seeds/img/a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};
const now = '2026-11-30T00:00:00Z';

const problemsOf = (article: string | Uint8Array, path = 'new.md') => {
  const dir = `${makeFolder(files)}/seeds`;
  const bytes = typeof article === 'string' ? Buffer.from(article) : article;
  const { problems } = checkText(dir, readPublication(dir), { bytes, path, name: '-' }, now);
  return problems.map(({ file, line, code, other }) => [file, line, code, other?.slice(dir.length + 1)]);
};

describe('an article on standard input', () => {
  it('has the problems that its file would have', () => {
    expect(problemsOf(seed('Ferry', '2026-03-02', 'Words.'))).toEqual([]);
    expect(problemsOf('# Ferry\n\nsoon\n')).toEqual([['-', 3, 'bad-date', undefined]]);
    expect(
      problemsOf(seed('Ferry', '2026-03-02', 'See [this](#).\n\n![](img/b.png)')).map(([, , code]) => code),
    ).toEqual(['empty-link', 'missing-alt', 'missing-file']);
    expect(problemsOf(Uint8Array.of(0x23, 0x20, 0xff))).toEqual([['-', 1, 'not-utf8', undefined]]);
  });

  it('finds files beside the path that it would have', () => {
    const article = seed('Ferry', '2026-03-02', '![A](a.svg)');
    expect(problemsOf(article, 'img/ferry.md')).toEqual([]);
    expect(problemsOf(article, 'ferry.md')).toEqual([['-', 5, 'missing-file', undefined]]);
  });

  it('shares no id with another file, and takes the place of its own', () => {
    const article = seed('Quay', '2026-03-02', 'Words.\n\nId: <tag:daily.example,2026:quay>');
    expect(problemsOf(article, 'quay.md')).toEqual([]);
    expect(problemsOf(article)).toEqual([['-', 1, 'duplicate-id', 'quay.md']]);
  });
});

describe('dateline check -', () => {
  const check = async (article: string, ...args: string[]) => {
    const child = spawn(process.execPath, [builtCommand, 'check', '-', ...args], { cwd: makeFolder(files) });
    child.stdin.end(article);
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code, stdout, stderr };
  };

  it('names standard input, or the given file', async () => {
    const { code, stdout } = await check('# Ferry\n\nsoon\n');
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^-:3:1: error: expected a date.*\n0 articles, 1 error, 0 warnings\n$/),
    });
    expect(
      await check(seed('Ferry', '2026-03-02', 'Words. ![](img/a.svg)'), '--stdin-filename', 'seeds/ferry.md'),
    ).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^seeds\/ferry\.md:5:\d+: warning: .*\(missing-alt\)\n1 article, 0 errors, 1 warn/),
      stderr: '',
    });
  });

  it.each([
    [['-', 'seeds'], '- is one article'],
    [['-', '--fix'], '- can only be checked'],
  ])('is refused with %j', async (args, message) => {
    const { code, stderr } = await dateline(['check', ...args], { cwd: makeFolder(files) });
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it('knows which files are in the folder', () => {
    expect(pathIn('./seeds', 'seeds/a/b.md')).toBe('a/b.md');
    expect(pathIn(resolve('seeds'), 'seeds/b.md')).toBe('b.md');
    expect(pathIn('seeds', './other/b.md')).toBeUndefined();
  });
});
