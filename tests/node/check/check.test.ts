import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/article/problem.ts';
import { report } from '../../../src/node/terminal/report.ts';
import { isThorough } from '../../effort.ts';
import { builtCommand, dateline, otherNode, startDateline } from '../command.ts';
import { type Files, makeFolder, seed } from '../temporary-folder.ts';

/** A seed that states its id. */
const fixed = (headline: string, date?: string) =>
  seed(headline, date, `It happened.\n\nId: <tag:daily.example,2026:${encodeURIComponent(headline)}>`);
const publication = 'url: https://daily.example\nid: "tag:daily.example,2026:"\n';
const good = { 'publication.yaml': publication, 'a.md': fixed('A') };
const bad = { ...good, 'b.md': '# B\n\nsoon\n', 'c.txt': 'No headline.\n\n2026-03-02\n' };

describe('dateline check', () => {
  it('exits with 0 and a count if there are no problems', async () => {
    expect(await dateline(['check', makeFolder(good)])).toEqual({
      code: 0,
      stdout: '1 article, 0 errors, 0 warnings\n',
      stderr: '',
    });
  });

  it('exits with 0 on warnings, such as a missing URL', async () => {
    const dir = makeFolder({ 'a.md': fixed('A', 'Monday, March 3, 2026') });
    const { code, stdout } = await dateline(['check', `${dir}/`]);
    expect(code).toBe(0);
    const [first, second, third, ...rest] = stdout.split('\n');
    // Without a publication file, the problems are reported at an article.
    expect(first).toMatch(new RegExp(`^${dir}/a.md:1:1: warning: .*SITE_URL.* \\(no-url\\)$`));
    expect(second).toMatch(new RegExp(`^${dir}/a.md:1:1: warning: .*"id".* \\(no-id\\)$`));
    expect(third).toMatch(new RegExp(`^${dir}/a.md:3:1: warning: .*Monday.* \\(wrong-weekday\\)$`));
    expect(rest).toEqual(['1 article, 0 errors, 3 warnings', '']);
    const told = await dateline(['check', dir], { env: { SITE_URL: 'https://daily.example' } });
    expect(told.stdout).toContain('1 article, 0 errors, 2 warnings\n');
  });

  it('reports an article that cannot be rendered, which would stop a build', async () => {
    const code = `\n\n\`\`\`\n${`${'&'.repeat(99)}\n`.repeat(41_000)}\`\`\`\n`;
    // A recording, because without podcast settings those are looked for, too.
    const head = '---\ntitle: B\ndate: 2026-03-02\nid: tag:a.example,2026:b\nenclosure: https://a.example/b.mp3\n---\n';
    const dir = makeFolder({ ...good, 'b.md': head + code });
    const { code: exit, stdout, stderr } = await dateline(['check', dir]);
    expect([exit, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(
      new RegExp(`^${dir}/b.md:1:1: error: the article is left out, because it cannot be rendered: line 9: .*split`),
    );
    expect(stdout).toContain('2 articles, 1 error, 0 warnings\n');
  }, 120_000);

  it.each([
    ['publication.yaml', { 'publication.yaml': 'title: A\n', 'a.md': seed('A') }],
    ['publication.yml', { 'publication.yml': 'title: A\n', 'a.md': seed('A') }],
    ['a.md', { 'a.md': seed('A'), 'b.md': seed('B') }],
    ['.', {}],
  ])('reports missing settings of the publication at %s', async (name, files: Files) => {
    const dir = makeFolder(files);
    const problems: Problem[] = JSON.parse((await dateline(['check', dir, '--format', 'json'])).stdout);
    const codes = ['no-url', 'no-id', ...(name === '.' ? [] : ['unfixed-id'])];
    expect(problems.map(({ code }) => code).toSorted()).toEqual(codes.toSorted());
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set([join(dir, name)]));
  });

  describe('with single files and sections', () => {
    const files = {
      'package.json': '{}',
      'seeds/publication.yaml': `${publication}timezone: Pacific/Kiritimati\n`,
      'seeds/a.md': seed('A', 'Tue, March 2, 2026'),
      'seeds/politics/b.md': '# B\n\nsoon\n',
      'seeds/politics/c.md': seed('C', '2026-03-02', '[d](#)'),
      'seeds/sport/d.md': fixed('D'),
    };

    it.each([
      [['seeds/a.md'], ['a.md:1:1 (unfixed-id)', 'a.md:3:1 (wrong-weekday)'], '1 article, 0 errors, 2 warnings'],
      [['seeds/politics/b.md'], ['politics/b.md:3:1 (bad-date)'], '0 articles, 1 error, 0 warnings'],
      [['seeds/sport/d.md', 'seeds/politics/b.md'], ['politics/b.md:3:1 (bad-date)'], '1 article, 1 error, 0 warnings'],
      [['seeds/sport'], [], '1 article, 0 errors, 0 warnings'],
      [['seeds/publication.yaml'], [], '0 articles, 0 errors, 0 warnings'],
      [
        ['seeds/politics/'],
        ['politics/b.md:3:1 (bad-date)', 'politics/c.md:1:1 (unfixed-id)', 'politics/c.md:5:1 (empty-link)'],
        '1 article, 1 error, 2 warnings',
      ],
      [
        ['seeds/sport', '.'],
        [
          ...['politics/b.md:3:1 (bad-date)', 'publication.yaml:1:1 (unfixed-id)', 'a.md:3:1 (wrong-weekday)'],
          'politics/c.md:5:1 (empty-link)',
        ],
        '3 articles, 1 error, 3 warnings',
      ],
    ])('%j lists %j', async (paths, problems, tally) => {
      const cwd = makeFolder(files);
      const { code, stdout } = await dateline(['check', ...paths], { cwd });
      const lines = stdout.split('\n');
      expect(lines.slice(0, -2).map((line) => line.replace(/: (?:error|warning): .*(?= \()/, ''))).toEqual(
        problems.map((problem) => `seeds/${problem}`),
      );
      expect(lines.at(-2)).toBe(tally);
      expect(code).toBe(tally.includes('1 error') ? 1 : 0);
    });

    it('accepts absolute paths, as Git hooks give them', async () => {
      const dir = makeFolder(files);
      const path = join(dir, 'seeds/politics/b.md');
      expect((await dateline(['check', path])).stdout).toMatch(new RegExp(`^${path}:3:1: error: `));
    });

    it('fixes only these, with the ids of their publication', async () => {
      const cwd = makeFolder(files);
      const { stderr } = await dateline(['check', 'seeds/politics', '--fix'], { cwd });
      expect(stderr).toBe('seeds/politics/c.md: wrote its id, removed empty links\nfixed 1 file\n');
      expect(readFileSync(join(cwd, 'seeds/politics/c.md'), 'utf8')).toContain('Id: <tag:daily.example,2026:c>');
      expect(readFileSync(join(cwd, 'seeds/a.md'), 'utf8')).toBe(files['seeds/a.md']);
    });

    it.each([{ options: [] }, { options: ['--fix'] }, { options: ['--fix-ids'] }])(
      'reports errors of the publication file with $options',
      async ({ options }) => {
        const cwd = makeFolder({ ...files, 'seeds/publication.yaml': `${publication}title: "T\n` });
        const { code, stdout } = await dateline(['check', 'seeds/sport/d.md', ...options], { cwd });
        expect({ code, stdout }).toEqual({
          code: 1,
          stdout: expect.stringMatching(
            /^seeds\/publication\.yaml:3:\d+: error: .* \(bad-yaml\)\n1 article, 1 error, 0 warnings\n$/,
          ),
        });
        expect(readFileSync(join(cwd, 'seeds/sport/d.md'), 'utf8')).toBe(files['seeds/sport/d.md']);
      },
    );

    const long = Array.from({ length: 80 }, (_, i) => `word${i}`).join(' ');
    const copied = (url: string, id: string) =>
      seed('C', '2026-03-02', `C.\n\nOriginal url: <${url}>\n\nId: <tag:daily.example,2026:${id}>`);

    // The earlier article counts, so the problem is reported at the other file, which was not selected.
    it.each([
      ['duplicate-id', { 'seeds/x.md': fixed('X', '2026-03-02'), 'seeds/y.md': fixed('X', '2026-03-01') }],
      ['duplicate-slug', { 'seeds/x/n.md': fixed('X', '2026-03-02'), 'seeds/y/n.md': fixed('Y', '2026-03-01') }],
      [
        'duplicate-url',
        {
          'seeds/x.md': copied('https://a.example/', 'x').replace('03-02', '03-03'),
          'seeds/y.md': copied('https://a.example/', 'y'),
        },
      ],
      ['near-duplicate', { 'seeds/x.md': seed('X', '2026-03-02', long), 'seeds/y.md': seed('Y', '2026-03-01', long) }],
    ])('reports a %s if either of the two files is selected', async (problem, two: Files) => {
      const cwd = makeFolder({ ...files, ...two });
      const [one = '', other = ''] = Object.keys(two);
      const check = async (path: string) =>
        (await dateline(['check', path], { cwd })).stdout.split('\n').filter((line) => line.endsWith(`(${problem})`));
      const lines = await check(one);
      expect(lines).toEqual([expect.stringMatching(new RegExp(`^${one}:1:1: .*${other}`))]);
      expect(await check(other)).toEqual(lines);
      expect(await check('seeds/sport/d.md')).toEqual([]);
    });

    it('still reports a feed that cannot be read', async () => {
      const cwd = makeFolder(files);
      const { code, stdout } = await dateline(['check', 'seeds/sport', '--against', 'none.xml'], { cwd });
      expect({ code, stdout }).toEqual({
        code: 1,
        stdout: expect.stringMatching(/^none\.xml:.* \(unreadable\)$/m),
      });
    });

    it('takes files without a publication file as part of ./seeds', async () => {
      const { 'seeds/publication.yaml': _, ...bare } = files;
      const cwd = makeFolder(bare);
      const { stdout } = await dateline(['check', 'seeds/a.md', 'seeds/politics/b.md'], { cwd });
      expect(stdout).toContain('1 article, 1 error, ');
    });

    it.each([
      [['seeds/nothing.md'], 'seeds/nothing.md: there is no such file or folder'],
      [['seeds', 'other/a.md'], 'seeds and other are two folders of articles; check one after the other'],
    ])('reports what is wrong with %j', async (paths, message) => {
      const cwd = makeFolder({ ...files, 'other/a.md': seed('A') });
      expect(await dateline(['check', ...paths], { cwd })).toEqual({
        ...{ code: 1, stdout: '' },
        stderr: `dateline: ${message}\n`,
      });
    });
  });

  it.each([
    ['UTF-8 with a byte order mark', `\uFEFF${fixed('Größe')}`],
    ['UTF-16LE', Buffer.from(`\uFEFF${fixed('Größe')}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\uFEFF${fixed('Größe')}`, 'utf16le').swap16()],
  ])('reads %s', async (_, file) => {
    expect(await dateline(['check', makeFolder({ ...good, 'b.md': file })])).toMatchObject({
      code: 0,
      stdout: '2 articles, 0 errors, 0 warnings\n',
    });
  });

  it.each([
    ['Latin-1', Buffer.from(seed('Größe'), 'latin1'), '1:5', 'these bytes are not UTF-8; save the file as UTF-8'],
    [
      'half a UTF-16',
      Buffer.from(`\uFEFF${seed('Größe')}`, 'utf16le').subarray(0, -1),
      '1:1',
      'is not UTF-16LE though its byte order mark says so; save the file as UTF-8',
    ],
  ])('says what to do about %s', async (_, file, place, message) => {
    const dir = makeFolder({ ...good, 'b.md': file });
    const { code, stdout } = await dateline(['check', dir]);
    expect([code, stdout.split('\n')[0]]).toEqual([1, `${dir}/b.md:${place}: error: ${message} (not-utf8)`]);
  });

  it('lists every problem with its place and exits with 1 on an error', async () => {
    const dir = makeFolder(bad);
    const { code, stdout, stderr } = await dateline(['check', dir]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(new RegExp(`^${dir}/b.md:3:1: error: .* \\(bad-date\\)$`));
    expect(lines[1]).toMatch(new RegExp(`^${dir}/c.txt:1:1: error: .* \\(no-headline\\)$`));
    expect(lines[2]).toBe('1 article, 2 errors, 0 warnings');
  });

  it('warns at the podcast key of what podcast directories would refuse', async () => {
    const check = async (podcast: string) => {
      const dir = makeFolder({ ...good, 'publication.yaml': `${publication}${podcast}` });
      const { code, stdout } = await dateline(['check', dir]);
      expect(code).toBe(0);
      return stdout.replaceAll(`${dir}/`, '').split('\n').slice(0, -2);
    };
    expect(await check('podcast: {}\n')).toEqual([
      'publication.yaml:3:1: warning: podcast directories require podcast.category, podcast.explicit, podcast.image, podcast.owner.email (the image in JPEG or PNG) (podcast-incomplete)',
      expect.stringMatching(
        /^publication\.yaml:3:1: warning: .*"guid: [\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}" \(podcast-incomplete\)$/,
      ),
    ]);
    const owner = 'owner: { email: ana@daily.example }';
    const whole = `podcast: { category: Arts, explicit: false, image: "https://cdn.example/a.png", ${owner}, guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810 }\n`;
    expect(await check(whole)).toEqual([]);
  });

  it('exits with 1 on warnings with --strict', async () => {
    const warned = makeFolder({ ...good, 'b.md': fixed('B', 'Monday, March 3, 2026') });
    expect(await dateline(['check', warned])).toMatchObject({ code: 0 });
    expect(await dateline(['check', warned, '--strict'])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('2 articles, 0 errors, 1 warning\n'),
    });
    expect(await dateline(['check', makeFolder(good), '--strict'])).toMatchObject({ code: 0 });
  });

  it.each([
    [0, good],
    [1, bad],
  ])('exits with %d and no error message if its output is closed', async (expected, files) => {
    const child = spawn(process.execPath, [builtCommand, 'check', makeFolder(files)]);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: expected, stderr: '' });
  });

  it('has the same text with and without colors', async () => {
    const dir = makeFolder(bad);
    const plain = (await dateline(['check', dir])).stdout;
    const { stdout } = await dateline(['check', dir], { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001B[31merror:');
    expect(stripVTControlCharacters(stdout)).toBe(plain);
    expect(plain).not.toContain('\u001B');
    for (const format of ['json', 'github']) {
      const { stdout } = await dateline(['check', dir, '--format', format], { env: { FORCE_COLOR: '1' } });
      expect(stdout).not.toContain('\u001B');
    }
  });

  // Only the built command runs on every Node.js version; each decides differently when to use colors.
  describe.each([process.execPath, otherNode].filter((node) => node !== undefined))('by %s', (node) => {
    it('is plain in a pipe', async () => {
      const { code, stdout } = await startDateline(['check', makeFolder(bad)], { node });
      expect({ code, isPlain: stripVTControlCharacters(stdout) === stdout }).toEqual({
        code: 1,
        isPlain: true,
      });
      expect(stdout).toContain(' error: ');
    });

    const script = '/usr/bin/script';
    it.skipIf(!existsSync(script)).each([
      ['colored on a terminal', {}, true],
      ['plain on a terminal with NO_COLOR', { NO_COLOR: '1' }, false],
    ])('is %s', (_, asked, isColored) => {
      // Node.js uses no colors on CI services.
      const { NO_COLOR, FORCE_COLOR, CI, ...env } = process.env;
      const command = `"${node}" "${builtCommand}" check "${makeFolder(good)}" --against nowhere.xml`;
      const shown = execFileSync(script, ['-qec', `${command}; true`, '/dev/null'], {
        env: { ...env, TERM: 'xterm-256color', ...asked },
        encoding: 'utf8',
      });
      expect(stripVTControlCharacters(shown)).toContain(' error: ');
      expect(stripVTControlCharacters(shown) !== shown).toBe(isColored);
    });
  });

  it('escapes control characters in file names', async () => {
    const dir = makeFolder({ 'a\u001b[2J\nb.md': '# B\n\nsoon\n' });
    for (const env of [{}, { FORCE_COLOR: '1' }]) {
      const { stdout } = await dateline(['check', dir], { env });
      expect(stripVTControlCharacters(stdout.replaceAll('\u001b[2J', 'cleared'))).toContain(
        `${dir}/a?[2J?b.md:3:1: error: `,
      );
    }
  });

  it('lists all problems in the order of files and lines', async () => {
    const dir = makeFolder({
      ...good,
      'b.md': fixed('B', 'Monday, March 3, 2026').replace('It happened.', '[a](#)\n\n![](https://a.example/a.png)'),
    });
    const { stdout } = await dateline(['check', dir]);
    expect(stdout.match(/(?<=b\.md:)\d+:\d+|\([a-z-]+\)$/gm)).toEqual([
      ...['3:1', '(wrong-weekday)', '5:1', '(empty-link)', '7:1', '(missing-alt)'],
    ]);
  });

  it('writes JSON for programs', async () => {
    const dir = makeFolder(bad);
    const { code, stdout } = await dateline(['check', dir, '--format', 'json']);
    expect(code).toBe(1);
    const problems: Problem[] = JSON.parse(stdout);
    expect(problems).toEqual([
      {
        file: `${dir}/b.md`,
        line: 3,
        column: 1,
        severity: 'error',
        code: 'bad-date',
        message: expect.stringContaining('"soon"'),
      },
      expect.objectContaining({ file: `${dir}/c.txt`, code: 'no-headline' }),
    ]);
    const { stdout: nothing, code: zero } = await dateline(['check', makeFolder(good), '--format', 'json']);
    expect({ nothing, zero }).toEqual({ nothing: '[]\n', zero: 0 });
  });

  it('writes annotations for GitHub', async () => {
    const dir = makeFolder(bad);
    const { code, stdout } = await dateline(['check', dir, '--format', 'github']);
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      new RegExp(`^::error file=${dir}/b\\.md,line=3,col=1,title=bad-date::expected a date, got "soon"`),
    );
  });

  it.each([
    ['an unknown format', ['seeds', '--format', 'xml'], /^error: option '--format <form>' argument 'xml' is invalid\./],
    ['a missing folder', ['./nowhere'], /^dateline: \.\/nowhere: there is no such file or folder\n$/],
  ])('reports what is wrong with %s', async (_, args, message) => {
    const { code, stdout, stderr } = await dateline(['check', ...args]);
    expect({ code, stdout }).toEqual({ code: stderr.startsWith('error: ') ? 2 : 1, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('finds no problems in the news of the project', async () => {
    const { code, stdout } = await dateline(['check', '--format', 'json']);
    const problems: Problem[] = JSON.parse(stdout);
    // The news may be newer than this machine's clock.
    expect(problems.filter(({ code }) => code !== 'future-date')).toEqual([]);
    expect(code).toBe(0);
  });
});

describe('a report', () => {
  const problem: Problem = {
    file: 'a,b:c%.md',
    line: 2,
    column: 3,
    severity: 'warning',
    code: 'bad-date',
    message: '100% of "it"\r\nis, well: so',
  };

  it('escapes the special characters of GitHub annotations', () => {
    expect(report([problem], 'github')).toBe(
      '::warning file=a%2Cb%3Ac%25.md,line=2,col=3,title=bad-date::100%25 of "it"%0D%0Ais, well: so\n',
    );
  });

  it('without problems is empty, or an empty list in JSON', () => {
    expect([report([], 'text'), report([], 'github'), report([], 'json')]).toEqual(['', '', '[]\n']);
  });
});

it.runIf(isThorough)('reports more problems than a function call can take arguments', () => {
  const text = `---\ntitle: T\ndate: 2026-01-01\n---\n\n${'word {{< tabs >}} x\n\n'.repeat(1000)}`;
  const dir = makeFolder(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`n${i}.md`, text])));
  // With this stack, a call takes 18,000 arguments instead of 125,000.
  const args = ['--stack-size=150', builtCommand, 'check', dir, '--format', 'json'];
  const problems = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  expect(JSON.parse(problems).length).toBeGreaterThan(20_000);
});
