import type { Author } from '../article/author.ts';
import { parsePublicationFile } from '../publication/file/publication-file.ts';
import type { MarkdownUse } from '../publication/site/markdown-uses.ts';
import type { Site } from '../publication/site/site.ts';
import { wrong } from './checks.ts';

/** The facts of a publication, named as in `publication.yaml`. */
export interface SiteSettings {
  readonly title: string;
  /** The public address of the feeds: where the app is mounted. */
  readonly url: string;
  /** By default the title. */
  readonly description?: string;
  /** BCP 47 tag, by default `en`. */
  readonly language?: string;
  /**
   * The authors of articles without their own; or all authors by key, as {@link parseSeed} finds them in front matter.
   * Then those with `default: true` are the authors of articles without their own.
   */
  readonly authors?:
    | readonly (Author | string)[]
    | Readonly<Record<string, string | (Author & { readonly default?: boolean })>>;
  /** IANA name of the time zone for dates without one in seeds, by default `UTC`. */
  readonly timezone?: string;
  /** The number of articles on a page, by default 50. */
  readonly items?: number;
  /** Whether feeds carry whole articles, which is the default, or summaries. */
  readonly content?: 'full' | 'summary';
  /** Minutes that an answer stays fresh, by default 60. */
  readonly ttl?: number;
  /** URL of the WebSub hub. */
  readonly hub?: string;
  /** A square picture of at least 512 pixels. */
  readonly icon?: string;
  /** A square picture of at least 64 pixels. */
  readonly favicon?: string;
  readonly copyright?: string;
  /** The start of generated ids: `tag:example.org,2026:`. */
  readonly id?: string;
  /** Old paths, each with the path or address that it moved to, or `gone`. */
  readonly redirects?: Readonly<Record<string, string>>;
  /** Feeds of chosen articles, by name; the keys are those of `feeds` in `publication.yaml`. Not with a loader. */
  readonly feeds?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The address of the site with the articles' pages, if it is not `url`. */
  readonly site?: string;
  /** `false` leaves out the HTML pages, because that site has its own. Items link to their `url` in any case. */
  readonly pages?: boolean;
  /** How that site addresses the articles that {@link parseSeed} reads: `/posts/:slug/`. */
  readonly permalink?: string;
  /** The site generator whose rules turn names into addresses. */
  readonly generator?: string;
  /** What generated ids are made of. */
  readonly ids?: 'name' | 'address' | 'jekyll-feed';
  /** What programs may do with the articles; the keys are those of `machines` in `publication.yaml`. */
  readonly machines?: Readonly<Record<string, boolean | string>>;
  /** Where articles are in Markdown: those that items have in `markdown`. */
  readonly markdown?: boolean | readonly MarkdownUse[];
  /** Whether there is a sitemap of the last two days, for Google News. */
  readonly news?: boolean;
  /** Whether RSS has what aggregators look for. */
  readonly aggregators?: boolean;
  /** Whether Atom feeds list withdrawn articles for 30 days (RFC 6721). */
  readonly tombstones?: boolean;
  /** Makes the publication a podcast; the keys are those of `podcast` in `publication.yaml`. */
  readonly podcast?: Readonly<Record<string, unknown>>;
}

const known = new WeakMap<object, Site>();

/**
 * Reads the settings of a site, by the rules of `publication.yaml`. A {@link Site} stays as it is. Throws an error that
 * names a wrong setting.
 */
export function readSite(settings: SiteSettings | Site): Site {
  if (typeof settings !== 'object' || settings === null) return wrong('site', 'title and url', settings);
  if ('feedId' in settings) return settings;
  const before = known.get(settings);
  if (before !== undefined) return before;
  for (const key of ['title', 'url'] as const)
    if (settings[key] === undefined)
      return wrong(`site.${key}`, key === 'url' ? 'an absolute address' : 'text', undefined);
  // JSON is YAML. Items have addresses of their own, so a publication without pages needs no rule for them.
  const written = settings.pages === false ? { permalink: '/:slug/', ...settings } : settings;
  const file = { path: 'site', text: JSON.stringify(written) };
  const { site, problems } = parsePublicationFile(file, { title: 'Feed', url: 'https://site.invalid/' });
  const [problem] = problems;
  if (problem !== undefined)
    throw new TypeError(`site${problem.code === 'unknown-key' ? ': ' : '.'}${problem.message}`);
  known.set(settings, site);
  return site;
}
