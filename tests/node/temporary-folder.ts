import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterFile } from '../after-file.ts';

let root: string | undefined;
let made = 0;

/** Files by their path inside a folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Makes a folder of its own that goes when the test file is done. */
export function makeFolder(files: Files = {}): string {
  made += 1;
  root ??= makeRoot();
  const dir = join(root, `folder-${made}`);
  mkdirSync(dir);
  writeFiles(dir, files);
  // Written long ago, so that the newest date of the articles is that of the publication.
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((path) => join(dir, path));
  for (const path of [...paths, dir]) utimesSync(path, longAgo, longAgo);
  return dir;
}

function makeRoot(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-'));
  afterFile(() => {
    rmSync(folder, { recursive: true, force: true });
    root = undefined;
  });
  return folder;
}

/** The date of a folder's files. */
export const longAgo = new Date('2020-01-01T00:00:00Z');

export function writeFiles(dir: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

/** Writes a seed as people do. */
export function seed(headline: string, date = '2026-03-02', body = 'It happened.'): string {
  return `# ${headline}\n\n${date}\n\n${body}\n`;
}

/** Seeds that are a day apart, the first the oldest, some of them of the same day. */
export function manySeeds(count: number): Files {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const date = new Date(Date.UTC(2025, 0, 1 + i - (i % 3 === 2 ? 1 : 0))).toISOString().slice(0, 10);
      const number = String(i + 1).padStart(4, '0');
      const body = `Lede of **number ${i + 1}** & more.\n\n- a list\n- with [a link](/about?a=1&b=2)\n\n> “Wörter” ☃`;
      return [`${number}.md`, seed(`Article ${i + 1} <of ${count}>`, date, body)];
    }),
  );
}
