import type { Problem } from '../../article/problem.ts';
import { expectsSiteAddress, siteAddress } from '../../article/web-address.ts';
import type { PublishedNames } from '../../publication/ledger.ts';
import { defaultTagBase } from '../../publication/site/identity.ts';
import type { FolderSnapshot } from './folder-snapshot.ts';
import { hasBrokenPublication, publicationFilePath } from './options/publication-file.ts';
import { SeedFolder } from './seed-folder.ts';

/** The address of a publication without a public address, if there is no server with one. */
const localUrl = 'http://localhost:3000/';

/** A folder that was read once. */
export interface PublicationReading extends FolderSnapshot {
  /** Writes into the state what was read and rendered. */
  readonly saveState: () => void;
}

/**
 * Reads a folder once and adds the warnings that only matter before publishing. `state` is the path of the file with
 * its state, and `names` lists what files were published as.
 */
export function readPublication(dir: string, state?: string, names?: PublishedNames): PublicationReading {
  const { reading, saveState } = readFolder(dir, state, names);
  return { ...reading, problems: missingSettings(dir, reading).concat(reading.problems), saveState };
}

function readFolder(dir: string, state: string | undefined, names: PublishedNames | undefined) {
  const options = { url: localUrl, urlOverride: siteUrlOverride(), keepsTexts: false, state, names };
  const folder = new SeedFolder(dir, options);
  const saveState = (): void => {
    while (folder.save());
    folder.close();
  };
  return { reading: folder.read(), saveState };
}

function missingSettings(dir: string, reading: FolderSnapshot): readonly Problem[] {
  const file = publicationFilePath(dir, reading.articles);
  const place = { file, line: 1, column: 1, severity: 'warning' } as const;
  const missing: Problem[] = [];
  // A broken file may contain the settings that seem to be missing.
  if (hasBrokenPublication(reading.problems, dir)) return [];
  if (!reading.hasUrl) {
    const message = `no public address; feeds name ${localUrl} until "url" in publication.yaml or the environment's SITE_URL is set`;
    missing.push({ ...place, code: 'no-url', message });
  }
  if (reading.site.id === defaultTagBase) {
    const message =
      'ids do not say whose they are, and the id of the feed changes with its title; set "id" in publication.yaml once, such as "tag:example.org,2026:"';
    missing.push({ ...place, code: 'no-id', message });
  }
  return missing;
}

/** Returns the address in SITE_URL, which replaces the publication's own. Throws if it is invalid. */
export function siteUrlOverride(): string | undefined {
  const written = process.env.SITE_URL;
  if (written === undefined || written === '') return undefined;
  const url = siteAddress(written);
  if (url === undefined) throw new Error(`SITE_URL: expected ${expectsSiteAddress}, got "${written}"`);
  return url;
}
