import { omitUndefined } from '../../article/omit-undefined.ts';
import type { Problem } from '../../article/problem.ts';
import { expectsSiteAddress, siteAddress } from '../../article/web-address.ts';
import { defaultTagBase } from '../../publication/identity.ts';
import { hasBrokenPublication, publicationFileIn } from './known-publication.ts';
import { type FolderReading, SeedFolder } from './seed-folder.ts';

/** Stands for the public address of a publication that names none, where no server tells it. */
const localUrl = 'http://localhost:3000/';

/** Reads a folder once, and adds what only matters to a publication that is about to be published. */
export function readPublication(dir: string): FolderReading {
  const siteUrl = siteUrlOverride();
  const folder = new SeedFolder(dir, omitUndefined({ url: localUrl, urlOverride: siteUrl }));
  const reading = folder.read();
  const file = publicationFileIn(dir, reading.articles);
  const place = { file, line: 1, column: 1, severity: 'warning' } as const;
  const missing: Problem[] = [];
  // What a broken file does not say may well stand in it.
  if (hasBrokenPublication(reading.problems, dir)) return reading;
  if (!reading.hasUrl) {
    const message = `no public address; feeds name ${localUrl} until "url" in publication.yaml or the environment's SITE_URL is set`;
    missing.push({ ...place, code: 'no-url', message });
  }
  if (reading.site.id === defaultTagBase) {
    const message =
      'ids do not say whose they are, and the id of the feed changes with its title; set "id" in publication.yaml once, such as "tag:example.org,2026:"';
    missing.push({ ...place, code: 'no-id', message });
  }
  return { ...reading, problems: [...missing, ...reading.problems] };
}

/** The address that the environment gives in the place of the publication's own; throws where it is none. */
export function siteUrlOverride(): string | undefined {
  const written = process.env.SITE_URL;
  if (written === undefined || written === '') return undefined;
  const url = siteAddress(written);
  if (url === undefined) throw new Error(`SITE_URL: expected ${expectsSiteAddress}, got "${written}"`);
  return url;
}
