import { existsSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Command } from 'commander';
import { printable } from '../../article/problem.ts';
import { defaultTagBase } from '../../publication/site/identity.ts';
import { isSeedName } from '../disk/seed-paths.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { findProject, findPublication } from '../folder/options/articles-folder.ts';
import { addFolderArgument } from '../folder/options/folder-argument.ts';
import { hasBrokenPublication } from '../folder/options/publication-file.ts';
import { addExamples } from '../terminal/command-help.ts';
import { writeNote, writeResult } from '../terminal/output.ts';
import { type NewSeedSetting, uniqueTagBase, writeNewSeed } from './new-seed.ts';
import { usedNames } from './used-names.ts';

/** Reads a folder of articles. */
export type ReadFolder = (dir: string) => FolderSnapshot;

/** Adds the command `new`. */
export function addNewCommand(program: Command, read: ReadFolder): void {
  const command = addFolderArgument(
    program.command('new').argument('<headline>', 'its headline, in quotes'),
    currentSection,
  )
    .description('write a new article, dated now; never overwrites one')
    .option('--front-matter', 'with YAML front matter, whose keys editors can complete')
    .option('--json', 'write the path as JSON')
    .action((headline: string, dir: string, options: { frontMatter?: true }) => {
      const isNew = !existsSync(dir);
      const path = writeArticle(headline, dir, read, options.frontMatter);
      const notes = [
        ...(isNew ? [`made the folder ${dir}`] : []),
        ...(findPublication(dir) ? [] : [noPublication(dir)]),
      ];
      for (const note of notes) writeNote(printable(note));
      writeResult(`${path}\n`, { path });
    });
  addExamples(command, [
    ['dateline new "Harbour bridge opens to walkers"', 'writes ./seeds/<today>-harbour-bridge-opens-to-walkers.md'],
    ['dateline new "Budget passes" seeds/politics', 'writes into a section, with the time zone and ids of ./seeds'],
    ['dateline new "Hello" content/posts --front-matter', 'for a folder of another framework'],
  ]);
}

/** Inside the articles of a publication, a new one goes into the current folder, which may be a section. */
function currentSection(dir: string): string | undefined {
  const articles = findPublication(dir);
  return articles !== undefined && relative(articles, dir).startsWith('..') ? articles : articles && dir;
}

function noPublication(dir: string): string {
  return `no publication.yaml is in ${dir} or around it, so the article is dated in UTC and its id begins with random characters; "dateline init" writes a file that sets both`;
}

/**
 * Writes an article into a folder and returns its path. The publication around the folder sets its time zone and the
 * beginning of its id.
 */
export function writeArticle(headline: string, dir: string, read: ReadFolder, hasFrontMatter = false): string {
  return writeNewSeed(headline, dir, Date.now(), settingOf(dir, read), hasFrontMatter);
}

/** Reads what a new article depends on from the publication around a folder, which may not exist yet. */
function settingOf(dir: string, read: ReadFolder): NewSeedSetting {
  const home = findPublication(dir) ?? dir;
  if (!isSeedName(`${relative(home, dir).split(sep).join('/')}/x.md`))
    throw new Error(`${dir} is for files at the root of the site, where articles are not read; choose another folder`);
  const project = findProject(dir) ?? home;
  if (!existsSync(home)) return { timezone: 'UTC', idBase: uniqueTagBase(), used: [], home, project };
  const reading = read(home);
  const { site, problems } = reading;
  // The id that is written into an article never changes.
  if (hasBrokenPublication(problems, home))
    throw new Error('ids depend on the publication file, which has errors; fix it first (dateline check)');
  // Publications without an id share the default, so two articles could get the same id.
  const idBase = site.id === defaultTagBase ? uniqueTagBase() : site.id;
  return { timezone: site.timezone, idBase, used: usedNames(home, reading, idBase), home, project };
}
