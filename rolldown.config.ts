import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/**
 * The command as it is installed: a file for each command and what they share, in place of four hundred modules, of which to
 * find and load each takes a fifth of a millisecond. As CommonJS, since to import a built-in module makes all that it exports, such as the whole
 * of `fetch`. What stands beside the package's files is found from here by the same steps as from `src/node`.
 */
export default defineConfig({
  input: { dateline: 'src/node/cli.ts' },
  platform: 'node',
  external: ['wrangler'],
  // Few articles have raw HTML, and to load what cleans it takes as long as to render ten.
  plugins: [lazily('sanitize-html'), licenses()],
  output: {
    dir: 'dist/command',
    cleanDir: true,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    // Names stay, for who reads a stack.
    minify: { mangle: false, compress: false },
  },
});

/** Has a package that is one function loaded when that is first called. */
function lazily(name: string): Plugin {
  const id = `\0lazily:${name}`;
  let importer: string | undefined;
  return {
    name: 'lazily',
    resolveId(source, from) {
      if (source !== name) return undefined;
      if (from === id) return this.resolve(name, importer, { skipSelf: true });
      importer = from;
      return id;
    },
    load: (asked) => (asked === id ? `export default (...all) => require('${name}')(...all);` : undefined),
  };
}

/** Writes beside the bundle under which terms the parts of it stand that others wrote. */
function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
      const packages = new Set(modules.flatMap((id) => packageOf(id) ?? []));
      const source = [...packages].sort().map(licenseOf).join('\n');
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source });
    },
  };
}

/** The folder of the package that a module belongs to; none where it is ours. */
function packageOf(module: string): string | undefined {
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module) ?? [];
  // Some packages have others inside, without what tells of them.
  return folder === undefined || existsSync(join(folder, 'package.json'))
    ? folder
    : packageOf(dirname(folder));
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${name} ${version}: ${license}\n\n${texts.join('\n\n')}\n\n`;
}
