import type { Site } from '../../publication/site/site.ts';

/**
 * Compares a publication file that was kept with the address that was asked for, and returns the lines to write into
 * it. `home` is the address of the site beside which the feeds are.
 */
export function keptSettings(
  url: string,
  { site, hasUrl }: { readonly site: Site; readonly hasUrl: boolean },
  home: string | undefined,
): readonly string[] {
  const lines: string[] = [];
  if (!hasUrl || url !== site.url) lines.push(`"url: ${url}"${hasUrl ? ` in place of "url: ${site.url}"` : ''}`);
  if (home !== undefined && home !== url && home !== site.home)
    lines.push(`"site: ${home}"${site.home === undefined ? '' : ` in place of "site: ${site.home}"`}`);
  return lines;
}
