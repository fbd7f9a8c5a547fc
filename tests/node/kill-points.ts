import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative, resolve } from 'node:path';

/**
 * Loaded into a command with `--import`. Numbers the points at which it could be killed: before, during and after each
 * write, and before and after each fetch. Environment variables:
 *
 * - `COUNT_POINTS` is a file for the number of points.
 * - `KILL_AT` is the point at which the process kills itself with SIGKILL.
 * - `COPY_AT` lists points, separated by commas, at which the working folder is copied to a folder of that number in
 *   `COPY_TO`. The copy is what SIGKILL at this point would leave, without a new process for each point.
 */
const { COUNT_POINTS, KILL_AT, COPY_AT = '', COPY_TO = '' } = process.env;
const copied = new Set(COPY_AT.split(','));
const original = { ...fs };
const root = process.cwd();
let points = 0;
let isCopying = false;

/** Does the first half of a step. `place` maps a path into the copy of the folder, if there is one. */
type Half = (place: (path: string) => string) => void;

function point(half: Half = () => {}): void {
  if (isCopying) return;
  points += 1;
  if (String(points) === KILL_AT) {
    half((path) => path);
    process.kill(process.pid, 'SIGKILL');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
  if (!copied.has(String(points))) return;
  isCopying = true;
  const copy = join(COPY_TO, String(points));
  original.cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  half((path) => join(copy, relative(root, resolve(path))));
  isCopying = false;
}

type Call = (...args: never[]) => unknown;

const before = (call: Call): Call =>
  function (this: unknown, ...args) {
    point();
    return call.apply(this, args);
  };

/** A write can be cut off in the middle. */
const writing = (call: Call): Call =>
  function (this: unknown, ...args) {
    const [path, content, options] = args as unknown as [string | number, string | Uint8Array, fs.WriteFileOptions];
    point();
    // A copy of the folder has no open file.
    if (typeof path === 'number') return call.apply(this, args);
    point((place) =>
      original.writeFileSync(place(path), Buffer.from(content as string).subarray(0, content.length / 2), options),
    );
    return call.apply(this, args);
  };

/** The removal of a folder can stop when some of its entries are gone. */
const removing = (call: Call): Call =>
  function (this: unknown, ...args) {
    const [path] = args as unknown as [string];
    if (!original.existsSync(path)) return call.apply(this, args);
    point();
    if (original.statSync(path).isDirectory())
      point((place) => {
        for (const [i, name] of original.readdirSync(place(path)).entries())
          if (i % 2 === 0) original.rmSync(join(place(path), name), { recursive: true });
      });
    return call.apply(this, args);
  };

const calls = fs as unknown as Record<string, Call>;
const promised = fs.promises as unknown as Record<string, Call>;
for (const name of ['linkSync', 'renameSync', 'mkdirSync', 'chmodSync', 'chownSync', 'write'])
  calls[name] = before(calls[name] as Call);
for (const name of ['mkdir', 'copyFile']) promised[name] = before(promised[name] as Call);
calls.writeFileSync = writing(calls.writeFileSync as Call);
promised.writeFile = writing(promised.writeFile as Call);
calls.rmSync = removing(calls.rmSync as Call);
syncBuiltinESMExports();

const { fetch } = globalThis;
globalThis.fetch = async (...args) => {
  point();
  const response = await fetch(...args);
  point();
  return response;
};

if (COUNT_POINTS !== undefined) process.on('exit', () => original.writeFileSync(COUNT_POINTS, String(points)));
