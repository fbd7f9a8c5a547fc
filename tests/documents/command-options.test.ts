/** Every call of `dateline` that a page shows has a command and options that exist. */
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/node/command-line.ts';
import { blocksOf, callsOf, pages } from './written-commands.ts';

const program = await commandLine();

/** Returns what is wrong with a call; `undefined` if nothing is. */
function faultOf([name = '', ...words]: readonly string[]): string | undefined {
  if (name.startsWith('-')) return ['--version', '--help'].includes(name) ? undefined : `no option ${name}`;
  // A page writes "dateline <command>" for any of them.
  if (name === '<command>') return undefined;
  const command = program.commands.find((one) => one.name() === name);
  if (command === undefined) return `no command ${name}`;
  const options = [...command.options, ...program.options];
  const unknown = words
    .filter((word) => /^--?[a-z]/i.test(word))
    .find((word) => !has(options, word.split('=')[0] ?? ''));
  return unknown === undefined ? undefined : `${name} has no option ${unknown}`;
}

function has(options: Command['options'], word: string): boolean {
  return ['--help', '-h'].includes(word) || options.some(({ long, short }) => word === long || word === short);
}

describe('the commands of a page', () => {
  it.each(pages.map((page) => [page, callsOf(page)] as const).filter(([, calls]) => calls.length > 0))(
    'exist in %s',
    (page, calls) => {
      const faults = calls.flatMap(({ line, words }) => faultOf(words)?.replace(/^/, `${page}:${line}: `) ?? []);
      expect(faults).toEqual([]);
    },
  );

  it('are found', () => {
    expect(pages.flatMap(callsOf).length).toBeGreaterThan(100);
    expect(callsOf('docs/moving.md')).toContainEqual({
      line: expect.any(Number),
      words: ['import', 'https://old.example/feed.xml', 'seeds'],
    });
    expect(faultOf(['check', '--agaisnt', 'x'])).toBe('check has no option --agaisnt');
    expect(faultOf(['chekc'])).toBe('no command chekc');
  });

  it('say what they need in the same words', () => {
    const needs = new Set(pages.flatMap(blocksOf).flatMap((block) => block.flatMap((one) => one.needs ?? [])));
    expect([...needs].sort()).toEqual(['Bun', 'Deno', 'Docker', 'a site online', 'an account', 'root', 'that key']);
  });
});
