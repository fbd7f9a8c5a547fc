import { existsSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Command } from 'commander';
import { printable } from '../../article/problem.ts';
import { defaultTagBase } from '../../publication/identity.ts';
import { isSeedName } from '../disk/seed-paths.ts';
import { findProject, findPublication } from '../folder/articles-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { hasBrokenPublication } from '../folder/publication-file.ts';
import { addExamples, addFolder } from '../terminal/command-help.ts';
import { type NewSeedSetting, uniqueTagBase, writeNewSeed } from './new-seed.ts';
import { takenNames } from './taken-names.ts';

/** Reads a folder of articles as it is. */
export type ReadFolder = (dir: string) => FolderSnapshot;

/** Adds the command `new`. */
export function addNewCommand(program: Command, read: ReadFolder): void {
  const command = addFolder(
    program.command('new').argument('<headline>', 'its headline, in quotes'),
    whereWeStand,
  )
    .description('write a new article, dated now; never overwrites one')
    .option('--front-matter', 'with YAML front matter, in which editors know the keys')
    .action((headline: string, dir: string, options: { frontMatter?: true }) => {
      const isNew = !existsSync(dir);
      const path = writeArticle(headline, dir, read, options.frontMatter);
      const notes = [
        ...(isNew ? [`made the folder ${dir}`] : []),
        ...(findPublication(dir) ? [] : [unsettled(dir)]),
      ];
      for (const note of notes) process.stderr.write(`${printable(note)}\n`);
      process.stdout.write(`${path}\n`);
    });
  addExamples(command, [
    [
      'dateline new "Harbour bridge opens to walkers"',
      'writes ./seeds/<today>-harbour-bridge-opens-to-walkers.md',
    ],
    ['dateline new "Budget passes" seeds/politics', 'in a section, with the zone and the ids of ./seeds'],
    ['dateline new "Hello" content/posts --front-matter', 'for a folder of another framework'],
  ]);
}

/** In a publication an article belongs where its author stands, which may be a section. */
function whereWeStand(dir: string): string | undefined {
  return findPublication(dir) === undefined ? undefined : dir;
}

function unsettled(dir: string): string {
  return `no publication.yaml is in ${dir} or around it, so the article is dated in UTC and its id begins with something random; "dateline init" writes a file that settles both`;
}

/**
 * Writes an article into a folder, and returns its path. Zone and beginning of its id are those of the publication of which
 * the folder is a part.
 */
export function writeArticle(
  headline: string,
  dir: string,
  read: ReadFolder,
  hasFrontMatter = false,
): string {
  return writeNewSeed(headline, dir, Date.now(), settingOf(dir, read), hasFrontMatter);
}

/** What a new article takes from its publication; a folder without one may still have to come into being. */
function settingOf(dir: string, read: ReadFolder): NewSeedSetting {
  const home = findPublication(dir) ?? dir;
  if (!isSeedName(`${relative(home, dir).split(sep).join('/')}/x.md`))
    throw new Error(
      `${dir} is for files that stand at the root of the site, where no article is read; choose another folder`,
    );
  const project = findProject(dir) ?? home;
  if (!existsSync(home)) return { timezone: 'UTC', idBase: uniqueTagBase(), taken: [], home, project };
  const reading = read(home);
  const { site, problems } = reading;
  // The id that stands in an article is there to stay.
  if (hasBrokenPublication(problems, home))
    throw new Error('the publication file says how ids begin; mend it first (dateline check)');
  // The one that stands for every publication without its own would be given twice.
  const idBase = site.id === defaultTagBase ? uniqueTagBase() : site.id;
  return { timezone: site.timezone, idBase, taken: takenNames(home, reading, idBase), home, project };
}
