import type { ImportNote } from '../imported-item.ts';

/** Warns that links and ids need the address of the old site, which some exports leave out. */
export function missingAddress(name: string): ImportNote {
  const message = `${name} leaves out the address of its site, so articles get no links; import into an empty folder with --url https://… to give them their old addresses`;
  return { severity: 'warning', source: '', message };
}
