import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { expect, it } from 'vitest';

const text = readFileSync(new URL('../../src/node/v8-flags.ts', import.meta.url), 'utf8');
// As JavaScript, because Node.js can't read TypeScript without a compiler.
const module = `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(text))}`;
/** Prints whether a function that runs often is optimized by TurboFan: after the start, and later. */
const program = `
  const { setFlagsForStart, setFlagsAfterStart } = await import(${JSON.stringify(module)});
  const { setTimeout } = await import('node:timers/promises');
  const numbers = Array.from({ length: 100 }, (_, i) => i);
  const sum = new Function('numbers', 'let sum = 0; for (const number of numbers) sum += number; return sum;');
  const isOptimized = new Function('sum', 'return (%GetOptimizationStatus(sum) & 64) !== 0;');
  const run = async () => {
    for (let round = 0; round < 40; round++) {
      for (let i = 0; i < 20_000; i++) sum(numbers);
      if (isOptimized(sum)) return;
      // Another thread optimizes.
      await setTimeout(10);
    }
  };
  setFlagsForStart();
  await run();
  const atStart = isOptimized(sum);
  setFlagsAfterStart();
  await run();
  console.log(JSON.stringify({ atStart, later: isOptimized(sum) }));
`;

it.each([
  ['lets code that ran often at the start be optimized later', [], { atStart: false, later: true }],
  ['optimizes nothing in a process without a compiler', ['--jitless'], { atStart: false, later: false }],
])(
  '%s',
  (_, flags, expected) => {
    const args = [...flags, '--allow-natives-syntax', '--input-type=module', '--eval', program];
    const printed = execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
    expect(JSON.parse(printed)).toEqual(expected);
  },
  90_000,
);
