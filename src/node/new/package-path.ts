import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { packageFolder } from '../package-folder.ts';

/** Paths in the package of the schemas that editors use. */
export const schemaFiles = {
  publication: 'schemas/publication.schema.json',
  frontMatter: 'schemas/front-matter.schema.json',
} as const;

/**
 * Returns the relative path, with `/`, from `folder` to a file of the package. As Node.js does, it looks for the
 * package in `node_modules` of the folder and those above, or for a checkout around it. Otherwise the path leads to
 * where `npm install` in `project` would put the package.
 */
export function packagePath(folder: string, path: string, project = folder): string {
  const home = packageAbove(resolve(folder)) ?? join(resolve(project), 'node_modules/dateline-feeds');
  const found = relative(resolve(folder), join(home, path)).replaceAll('\\', '/');
  return found.startsWith('.') ? found : `./${found}`;
}

function packageAbove(folder: string): string | undefined {
  const installed = join(folder, 'node_modules/dateline-feeds');
  if (existsSync(join(installed, schemaFiles.publication))) return installed;
  if (folder === resolve(packageFolder)) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : packageAbove(above);
}
