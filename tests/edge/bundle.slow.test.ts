import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleWorker, config } from './workerd.ts';

/** The part of esbuild's metafile that is used here. */
interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, { readonly imports: readonly { path: string; external?: boolean }[] }>>;
}

let code: string;
let metafile: Metafile;
beforeAll(async () => {
  const bundle = await bundleWorker();
  code = readFileSync(join(bundle, 'worker.js'), 'utf8');
  metafile = JSON.parse(readFileSync(join(bundle, 'bundle-meta.json'), 'utf8'));
});

describe('the bundled worker', () => {
  // docs/decisions/dependencies.md says what takes the space.
  it('is at most 95 KiB when compressed', () => {
    expect(gzipSync(code).length).toBeLessThanOrEqual(95 * 1024);
  });

  it('has no imports, so it needs no Node.js compatibility', () => {
    const imports = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    expect(imports.filter(({ external }) => external === true).map(({ path }) => path)).toEqual([]);
    expect(code).not.toMatch(/\brequire\(|\b(?:from|import)\s*\(?\s*["']node:/);
    // Asked for, and replaced by streams if the runtime lacks it.
    expect(code.match(/["'`]node:[\w/]+/g)).toEqual(['"node:zlib']);
  });

  it('does not enable Node.js compatibility in wrangler.toml', () => {
    expect(config.compatibility_flags.filter((flag) => flag.startsWith('nodejs'))).toEqual([]);
  });

  it.each(['markdown-it', 'yaml', 'date-fns', '@date-fns/tz', 'sanitize-html', 'commander', '@hono/node-server'])(
    'contains nothing of %s',
    (name) => {
      const inputs = Object.keys(metafile.inputs);
      expect(inputs.filter((path) => path.includes(`node_modules/${name}/`))).toEqual([]);
    },
  );

  it('contains no Node.js modules and no article parser', () => {
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((path) => /src\/(?:node|index)/.test(path))).toEqual([]);
    expect(
      inputs.filter((path) =>
        /src\/article\/(?!article|body\/markdown\/html-as-markdown|media-types|nearest|omit-undefined|once|plain-text)/.test(
          path,
        ),
      ),
    ).toEqual([]);
    expect(inputs.filter((path) => path.endsWith('src/edge/worker.ts'))).toHaveLength(1);
  });
});
