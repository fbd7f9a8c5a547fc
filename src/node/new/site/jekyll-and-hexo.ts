import { itemsOf } from '../../../article/front-matter/syntax/value.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { unknownPlaceholder } from '../../../article/permalink/parts.ts';
import { addressOf, authorsIn, clean, type FoundSite, languageOf, timezoneOf } from './found-site.ts';
import { Settings, type SiteFiles } from './site-files.ts';

/** Jekyll's styles of permalinks. */
const styles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title.html',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title.html',
  none: '/:categories/:title.html',
};

/** Finds a Jekyll site. */
export function findJekyll(files: SiteFiles): FoundSite | undefined {
  const path = files.first('_config.yml', '_config.yaml', '_config.toml');
  if ((path === undefined && !/jekyll|github-pages/.test(files.text('Gemfile'))) || files.hasPackage('hexo'))
    return undefined;
  const settings = files.settings(...(path === undefined ? [] : [path]));
  const source = settings.text('source') ?? '.';
  const folder = [settings.text('collections_dir') ?? source, '_posts'].join('/').replace(/^(?:\.\/)+/, '');
  if (!files.isFolder(folder)) return undefined;
  const written = settings.text('collections.posts.permalink') ?? defaultOf(settings) ?? settings.text('permalink');
  const pattern = (styles[written ?? 'date'] ?? written ?? '').replace(/^(?!\/)/, '/');
  const isKnown = unknownPlaceholder(pattern) === undefined;
  const notes = isKnown ? [] : [`Jekyll's permalink ${written} can't be computed; check "permalink"`];
  notes.push(
    'Jekyll copies what it does not know: add publication.yaml and wrangler.toml to "exclude" in its settings',
  );
  if (settings.text('url') === undefined && files.first('CNAME') === undefined)
    notes.push(`the address of the site is not in ${path ?? 'any settings'}; set "url" in publication.yaml`);
  const host = files.text('CNAME').trim();
  return omitUndefined({
    generator: 'jekyll',
    articles: folder,
    permalink: isKnown ? pattern : (styles.date ?? ''),
    ids:
      /jekyll-feed|github-pages|minima/.test(files.text(path) + files.text('Gemfile')) && !hasOwnFeed(files)
        ? 'jekyll-feed'
        : 'address',
    static: source,
    out: clean(settings.text('destination') ?? '_site'),
    title: settings.text('title', 'name'),
    description: settings.text('description', 'tagline'),
    url: addressOf(settings.text('url') ?? (host === '' ? undefined : `https://${host}`), settings.text('baseurl')),
    language: languageOf(settings.text('lang', 'locale', 'language')),
    timezone: timezoneOf(settings.text('timezone')),
    authors: authorsIn(settings, 'author'),
    notes,
  });
}

/** Returns the permalink of posts in `defaults`. */
function defaultOf(settings: Settings): string | undefined {
  const defaults = settings.value('defaults');
  const scopes = (defaults === undefined ? [] : itemsOf(defaults)).flatMap((item) =>
    item.kind === 'table' ? new Settings([item]) : [],
  );
  return scopes
    .filter((scope) => ['posts', undefined].includes(scope.text('scope.type')))
    .map((scope) => scope.text('values.permalink'))
    .findLast((permalink) => permalink !== undefined);
}

/** Reports whether the site writes its feed by a template of its own, whose ids are usually addresses. */
function hasOwnFeed(files: SiteFiles): boolean {
  return files.first('feed.xml', 'atom.xml', 'rss.xml', 'index.xml') !== undefined;
}

/** Finds a Hexo site. */
export function findHexo(files: SiteFiles): FoundSite | undefined {
  const path = files.first('_config.yml', '_config.yaml');
  if (path === undefined || !files.hasPackage('hexo')) return undefined;
  const settings = files.settings(path);
  const source = settings.text('source_dir') ?? 'source';
  const written = settings.text('permalink') ?? ':year/:month/:day/:title/';
  // The date at the beginning of such names is no part of the title.
  const isDated = /:year-:month-:day-:title/.test(settings.text('new_post_name') ?? '');
  const pattern = (isDated ? written.replace(/:title\b/, ':filename') : written).replace(/^(?!\/)/, '/');
  const isKnown = unknownPlaceholder(pattern) === undefined;
  return omitUndefined({
    generator: 'hexo',
    articles: `${source}/_posts`,
    permalink: isKnown ? pattern : '/:year/:month/:day/:title/',
    ids: 'address',
    static: source,
    out: clean(settings.text('public_dir') ?? 'public'),
    title: settings.text('title'),
    description: settings.text('description', 'subtitle'),
    url: addressOf(settings.text('url')),
    language: languageOf(settings.texts('language')[0]),
    timezone: timezoneOf(settings.text('timezone')),
    authors: authorsIn(settings, 'author'),
    notes: isKnown ? [] : [`Hexo's permalink ${written} can't be computed; check "permalink"`],
  });
}
