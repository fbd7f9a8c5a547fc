import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { packageFolder } from '../package-folder.ts';

/** The schemas that editors know the keys by, as paths in the package. */
export const schemaFiles = {
  publication: 'schemas/publication.schema.json',
  frontMatter: 'schemas/front-matter.schema.json',
} as const;

/**
 * Gives the path, with `/`, by which a file in `folder` names a file of the package: from the next `node_modules` above
 * that has it, as Node looks for packages, or a checkout around the folder; else from where `npm install` in `project`
 * will put it.
 */
export function pathIntoPackage(folder: string, path: string, project = folder): string {
  const home = packageAbove(resolve(folder)) ?? join(resolve(project), 'node_modules/dateline');
  const found = relative(resolve(folder), join(home, path)).replaceAll('\\', '/');
  return found.startsWith('.') ? found : `./${found}`;
}

function packageAbove(folder: string): string | undefined {
  const installed = join(folder, 'node_modules/dateline');
  if (existsSync(join(installed, schemaFiles.publication))) return installed;
  if (folder === resolve(packageFolder)) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : packageAbove(above);
}
