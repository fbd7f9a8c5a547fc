import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { hasDefaultFlags, withDefaultFlags } from './v8-flags.ts';

/** Milliseconds from the start until compiled code is written. Later, V8 drops functions that only a start calls. */
const delay = 3000;

/**
 * Loads the bundled modules of a folder with the code that V8 compiled in an earlier process, from a file in the folder
 * `cache`, which only the user can write. Node's own compile cache has only the functions that run while a module is
 * loaded. This one also has those that `command` called; to compile them took a tenth of the time of a small command.
 *
 * A file that is damaged or of another version is replaced.
 */
export function keepCompiledCode(folder: string, cache: string, command = ''): void {
  const isCommand = /^[a-z]+$/.test(command) && existsSync(join(folder, `${command}-command.cjs`));
  const prefix = `dateline-${isCommand ? command : 'other'}-`;
  const path = join(cache, `${prefix}${readFileSync(join(folder, 'version.txt'), 'utf8')}.bin`);
  const known = readCode(path);
  const scripts = new Map<string, Script>();
  let isAccepted = true;
  const { extensions } = createRequire(join(folder, 'any.cjs'));
  const usual = extensions['.js'];
  extensions['.cjs'] = (module, file): void => {
    const name = basename(file);
    const text = dirname(file) === folder ? readFileSync(file, 'utf8') : undefined;
    // V8 takes code only with the flags with which it was compiled. What a script imports would need a part of Node.js
    // that is experimental and says so.
    if (text === undefined || !hasDefaultFlags() || text.includes('import(')) {
      usual(module, file);
      return;
    }
    const script = new Script(`${opening}${text}\n})`, {
      filename: file,
      columnOffset: -opening.length,
      cachedData: known?.get(name),
    });
    if (script.cachedDataRejected === true) isAccepted = false;
    scripts.set(name, script);
    script.runInThisContext()(module.exports, requireFrom(module), module, file, folder);
  };
  const write = (): void => {
    clearTimeout(timer);
    process.off('exit', write);
    // Frees the memory of the code, which only that function still holds.
    delete extensions['.cjs'];
    if (known === undefined) writeCode(path, prefix, scripts);
    // An empty file, or each start would write code that the next one can't use.
    else if (!isAccepted) writeCode(path, prefix, new Map());
  };
  process.once('exit', write);
  const timer = setTimeout(write, delay).unref();
}

/** Returns the `require` of a module, which lasts as long as the module and so must not hold the code of all. */
function requireFrom(module: NodeJS.Module): (id: string) => unknown {
  return (id) => module.require(id);
}

/** What Node puts before the text of a CommonJS module. */
const opening = '(function (exports, require, module, __filename, __dirname) { ';

/** Returns the code of modules by their names; `undefined` if there is none, or it is damaged. */
function readCode(path: string): ReadonlyMap<string, Buffer> | undefined {
  try {
    const bytes = readFileSync(path);
    const list = bytes.indexOf('\n') + 1;
    const start = bytes.indexOf('\n', list) + 1;
    if (crc32(bytes.subarray(list)) !== Number(bytes.toString('latin1', 0, list))) return undefined;
    let end = start;
    return new Map(
      (JSON.parse(bytes.toString('utf8', list, start)) as Lengths).map(([name, length]) => {
        end += length;
        return [name, bytes.subarray(end - length, end)];
      }),
    );
  } catch {
    return undefined;
  }
}

/** Modules in the order of their code, and the bytes of each one's code. */
type Lengths = readonly (readonly [name: string, length: number])[];

/**
 * Writes the code of modules: a line with the CRC-32 of the rest, a line with the modules' names and lengths, and the
 * code. Deletes other files with the prefix. Where nothing can be written, nothing is kept.
 */
function writeCode(path: string, prefix: string, scripts: ReadonlyMap<string, Script>): void {
  const part = `${path}.${process.pid}.part`;
  try {
    const code = withDefaultFlags(() =>
      [...scripts].map(([name, script]) => [name, script.createCachedData()] as const),
    );
    const lengths: Lengths = code.map(([name, { length }]) => [name, length]);
    const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(lengths)}\n`), ...code.map(([, one]) => one)]);
    const folder = dirname(path);
    mkdirSync(folder, { recursive: true });
    writeFileSync(part, Buffer.concat([Buffer.from(`${crc32(bytes)}\n`), bytes]));
    for (const name of readdirSync(folder))
      if (name.startsWith(prefix) && name !== basename(part)) rmSync(join(folder, name), { force: true });
    renameSync(part, path);
  } catch {
    remove(part);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder may not be searched, or is a file. An exception would end the command.
  }
}
