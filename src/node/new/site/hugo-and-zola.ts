import { omitUndefined } from '../../../article/omit-undefined.ts';
import { unknownPlaceholder } from '../../../article/permalink/parts.ts';
import { addressOf, authorsIn, clean, type FoundSite, languageOf, timezoneOf } from './found-site.ts';
import type { SiteFiles } from './site-files.ts';

const forms = ['toml', 'yaml', 'yml', 'json'];
const settingsFiles = ['hugo', 'config', 'config/_default/hugo', 'config/_default/config'].flatMap((name) =>
  forms.map((form) => `${name}.${form}`),
);

/** Finds a Hugo site. */
export function findHugo(files: SiteFiles): FoundSite | undefined {
  const path = files.first(...settingsFiles);
  if (path === undefined) return undefined;
  const settings = files.settings(path);
  if (isZola(files.text(path))) return undefined;
  const part = (name: string) => files.settings(...forms.map((form) => `config/_default/${name}.${form}`));
  const [params, languages, permalinks] = [part('params'), part('languages'), part('permalinks')];
  const usual = settings.text('defaultContentLanguage') ?? 'en';
  const ofLanguage = (key: string) => settings.text(`languages.${usual}.${key}`) ?? languages.text(`${usual}.${key}`);
  const content = ofLanguage('contentDir') ?? settings.text('contentDir') ?? 'content';
  const [main] = [...params.texts('mainSections'), ...settings.texts('params.mainSections', 'mainSections')];
  const named = main === undefined ? undefined : files.articlesBelow(`${content}/${main}`);
  const articles = named === undefined ? files.articlesBelow(content) : `${content}/${main}`;
  if (articles === undefined) return undefined;
  const section = articles.slice(content.length).replace(/^\//, '');
  const [top = ''] = section.split('/');
  const written =
    settings.text(`permalinks.page.${top}`, `permalinks.${top}`) ?? permalinks.text(`page.${top}`, top) ?? '';
  const notes: string[] = [];
  const isUgly = settings.text('uglyURLs') === 'true';
  const usualPattern = `/${section === '' ? '' : `${section}/`}:path${isUgly ? '.html' : '/'}`;
  const pattern = hugoPattern(written, section);
  const isKnown = pattern !== '' && unknownPlaceholder(pattern) === undefined;
  if (pattern !== '' && !isKnown) notes.push(`Hugo's permalink ${written} can't be computed; check "permalink"`);
  return omitUndefined({
    generator: 'hugo',
    articles,
    permalink: isKnown ? pattern : usualPattern,
    ids: 'address',
    static: files.isFolder('static') ? 'static' : undefined,
    out: clean(settings.text('publishDir') ?? 'public'),
    title: ofLanguage('title') ?? settings.text('title'),
    description: params.text('description') ?? ofLanguage('params.description') ?? settings.text('params.description'),
    url: addressOf(settings.text('baseURL')),
    language: languageOf(
      ofLanguage('locale') ?? ofLanguage('languageCode') ?? settings.text('locale', 'languageCode') ?? usual,
    ),
    timezone: timezoneOf(settings.text('timeZone')),
    authors: authorsIn(params, 'author') ?? authorsIn(settings, 'params.author', 'author'),
    notes,
  });
}

/** Finds a Zola site. */
export function findZola(files: SiteFiles): FoundSite | undefined {
  const path = files.first('config.toml', 'zola.toml');
  const settings = files.settings(...(path === undefined ? [] : [path]));
  const articles = isZola(files.text(path)) ? files.articlesBelow('content') : undefined;
  if (articles === undefined) return undefined;
  const section = articles.slice('content'.length).replace(/^\//, '');
  return omitUndefined({
    generator: 'zola',
    articles,
    permalink: `/${section === '' ? '' : `${section}/`}:path/`,
    ids: 'address',
    static: files.isFolder('static') ? 'static' : undefined,
    out: clean(settings.text('output_dir') ?? 'public'),
    title: settings.text('title'),
    description: settings.text('description'),
    url: addressOf(settings.text('base_url')),
    language: languageOf(settings.text('default_language')),
    authors: authorsIn(settings, 'author', 'extra.author'),
    notes: [],
  });
}

/** Reports whether settings are Zola's, which may have the same name. */
function isZola(settings: string): boolean {
  return /^\s*base_url\s*=/m.test(settings);
}

/** Writes a permalink of Hugo for the articles of a section alone. */
function hugoPattern(written: string, section: string): string {
  const [top = '', ...more] = section.split('/');
  return written
    .replace(/:(?:slugorcontentbasename|slugorfilename)\b/g, ':slugorfilename')
    .replace(/:contentbasename\b/g, ':filename')
    .replace(/:sections\b(?!\[)/g, [top, ...more, ':sections'].join('/'))
    .replace(/:section\b/g, top)
    .replace(/^(?!\/|$)/, '/');
}
