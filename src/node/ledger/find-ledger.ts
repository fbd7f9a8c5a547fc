import { instantOf } from '../../article/seed/date.ts';
import type { Ledger } from '../../publication/ledger.ts';
import type { Site } from '../../publication/site/site.ts';
import { edgeFolder } from '../build/build.ts';
import { readEarlierBuild } from '../build/earlier/earlier-build.ts';
import { findLedger } from './open-ledger.ts';

/** A ledger, and its path for messages. */
export interface FoundLedger {
  readonly name: string;
  readonly ledger: Ledger;
  /** The address of the site. */
  readonly url: string;
  /** The id of the feed, if it is the ledger of a build or a store. */
  readonly feedId?: string;
}

/** Finds the ledger of a folder: that of a server at a path, else that of a build. Rejects if it can't be read. */
export async function ledgerOf(path: string, out: string): Promise<FoundLedger | undefined> {
  const file = findLedger(path);
  if (file === undefined) return builtLedger(out);
  try {
    return { name: file.path, ledger: file.read(), url: file.fact('url') ?? '' };
  } finally {
    file.close();
  }
}

/** Finds the ledger of a build. */
export async function builtLedger(out: string): Promise<FoundLedger | undefined> {
  const { edition, ledger } = await readEarlierBuild(edgeFolder(out), instantOf(Date.now()) ?? '');
  return edition && { name: edgeFolder(out), ledger, url: edition.site.url, feedId: edition.site.feedId };
}

/** Reports whether a ledger is that of a publication, and not of another that was built at the same place. */
export function isLedgerOf({ url, feedId }: FoundLedger, site: Pick<Site, 'url' | 'feedId'>): boolean {
  return feedId === undefined || feedId === site.feedId || url === site.url;
}
