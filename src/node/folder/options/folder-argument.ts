import { Argument, type Command } from 'commander';
import { articlesFolder, defaultFolder, findPublication } from './articles-folder.ts';

/** Adds the argument `[dir]`, the folder of articles, to a command. Its default is {@link defaultFolder}. */
export function addFolderArgument(command: Command, standing = findPublication): Command {
  const dir = defaultFolder(standing);
  return command.addArgument(
    new Argument('[dir]', 'folder of articles').argParser(articlesFolder).default(dir, JSON.stringify(dir)),
  );
}
