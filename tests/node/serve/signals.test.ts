import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { afterFile } from '../../after-file.ts';
import { ask } from '../../http/targets.ts';
import { builtCommand, startDateline, startServe } from '../command.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const textOf = async (url: URL, path: string): Promise<string> => (await ask(url, path)).body.toString();

describe('SIGHUP', () => {
  it('has a server that does not watch read its folder again', async () => {
    const dir = makeFolder({ 'a.md': seed('Ferry') });
    const served = await startServe([dir, '--no-watch']);
    writeFileSync(join(dir, 'b.md'), seed('Bridge'));
    expect(await textOf(served.url, '/rss.xml')).not.toContain('Bridge');
    served.signal('SIGHUP');
    await expect.poll(() => textOf(served.url, '/rss.xml'), { timeout: 10_000 }).toContain('Bridge');
    expect(await textOf(served.url, '/rss.xml')).toContain('Ferry');
    expect(await served.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('keeps what is served if the folder cannot be read', async () => {
    const dir = makeFolder({ 'publication.yaml': 'title: Bay News\n', 'a.md': seed('Ferry') });
    const served = await startServe([dir, '--no-watch']);
    writeFileSync(join(dir, 'publication.yaml'), 'title: [\n');
    served.signal('SIGHUP');
    await expect.poll(() => served.output.stderr, { timeout: 10_000 }).toContain('publication.yaml:');
    expect(await textOf(served.url, '/rss.xml')).toContain('Bay News');
    expect(await served.stop()).toMatchObject({ code: 0 });
  });
});

describe('SIGTERM to npm', () => {
  it('ends the server that npm started', async () => {
    const dir = makeFolder({
      'package.json': JSON.stringify({
        scripts: { start: `"${process.execPath}" "${builtCommand}" serve seeds --port 0` },
      }),
      'seeds/a.md': seed('Ferry'),
    });
    // `detached`, as a service manager starts it, so that the signal reaches npm alone.
    const npm = spawn('npm', ['start', '--silent'], { cwd: dir, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    afterFile(() => npm.kill('SIGKILL'));
    const url = await new Promise<URL>((resolve) => {
      let output = '';
      npm.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const [, address] = / is at (http:\S+)/.exec(output) ?? [];
        if (address !== undefined) resolve(new URL(address));
      });
    });
    expect(await textOf(url, '/healthz')).not.toBe('');
    npm.kill('SIGTERM');
    await expect.poll(() => ask(url, '/healthz').catch(() => 'refused'), { timeout: 20_000 }).toBe('refused');
  });
});

describe('a server for other machines', () => {
  it.each(['0.0.0.0', '::'])('does not start without a public address: --host %s', async (host) => {
    const dir = makeFolder({ 'a.md': seed('Ferry') });
    const { code, stdout, stderr } = await startDateline(['serve', dir, '--port', '0', '--host', host]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: `${dir}: 1 article, 0 errors\n` });
    expect(stderr).toMatch(
      /^dateline: other machines reach this server by --host \S+, but its feeds would link to http:\/\/localhost:\d+\/; set "url" in publication\.yaml or the environment's SITE_URL to the public address\n$/,
    );
  });

  it('starts with one', async () => {
    const dir = makeFolder({ 'a.md': seed('Ferry') });
    const served = await startServe([dir, '--host', '0.0.0.0'], { env: { SITE_URL: 'https://bay.example/' } });
    expect(await textOf(served.url, '/rss.xml')).toContain('<link>https://bay.example/</link>');
    expect(await served.stop()).toMatchObject({ code: 0, stderr: '' });
  });
});
