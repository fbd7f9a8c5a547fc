import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dateline } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';

const line = (time: string, agent: string, path = '/rss.xml'): string =>
  `192.0.2.1 - - [${time} +0000] "GET ${path} HTTP/1.1" 200 9000 "-" "${agent}"\n`;

const folder = makeFolder();
const log = join(folder, 'access.log');
writeFileSync(
  log,
  [
    line('31/Oct/2026:10:00:00', 'Miniflux/2.2'),
    line('30/Nov/2026:10:00:00', 'Feedly/1.0 (42 subscribers)'),
    line('30/Nov/2026:10:00:00', 'AntennaPod/3.4', '/media/a,b.mp3'),
    line('30/Nov/2026:10:00:00', 'Evil\x1b[31m/1.0', '/tags/\x1b[31m/rss.xml'),
  ].join(''),
);

describe('dateline audience', () => {
  it('shows a table', async () => {
    const { stdout, stderr, code } = await dateline(['audience', log]);
    expect(code).toBe(0);
    expect(stderr).toBe('4 lines, 4 of them about feeds and episodes\n');
    expect(stdout).toContain('Readers, 2026-10-31 to 2026-11-30, 2 days');
    expect(stdout).toMatch(/^ {2}\/ +22 +42 +0 +1 +42$/m);
    expect(stdout).toMatch(/^ {2}Feedly +21 {2}aggregator$/m);
    expect(stdout).toMatch(/media\/a,b\.mp3 +1 {2}AntennaPod/);
    expect(stdout).not.toContain('\x1b');
  });

  it('shows what unknown programs report, apart from readers', async () => {
    const claims = join(folder, 'claims.log');
    writeFileSync(claims, line('30/Nov/2026:10:00:00', 'Claims/1.0 (9000 subscribers)'));
    const { stdout } = await dateline(['audience', claims]);
    expect(stdout).toContain('reported by unknown programs, not counted: subscribers 9,000');
    expect(stdout).toMatch(/^ {2}\/ +1 +0 +1 +1$/m);
  });

  it('writes JSON and CSV', async () => {
    const json = JSON.parse((await dateline(['audience', log, '--json', '--since', '2026-11-01'])).stdout);
    expect(json).toMatchObject({ from: '2026-11-30', feeds: [{ feed: '/', readers: 42 }, {}] });
    const { stdout } = await dateline(['audience', log, '--csv']);
    expect(stdout).toContain(
      'day,feed,readers,subscribers,direct,unverified,browsers,scripts\r\n2026-10-31,/,1,0,1,0,0,0\r\n',
    );
    expect(stdout).toContain('month,episode,downloads\r\n2026-11,"/media/a,b.mp3",1\r\n');
  });

  it.each<[string, string[], string, number]>([
    ['nothing was counted', [folder], 'set "audience: true" in its publication.yaml', 1],
    ['a log says nothing of feeds', [join(folder, 'other.log')], 'no line is about a feed', 1],
    ['a file is missing', [join(folder, 'none.log')], 'ENOENT', 1],
    ['a day is none', [log, '--since', 'yesterday'], 'must be a day such as 2026-11-01', 2],
    ['the token is missing', ['--url', 'https://news.example/'], 'set AUDIENCE_TOKEN', 1],
    ['a host is given for a log without hosts', [log, '--host', 'a.org'], 'no line about a feed names a host', 1],
    ['both a log and an address are named', [log, '--url', 'https://news.example/'], 'cannot be used with --url', 2],
  ])('says what is wrong if %s', async (_, args, message, status) => {
    writeFileSync(join(folder, 'other.log'), line('30/Nov/2026:10:00:00', 'x', '/'));
    const { code, stderr } = await dateline(['audience', ...args]);
    expect([code, stderr.includes(message), stderr]).toEqual([status, true, stderr]);
  });

  it('sends the token only by https or to this machine', async () => {
    const env = { AUDIENCE_TOKEN: 'correct-horse-battery' };
    const { stderr } = await dateline(['audience', '--url', 'http://news.example/'], { env });
    expect(stderr).toContain('only by https');
  });

  it('names an address that does not answer, or not with numbers', async () => {
    const env = { AUDIENCE_TOKEN: 'correct-horse-battery' };
    const other = createServer((_, response) => response.end('<html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}/`;
    const { stderr } = await dateline(['audience', '--url', address], { env });
    expect(stderr).toBe(`dateline: ${address} answered with something else than numbers of readers\n`);
    await new Promise((resolve) => other.close(resolve));
    const { stderr: refused } = await dateline(['audience', '--url', address], { env });
    expect(refused).toMatch(`dateline: ${address} does not answer: connect ECONNREFUSED`);
  });
});
