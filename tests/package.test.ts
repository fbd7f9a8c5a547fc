import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkout } from './node/command.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const read = (folder: string): Manifest => JSON.parse(readFileSync(join(checkout, folder, 'package.json'), 'utf8'));

/** The paths that npm would publish, without building anything. */
const published = (folder: string): readonly string[] => {
  const paths = listed.get(folder) ?? listPublished(folder);
  listed.set(folder, paths);
  return paths;
};
const listed = new Map<string, readonly string[]>();

function listPublished(folder: string): readonly string[] {
  const listing = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: join(checkout, folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const packed: unknown = JSON.parse(listing);
  const [{ files }] = (Array.isArray(packed) ? packed : Object.values(packed as object)) as [
    { files: readonly { readonly path: string }[] },
  ];
  return files.map(({ path }) => path);
}

describe.each(['.', 'create'])('the package in %s', (folder) => {
  const manifest = read(folder);

  it('has commands that can be run, at any time', () => {
    for (const path of Object.values(manifest.bin)) {
      expect(statSync(join(checkout, folder, path)).mode & 0o111).toBe(0o111);
      // Git keeps the bit in every checkout.
      expect(
        execFileSync('git', ['ls-files', '--stage', path], { cwd: join(checkout, folder), encoding: 'utf8' }),
      ).toMatch(/^100755 /);
    }
  });

  it('runs nothing where it is installed', () => {
    const lifecycle = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => lifecycle.includes(name))).toEqual([]);
  });

  it('contains its commands and no source', () => {
    const paths = published(folder);
    for (const path of Object.values(manifest.bin)) expect(paths).toContain(path);
    expect(paths.filter((path) => /^(?:src|tests|bench|create)\//.test(path))).toEqual([]);
  });

  it('contains every file to which its documents link', () => {
    const paths = published(folder);
    const folders = new Set(paths.flatMap((path) => [`${dirname(path)}/`, `${dirname(dirname(path))}/`]));
    const broken = paths
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) => {
        const text = readFileSync(join(checkout, folder, path), 'utf8').replace(/^```[\s\S]*?^```|`[^`\n]+`/gm, '');
        const targets = [...text.matchAll(/\]\(([^)\s#]+)/g)].map(([, link = '']) => link);
        return targets
          .filter((link) => !/^[a-z]+:/.test(link))
          .map((link) => join(dirname(path), link))
          .filter((target) => !paths.includes(target) && !folders.has(target.replace(/\/?$/, '/')))
          .map((target) => `${path}: ${target}`);
      });
    expect(broken).toEqual([]);
  });
});

describe('a release', () => {
  it('has one version in both packages', () => expect(read('create').version).toBe(read('.').version));

  it('publishes both with provenance after all checks, and may do no more', () => {
    const { on, permissions, jobs } = parse(readFileSync(join(checkout, '.github/workflows/release.yml'), 'utf8'));
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(permissions).toEqual({ contents: 'read' });
    expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    const steps = jobs.publish.steps.flatMap(({ run }: { readonly run?: string }) => run ?? []);
    expect(steps.slice(1)).toEqual([
      'bash .ci/run',
      'npm run api',
      'npm publish --provenance --access public',
      'npm publish ./create --provenance --access public',
    ]);
  });
});

describe('npx dateline', () => {
  it('works in a checkout without a build', () => {
    const version = execFileSync(process.execPath, [join(checkout, read('.').bin.dateline ?? ''), '--version'], {
      encoding: 'utf8',
    });
    expect(version).toBe(`${read('.').version}\n`);
  });
});
