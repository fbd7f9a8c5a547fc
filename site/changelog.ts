/** The changelog as a publication: `node site/changelog.ts FOLDER` writes its articles, one for each version. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveLink } from './documents.ts';

export interface Version {
  /** `0.1.0`, or `next` for what is not released yet. */
  readonly name: string;
  /** The last part of its address. */
  readonly slug: string;
  readonly title: string;
  /** When it was released, or when work on it began. */
  readonly date: string;
  /** Markdown. */
  readonly text: string;
}

/** Reads the versions of a changelog. Throws for a heading that states no version and date. */
export function versionsIn(changelog: string): readonly Version[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = ''] = section.split('\n', 1);
      const [, number = '', open, date = ''] =
        /^(\d+\.\d+\.\d+) – (unreleased since )?(\d{4}-\d\d-\d\d)$/.exec(heading) ?? [];
      if (number === '')
        throw new Error(
          `CHANGELOG.md: expected "0.1.0 – 2027-01-15" or "0.1.0 – unreleased since 2026-11-22", got "${heading}"`,
        );
      const name = open === undefined ? number : 'next';
      const title = open === undefined ? `Dateline ${number}` : 'Dateline, unreleased';
      return { name, slug: name.replaceAll('.', '-'), title, date, text: section.slice(heading.length).trim() };
    });
}

/**
 * Returns the id of a version: its package URL. Unreleased changes have the URL without a version, so a release is a
 * new item.
 */
function idOf({ name }: Version): string {
  return name === 'next' ? 'pkg:npm/dateline-feeds' : `pkg:npm/dateline-feeds@${name}`;
}

/** Makes links between documents absolute: feeds are read elsewhere. */
function withAddresses(text: string, site: string): string {
  return text.replace(/\]\(([^)\s]+)\)/g, (_, link: string) => {
    const resolved = resolveLink('CHANGELOG.md', link);
    return `](${resolved.startsWith('/') ? site.replace(/\/$/, '') + resolved : resolved})`;
  });
}

/** Returns the files of the publication, by path. `site` is the address of the documents' site. */
export function publicationOf(changelog: string, site: string): Readonly<Record<string, string>> {
  const settings = {
    title: 'Dateline: changes',
    description: 'What changed in Dateline, the feed publisher.',
    url: site,
    id: 'tag:dateline.internal,2026:dateline-feeds:',
    permalink: '/changelog/:slug/',
    pages: false,
  };
  const articles = versionsIn(changelog).map((version) => {
    const { slug, title, date, text } = version;
    const head = { title, date, slug, id: idOf(version) };
    return [`${slug}.md`, `${JSON.stringify(head)}\n\n${withAddresses(text, site)}\n`] as const;
  });
  return Object.fromEntries([['publication.yaml', `${JSON.stringify(settings, null, 2)}\n`], ...articles]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , folder = 'dist/site-changelog'] = process.argv;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = publicationOf(readFileSync('CHANGELOG.md', 'utf8'), process.env.SITE_URL ?? 'http://localhost/');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
