import { Argument, type Command, CommanderError } from 'commander';
import { nearest } from '../../article/nearest.ts';
import { articlesFolder, defaultFolder, findPublication } from '../folder/articles-folder.ts';

/** What the command line ends with, for who calls it from a program. */
export const exitCodes = {
  0: 'done; warnings don’t count',
  1: 'problems were found, or it could not be done',
  2: 'the command line was not understood',
} as const;

/** A command as it is typed, and what comes of it. */
export type Example = readonly [typed: string, does: string];

/** Shows examples at the end of a command's help. */
export function addExamples(command: Command, examples: readonly Example[]): void {
  const lines = examples.map(([typed, does]) => `  $ ${typed}\n      ${does}`);
  command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** Adds `help`, which commander's own takes any word for. */
export function addHelp(program: Command): void {
  program.helpCommand(false);
  program
    .command('help')
    .argument('[command]')
    .description('display help for command')
    .helpOption(false)
    .action((name?: string) => {
      if (name === undefined) program.help();
      const found = program.commands.find((command) => command.name() === name);
      found?.help();
      const meant = nearest(
        name,
        program.commands.map((command) => command.name()),
      );
      const hint = meant === undefined ? '' : `\n(Did you mean ${meant}?)`;
      program.error(`error: unknown command '${name}'${hint}`);
    });
}

/** Shows the exit codes at the end of the program's help. */
export function addExitCodes(program: Command): void {
  const lines = Object.entries(exitCodes).map(([code, means]) => `  ${code}  ${means}`);
  program.addHelpText('after', `\nExit codes:\n${lines.join('\n')}`);
}

/**
 * Says what went wrong in a line, as a stack helps nobody who mistyped a folder, and returns the exit code. Of a command
 * line that was not understood, and of `--help`, all has been said.
 */
export function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`dateline: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}

/** Lets a command take the folder of articles; by default that of {@link defaultFolder}, to which `standing` belongs. */
export function addFolder(command: Command, standing = findPublication): Command {
  const dir = defaultFolder(standing);
  return command.addArgument(
    new Argument('[dir]', 'folder of articles').argParser(articlesFolder).default(dir, JSON.stringify(dir)),
  );
}
