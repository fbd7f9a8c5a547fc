import { type Command, InvalidArgumentError, Option } from 'commander';
import { addFolder } from '../folder/articles-folder.ts';
import { startReading } from '../folder/started-reading.ts';
import type { ServeChoices } from '../run-serve.ts';
import { addExamples } from '../terminal/command-help.ts';

/** Adds the command `serve`. */
export function addServeCommand(program: Command): void {
  const command = addFolder(program.command('serve'))
    .description('serve the folder and show what changes in it')
    .addOption(
      new Option('-p, --port <number>', 'port; 0 for any free one').env('PORT').default(3000).argParser(port),
    )
    .addOption(new Option('--host <name>', 'address to listen on').env('HOST').default('127.0.0.1'))
    .option('--no-watch', 'do not look for changes')
    .option('--no-ping', 'do not tell the hub of changes; "dateline ping" does')
    .action(run);
  addExamples(command, [
    ['dateline serve', 'serves ./seeds at http://127.0.0.1:3000/'],
    ['dateline serve news --host 0.0.0.0 --port 8080', 'serves ./news to other machines'],
  ]);
}

async function run(dir: string, options: ServeChoices): Promise<void> {
  // Read by another thread while this one loads what understands it.
  const started = startReading(dir, options.watch, true);
  try {
    const { runServe } = await import('../run-serve.ts');
    await runServe(dir, options, started);
  } catch (error) {
    started.close();
    throw error;
  }
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}
