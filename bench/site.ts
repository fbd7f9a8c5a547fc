import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { articleText } from './articles.ts';

const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Writes files to a folder that is deleted when the process ends. */
export function makeFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Writes a publication of `count` articles to such a folder. */
export function makeSite(count: number, minutesApart?: number, settings = ''): string {
  const folder = makeFolder({ 'publication.yaml': `title: Bench\nurl: https://bench.example/\n${settings}` });
  for (let index = 0; index < count; index++)
    writeFileSync(join(folder, `${index}.md`), articleText(index, minutesApart));
  return folder;
}

/** The facts of the publication that is measured. */
export const site = {
  ...{ title: 'Bench', description: 'Bench', url: 'https://bench.example/', language: 'en', authors: [] },
  ...{ timezone: 'UTC', items: 50, content: 'full' as const, ttl: 60, id: 'tag:bench.example,2020:' },
  ...{ feedId: 'tag:bench.example,2020:/', redirects: {} },
};

/** How its articles are parsed. */
export const parseOptions = {
  timezone: 'UTC',
  articleUrl: (slug: string) => `https://bench.example/articles/${slug}`,
  mintId: (slug: string) => `tag:bench.example,2020:${slug}`,
};
