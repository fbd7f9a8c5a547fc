import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/**
 * Bundles the installed command: one file for each subcommand, the worker threads and what they share. Finding and
 * loading the four hundred modules separately would take a fifth of a millisecond each. The format is CommonJS because
 * an ES import of a built-in module evaluates everything it exports, such as all of `fetch`. `dist/command` is as deep
 * as `src/node`, so relative paths to the package's files work in both.
 */
export default defineConfig({
  input: {
    dateline: 'src/node/cli.ts',
    'render-worker': 'src/node/folder/render/render-worker.ts',
    'build-worker': 'src/node/build/parallel/build-worker.ts',
  },
  platform: 'node',
  external: ['wrangler'],
  // Few articles contain raw HTML, and loading the sanitizer takes as long as rendering ten articles.
  plugins: [loadLazily('sanitize-html'), assignFields(), licenses(), version()],
  output: {
    dir: 'dist/command',
    cleanDir: true,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    // Keeps names readable in stack traces.
    minify: { mangle: false, compress: false },
  },
});

/** Loads a package whose export is one function when that function is first called. */
function loadLazily(name: string): Plugin {
  const id = `\0lazy:${name}`;
  let importer: string | undefined;
  return {
    name: 'load-lazily',
    resolveId(source, from) {
      if (source !== name) return undefined;
      if (from === id) return this.resolve(name, importer, { skipSelf: true });
      importer = from;
      return id;
    },
    load: (module) => (module === id ? `export default (...args) => require('${name}')(...args);` : undefined),
  };
}

/**
 * Assigns the class fields of markdown-it, whose package defines each with a helper. An article has hundreds of tokens
 * with fourteen fields each; with the helper, rendering takes a tenth longer.
 */
export function assignFields(): Plugin {
  return {
    name: 'assign-fields',
    transform: {
      filter: { id: /[/\\]markdown-it[/\\]dist[/\\]/ },
      handler: (code) => ({
        code: code.replace(/\b_defineProperty\(\s*this,\s*(?:\/\*(?:[^*]|\*(?!\/))*\*\/\s*)?"(\w+)",/g, '(this.$1 ='),
        map: null,
      }),
    },
  };
}

/** Writes a hash of the bundled code, because hashing three megabytes would be a twentieth of a start. */
function version(): Plugin {
  return {
    name: 'version',
    generateBundle(_, bundle) {
      const hash = createHash('sha256');
      const parts = Object.values(bundle).toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1));
      for (const part of parts) if (part.type === 'chunk') hash.update(part.fileName).update(part.code);
      this.emitFile({ type: 'asset', fileName: 'version.txt', source: hash.digest('base64url') });
    },
  };
}

/** Writes the licenses of all bundled packages to a file beside the bundle. Throws if one has no text. */
export function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
      const packages = new Set(modules.flatMap((id) => packageOf(id) ?? []));
      const source = [...packages].sort().map(licenseOf).join('\n');
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source });
    },
  };
}

/** Returns the folder of the package that contains a module; `undefined` for our own modules. */
function packageOf(module: string): string | undefined {
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module) ?? [];
  // Some packages contain copies of others without a package.json.
  return folder === undefined || existsSync(join(folder, 'package.json')) ? folder : packageOf(dirname(folder));
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const own = readdirSync(folder).filter((file) => /^(?:un)?licen[cs]e|^copying/i.test(file));
  // A few packages leave the text out of what they publish.
  const kept = join(import.meta.dirname, `licenses/${name}.txt`);
  const files = own.length > 0 ? own.map((file) => join(folder, file)) : existsSync(kept) ? [kept] : [];
  const texts = files.map((file) => readFileSync(file, 'utf8').trim()).filter((text) => text !== '');
  if (texts.length === 0)
    throw new Error(`${name} ${version} has no license text; put that of its repository into licenses/${name}.txt`);
  return `${name} ${version}: ${license}\n\n${texts.join('\n\n')}\n\n`;
}
