import { join } from 'node:path';
import type { Problem } from '../../article/problem.ts';
import type { Theme } from '../../publication/site.ts';
import { readText } from '../disk/read-text.ts';

/** Where the publisher's own parts of the pages lie in the folder of articles. */
const themeFiles: Readonly<Record<keyof Theme, string>> = {
  style: 'theme/style.css',
  header: 'theme/header.html',
  footer: 'theme/footer.html',
};

/** Reads those of the files that a folder has among its `paths`; they are the publisher's, and so trusted. */
export function readTheme(dir: string, paths: readonly string[], problems: Problem[]): Theme | undefined {
  const theme: { -readonly [Part in keyof Theme]: Theme[Part] } = {};
  for (const part of ['style', 'header', 'footer'] as const) {
    if (!paths.includes(themeFiles[part])) continue;
    const { text, problem } = readText(join(dir, themeFiles[part]));
    if (problem !== undefined) problems.push(problem);
    if (text !== undefined) theme[part] = text;
  }
  return Object.keys(theme).length === 0 ? undefined : theme;
}
