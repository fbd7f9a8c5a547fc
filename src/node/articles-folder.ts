import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';

/** Where articles are kept unless a command is told otherwise. */
export const defaultDir = './seeds';

/** Lets a command take the folder of articles. */
export function addFolder(command: Command): Command {
  return command.argument('[dir]', 'folder of articles', articlesFolder, defaultDir);
}

/** Takes a folder that `init` made ready for the folder of articles in it. */
function articlesFolder(dir: string): string {
  const inner = join(dir, defaultDir);
  return !isPublication(dir) && isPublication(inner) ? inner : dir;
}

function isPublication(dir: string): boolean {
  return ['publication.yaml', 'publication.yml'].some((name) => existsSync(join(dir, name)));
}
