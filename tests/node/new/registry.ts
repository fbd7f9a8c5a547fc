/** A registry of npm with what this machine has: packages that were packed, and those of the checkout. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** Starts it. `packed` are paths of tarballs. */
export async function startRegistry(packed: readonly string[]) {
  const work = makeFolder();
  const tarballs = new Map<string, string>();
  const ours = await Promise.all(packed.map((path) => manifestIn(path).then((manifest) => ({ manifest, path }))));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    if (path.endsWith('.tgz')) {
      response.end(readFileSync(tarballs.get(path) ?? ''));
      return;
    }
    const versions = [...ours.filter(({ manifest }) => manifest.name === path), ...installed(path)];
    if (versions.length === 0) {
      response.writeHead(404).end('{}');
      return;
    }
    void documentOf(path, versions).then((text) => response.end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  async function documentOf(name: string, versions: readonly { readonly manifest: Manifest; readonly path: string }[]) {
    const entries = [];
    for (const { manifest, path } of versions) {
      const file = `${name.replace('/', '-')}-${manifest.version}.tgz`;
      const tarball = path.endsWith('.tgz') ? path : join(work, file);
      // As npm packs: everything in a folder that is called package.
      if (tarball !== path && !tarballs.has(file))
        await promisify(execFile)(
          'tar',
          ['czf', tarball, '--exclude=./node_modules', '--transform=s,^\\.,package,', '.'],
          { cwd: path },
        );
      tarballs.set(file, tarball);
      entries.push([manifest.version, { ...manifest, dist: { tarball: url + file } }]);
    }
    return JSON.stringify({
      name,
      'dist-tags': { latest: versions[0]?.manifest.version },
      versions: Object.fromEntries(entries),
    });
  }
  return { url, close: () => server.close() };
}

async function manifestIn(tarball: string): Promise<Manifest> {
  const { stdout } = await promisify(execFile)('tar', ['xzOf', tarball, 'package/package.json']);
  return JSON.parse(stdout);
}

/** Finds all versions of a package that the checkout has, the one at its root first. */
function installed(name: string): readonly { readonly manifest: Manifest; readonly path: string }[] {
  const { packages } = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')) as { packages: object };
  return Object.keys(packages)
    .filter((path) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .sort((a, b) => a.length - b.length)
    .flatMap((path) => {
      try {
        const manifest: Manifest = JSON.parse(readFileSync(join(checkout, path, 'package.json'), 'utf8'));
        return [{ manifest, path: join(checkout, path) }];
      } catch {
        return [];
      }
    });
}
