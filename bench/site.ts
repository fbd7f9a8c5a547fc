import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { articleText } from './articles.ts';

/** Writes a publication of so many articles to a folder that goes when the process ends. */
export function makeSite(count: number, minutes?: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (let index = 0; index < count; index++)
    writeFileSync(join(folder, `${index}.md`), articleText(index, minutes));
  writeFileSync(join(folder, 'publication.yaml'), 'title: Bench\nurl: https://bench.example/\n');
  return folder;
}
