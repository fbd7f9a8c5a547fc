import { Argument, type Command } from 'commander';
import { articlesFolder, defaultFolder, findPublication } from './articles-folder.ts';

/** Adds the argument `[dir]`, the folder of articles, to a command. Its default is {@link defaultFolder}. */
export function addFolderArgument(command: Command, standing = findPublication): Command {
  const dir = defaultFolder(standing);
  return command.addArgument(
    new Argument('[dir]', 'folder of articles').argParser(articlesFolder).default(dir, JSON.stringify(dir)),
  );
}

/** Adds the argument `[dirs...]`, one or several folders of articles. */
export function addFoldersArgument(command: Command): Command {
  const dir = defaultFolder();
  const dirs: readonly string[] = [dir];
  return command.addArgument(
    new Argument('[dirs...]', 'folder of articles, or several')
      .argParser((value, before: readonly string[]) => [...(before === dirs ? [] : before), articlesFolder(value)])
      .default(dirs, JSON.stringify(dir)),
  );
}
