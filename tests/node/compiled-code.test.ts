import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from './temporary-folder.ts';

const source = (name: string): string => new URL(`../../src/node/${name}`, import.meta.url).href;
/** Loads the modules of a folder, and prints what they say and which functions are compiled before they are called. */
const program = `
  import { createRequire } from 'node:module';
  const { keepCompiledCode } = await import(${JSON.stringify(source('compiled-code.ts'))});
  const { optimizeCodeFor } = await import(${JSON.stringify(source('v8-flags.ts'))});
  const [folder, cache, command, flagged] = process.argv.slice(1);
  keepCompiledCode(folder, cache, command);
  if (flagged) optimizeCodeFor(0);
  const require = createRequire(folder + '/main.cjs');
  const { called, other, stack, main } = require('./a.cjs');
  const isCompiled = (one) => (globalThis.status(one) & isLazy) === 0;
  const isLazy = 1 << 18;
  globalThis.status = new Function('one', 'return %GetOptimizationStatus(one);');
  const before = { called: isCompiled(called), other: isCompiled(other) };
  console.log(JSON.stringify({ ...before, said: called(), stack: stack(), main }));
`;

function makeBundle(version = 'one') {
  const folder = makeFolder({
    'version.txt': version,
    'a.cjs': `exports.called = () => require('./b.cjs').word; exports.other = () => 1; exports.stack = () => new Error().stack.split('\\n')[1].replace(/^.*a[.]cjs:|[)]$/g, ''); exports.main = [__filename, __dirname];`,
    'b.cjs': "exports.word = 'hello';",
    'check-command.cjs': '',
    'serve-command.cjs': '',
  });
  const cache = makeFolder();
  let stderr = '';
  const load = (
    command = 'check',
    { node = [], flagged = '' }: { node?: readonly string[]; flagged?: string } = {},
  ) => {
    const args = ['--allow-natives-syntax', ...node, '--input-type=module', '--eval', program];
    const ran = spawnSync(process.execPath, [...args, folder, cache, command, flagged], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(ran.stderr);
    stderr = ran.stderr;
    return JSON.parse(ran.stdout);
  };
  const said = { said: 'hello', main: [join(folder, 'a.cjs'), folder], stack: '1:96' };
  return { folder, cache, load, said, files: () => readdirSync(cache).sort(), stderr: () => stderr };
}

it('has the functions that an earlier process of the same command called', () => {
  const { load, said, files } = makeBundle();
  expect(load()).toEqual({ called: false, other: false, ...said });
  expect(files()).toEqual(['dateline-check-one.bin']);
  expect(load()).toEqual({ called: true, other: false, ...said });
  expect(load('serve')).toEqual({ called: false, other: false, ...said });
  expect(load('../x')).toEqual({ called: false, other: false, ...said });
  expect(load('chekc')).toEqual({ called: true, other: false, ...said });
  expect(files()).toEqual(['dateline-check-one.bin', 'dateline-other-one.bin', 'dateline-serve-one.bin']);
});

it('is made again for another version, and replaces the earlier one', () => {
  const { folder, load, said, files } = makeBundle();
  load();
  writeFileSync(join(folder, 'version.txt'), 'two');
  expect(load()).toEqual({ called: false, other: false, ...said });
  expect(files()).toEqual(['dateline-check-two.bin']);
  expect(load()).toEqual({ called: true, other: false, ...said });
});

it.each([
  ['cut off', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, -40))],
  ['longer', (path: string) => appendFileSync(path, 'x')],
  ['empty', (path: string) => writeFileSync(path, '')],
  ['another file', (path: string) => writeFileSync(path, '0\n[["a.cjs",-1]]\n')],
  [
    'changed',
    (path: string) => {
      const bytes = readFileSync(path);
      bytes[bytes.length - 50] = (bytes.at(-50) ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
  ],
])('is made again if its file is %s', (_, damage) => {
  const { cache, load, said } = makeBundle();
  load();
  damage(join(cache, 'dateline-check-one.bin'));
  expect(load()).toEqual({ called: false, other: false, ...said });
  expect(load()).toEqual({ called: true, other: false, ...said });
});

it('is given up where V8 does not take it', () => {
  const { cache, load, said } = makeBundle();
  const node = ['--no-maglev'];
  load();
  expect(load('check', { node })).toEqual({ called: false, other: false, ...said });
  expect(readFileSync(join(cache, 'dateline-check-one.bin'), 'utf8')).toMatch(/^\d+\n\[\]\n$/);
  expect(load()).toEqual({ called: false, other: false, ...said });
});

it('leaves modules that are loaded after flags were set to Node.js', () => {
  const { load, said } = makeBundle();
  for (let start = 0; start < 2; start++)
    expect(load('check', { flagged: 'yes' })).toEqual({ called: false, other: false, ...said });
});

it('is not kept in a folder that may not be written to', () => {
  const { cache, load, said, files } = makeBundle();
  chmodSync(cache, 0o500);
  const isRoot = process.getuid?.() === 0;
  for (let start = 0; start < 2; start++)
    expect(load()).toEqual({ called: isRoot && start === 1, other: false, ...said });
  chmodSync(cache, 0o700);
  expect(files()).toEqual(isRoot ? ['dateline-check-one.bin'] : []);
});

it('is not kept where a file has replaced the folder', () => {
  const { cache, load, said } = makeBundle();
  rmSync(cache, { recursive: true });
  writeFileSync(cache, '');
  for (let start = 0; start < 2; start++) expect(load()).toEqual({ called: false, other: false, ...said });
});

it('leaves modules to Node.js that import others', () => {
  const { folder, load, said, stderr } = makeBundle();
  writeFileSync(join(folder, 'b.cjs'), "exports.word = 'hello'; import('node:os');");
  for (let start = 0; start < 2; start++) expect(load()).toEqual({ called: start === 1, other: false, ...said });
  expect(stderr()).toBe('');
});
