import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { defaultTagBase } from '../publication/identity.ts';
import { addFolder } from './articles-folder.ts';
import { addExamples } from './command-help.ts';
import { hasBrokenPublication } from './known-publication.ts';
import { type NewSeedSetting, writeNewSeed } from './new-seed.ts';
import type { FolderReading } from './seed-folder.ts';

/** Reads a folder of articles as it is. */
export type ReadFolder = (dir: string) => FolderReading;

/** Adds the command `new`. */
export function addNewCommand(program: Command, read: ReadFolder): void {
  const command = addFolder(program.command('new').argument('<headline>', 'its headline, in quotes'))
    .description('write a new article, dated now; never overwrites one')
    .option('--front-matter', 'with YAML front matter, in which editors know the keys')
    .action((headline: string, dir: string, options: { frontMatter?: true }) => {
      process.stdout.write(`${writeArticle(headline, dir, read, options.frontMatter)}\n`);
    });
  addExamples(command, [
    [
      'dateline new "Harbour bridge opens to walkers"',
      'writes ./seeds/<today>-harbour-bridge-opens-to-walkers.md',
    ],
    ['dateline new "Hello" content/posts --front-matter', 'for a folder of another framework'],
  ]);
}

/** Writes an article that takes its zone and the beginning of its id from its folder, and returns its path. */
export function writeArticle(
  headline: string,
  dir: string,
  read: ReadFolder,
  hasFrontMatter = false,
): string {
  return writeNewSeed(headline, dir, Date.now(), settingOf(dir, read), hasFrontMatter);
}

/** What a new article takes from its folder, which comes into being with the first one. */
function settingOf(dir: string, read: ReadFolder): NewSeedSetting {
  if (!existsSync(dir)) return { timezone: 'UTC', idBase: defaultTagBase, ids: new Set() };
  const reading = read(dir);
  const { site, sources } = reading;
  // The id that stands in an article is there to stay.
  if (hasBrokenPublication(reading.problems, dir))
    throw new Error('the publication file says how ids begin; mend it first (dateline check)');
  return {
    timezone: site.timezone,
    idBase: site.id,
    ids: new Set(sources.map(({ head }) => head.id)),
  };
}
