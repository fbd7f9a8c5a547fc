import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../../src/node/terminal/command-help.ts';
import { dateline, manifest } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';

const { stdout: help } = await dateline(['--help']);
const commands = [...help.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = '']) => name);

describe('the help', () => {
  it('lists the commands and what each exit code means', () => {
    expect(commands).toEqual(expect.arrayContaining(['init', 'serve', 'build', 'publish', 'check', 'new']));
    for (const [code, means] of Object.entries(exitCodes)) expect(help).toContain(`  ${code}  ${means}\n`);
  });

  it.each(commands)('of %s has valid examples', async (command) => {
    const { code, stdout, stderr } = await dateline([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const examples = [...stdout.matchAll(/^ {2}\$ dateline (.+)\n {6}\S/gm)].map(([, line = '']) => line);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const args = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
      expect(args[0]).toBe(command);
      // An unknown option is then the only error.
      const { code, stderr } = await dateline([...args, '--no-such-option']);
      expect({ code, stderr: stderr.split('\n')[0] }).toEqual({
        code: 2,
        stderr: "error: unknown option '--no-such-option'",
      });
    }
  });

  it('is also printed by the command help', async () => {
    expect((await dateline(['help'])).stdout).toBe(help);
    const { stdout } = await dateline(['check', '--help']);
    expect(await dateline(['help', 'check'])).toEqual({ code: 0, stdout, stderr: '' });
    expect(help).toMatch(/^ {2}help \[command\] +display help for command$/m);
  });

  it('prints the version', async () => {
    expect(await dateline(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });
});

describe('an unknown command or option', () => {
  it.each([
    [['srve'], "unknown command 'srve'", 'serve'],
    [['publsh'], "unknown command 'publsh'", 'publish'],
    [['help', 'chek'], "unknown command 'chek'", 'check'],
    [['check', '--formt', 'json'], "unknown option '--formt'", '--format'],
    [['serve', '--prot', '1'], "unknown option '--prot'", '--port'],
    [['init', '--titel', 'A'], "unknown option '--titel'", '--title'],
    [['--versoin'], "unknown option '--versoin'", '--version'],
  ])('exits with 2 and suggests the nearest: %j', async (args, fault, nearest) => {
    const command = commands.includes(args[0] ?? '') ? `${args[0]} ` : '';
    expect(await dateline(args, { cwd: makeFolder() })).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: `error: ${fault}\n(Did you mean ${nearest}?)\n(see dateline ${command}--help)\n`,
    });
  });

  it('exits with 2 and points to the help if an argument is missing', async () => {
    expect(await dateline(['import'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: missing required argument 'source'\n(see dateline import --help)\n",
    });
  });
});

it('suggests the nearest code to explain', async () => {
  const { code, stderr } = await dateline(['check', '--explain', 'nodate']);
  expect({ code, line: stderr.split('\n')[0] }).toEqual({
    code: 2,
    line: "error: option '--explain <code>' argument 'nodate' is invalid. Did you mean no-date?",
  });
});
