import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { once } from '../../../src/article/once.ts';
import { compile } from '../../runtimes/runtimes.ts';
import { builtCommand, checkout, manifest } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';
import { startRegistry } from './registry.ts';

const run = promisify(execFile);

/** Packs the package as it is built, once. */
const packed = once(async () => {
  const made = makeFolder();
  const dist = join(made, 'package/dist');
  await cp(join(compile(), 'dist'), dist, { recursive: true });
  await cp(dirname(builtCommand), join(dist, 'command'), { recursive: true });
  for (const name of ['package.json', 'README.md', 'bin', 'public', 'schemas'])
    await cp(join(checkout, name), join(made, 'package', name), { recursive: true });
  const packing = ['pack', '--ignore-scripts', '--pack-destination', made];
  await run('npm', packing, { cwd: join(made, 'package') });
  return { made, tarball: join(made, `${manifest.name}-${manifest.version}.tgz`) };
});

describe('the package', () => {
  it('makes of an empty folder, packed and installed, a worker that can be deployed', async () => {
    const { made, tarball } = await packed();
    const home = join(made, 'home');
    const installed = join(home, 'node_modules/dateline-feeds');
    mkdirSync(installed, { recursive: true });
    await run('tar', ['xzf', tarball, '-C', installed, '--strip-components=1']);
    // What npm would fetch is linked, and the command stands where npm puts it.
    for (const name of readdirSync(join(checkout, 'node_modules')))
      if (!name.startsWith('.')) symlinkSync(join(checkout, 'node_modules', name), join(home, 'node_modules', name));
    mkdirSync(join(home, 'node_modules/.bin'));
    const command = join(home, 'node_modules/.bin/dateline');
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(installed, manifest.bin.dateline)}" "$@"\n`, {
      mode: 0o755,
    });
    const { stdout } = await run(command, ['init', '--url', 'https://daily.example/'], { cwd: home });
    expect(stdout.match(/^wrote /gm)).toHaveLength(4);
    const terms = readFileSync(join(installed, 'dist/command/LICENSES.txt'), 'utf8');
    expect(terms).toMatch(/^markdown-it [\d.]+: MIT\n\n.*copyright/ims);
    expect(await run(command, ['check'], { cwd: home })).toMatchObject({
      stdout: expect.stringMatching(/ \(placeholder\)\n1 article, 0 errors, 1 warning\n$/),
    });
    const named = /\$schema=(\S+)/.exec(readFileSync(join(home, 'seeds/publication.yaml'), 'utf8'))?.[1] ?? '';
    expect(existsSync(join(home, 'seeds', named))).toBe(true);
    const wrangler = join(checkout, 'node_modules/wrangler/bin/wrangler.js');
    const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
    const deployed = await run(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', join(made, 'bundle')], {
      ...{ cwd: home, env },
    });
    expect(deployed.stdout).toContain('1 article, 8 objects for the edge');
    expect(deployed.stdout).toContain('env.ASSETS');
    expect(existsSync(join(made, 'bundle/worker.js'))).toBe(true);
  }, 120_000);

  it('is what npm create installs, from a registry that has both packages', async () => {
    const { made, tarball } = await packed();
    await run('npm', ['pack', '--pack-destination', made], { cwd: join(checkout, 'create') });
    const registry = await startRegistry([tarball, join(made, `create-${manifest.name}-${manifest.version}.tgz`)]);
    const cwd = makeFolder();
    const env = {
      ...process.env,
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      npm_config_registry: registry.url,
      // Nothing of an earlier run.
      npm_config_cache: makeFolder(),
    };
    const creating = ['create', '--yes', 'dateline-feeds', 'my-news', '--', '--url', 'https://daily.example/'];
    const { stdout } = await run('npm', creating, { cwd, env });
    expect(stdout).toContain('wrote seeds/publication.yaml\n');
    const home = join(cwd, 'my-news');
    const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    expect(dependencies).toEqual({ [manifest.name]: `^${manifest.version}` });
    await run('npx', ['--no', 'dateline', 'build'], { cwd: home, env });
    expect(readFileSync(join(home, 'dist/site/rss.xml'), 'utf8')).toContain('https://daily.example/articles/');
    // The library, as a program in that folder imports it.
    const program = `import { parseSeed } from 'dateline-feeds'; console.log(typeof parseSeed)`;
    expect((await run(process.execPath, ['--input-type=module', '-e', program], { cwd: home })).stdout).toBe(
      'function\n',
    );
    registry.close();
  }, 120_000);
});
