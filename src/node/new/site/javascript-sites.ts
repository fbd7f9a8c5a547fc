import type { Author } from '../../../article/author.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { eleventyPattern } from '../../../article/permalink/permalink.ts';
import { canonicalUrl, isMailAddress } from '../../../article/web-address.ts';
import { addressOf, clean, type FoundSite, languageOf } from './found-site.ts';
import { literal, objectsOf, property, type SiteFiles } from './site-files.ts';

/** The settings of these generators are programs, which are not run: only quoted texts in them are read. */
const scripts = (name: string): string[] => ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((end) => `${name}.${end}`);

/** Finds an Eleventy site. */
export function findEleventy(files: SiteFiles): FoundSite | undefined {
  const path = files.first('.eleventy.js', ...scripts('eleventy.config'));
  if (path === undefined && !files.hasPackage('@11ty/eleventy')) return undefined;
  const source = files.text(path);
  const set = /setInputDirectory\(\s*["']([^"']+)/.exec(source)?.[1];
  const input = clean(set ?? literal(source, 'input') ?? '.');
  const articles = files.articlesBelow(input) ?? files.articlesBelow('.');
  if (articles === undefined) return undefined;
  const inside = input === '.' ? articles : articles.slice(input.length + 1);
  const name = articles.split('/').at(-1) ?? '';
  const data = ['json', '11tydata.json', '11tydata.js', '11tydata.cjs', '11tydata.mjs'].map(
    (end) => `${articles}/${name}.${end}`,
  );
  const written = files.text(files.first(...data.filter((one) => literal(files.text(one), 'permalink') !== undefined)));
  const template = literal(written, 'permalink');
  const pattern = template === undefined ? undefined : eleventyPattern(template);
  const permalink = pattern ?? `/${inside === '' ? '' : `${inside}/`}:path/`;
  const hasProgram = data.some((one) => /permalink/.test(files.text(one))) && pattern === undefined;
  const folders = [literal(source, 'data') ?? '_data', '_data', '../_data'].map((folder) =>
    clean(`${input}/${folder}`),
  );
  const facts = [...new Set(folders)]
    .flatMap((folder) =>
      ['metadata', 'site', 'meta'].flatMap((file) => [...scripts(`${folder}/${file}`), `${folder}/${file}.json`]),
    )
    .map((file) => files.text(file))
    .join('\n');
  // Name and address of the author are not those of the site.
  const [author = ''] = objectsOf(facts, 'author');
  const ownFacts = author === '' ? facts : facts.replace(author, '');
  const found = {
    title: literal(ownFacts, 'title', 'name'),
    url: addressOf(literal(ownFacts, 'url', 'baseUrl', 'siteUrl')),
    authors: authorIn(facts, author),
  };
  const missing = Object.entries(found).flatMap(([key, value]) => (value === undefined ? [`"${key}"`] : []));
  return omitUndefined({
    generator: 'eleventy',
    articles,
    permalink: permalink.replace(/^(?!\/)/, '/'),
    ids: 'address',
    static: files.isFolder('public') ? 'public' : input,
    out: clean(literal(source, 'output') ?? '_site'),
    ...found,
    description: literal(ownFacts, 'description'),
    language: languageOf(literal(ownFacts, 'language', 'lang')),
    notes: [
      ...(hasProgram ? ['the permalink of the articles is a program, which is not run; check "permalink"'] : []),
      ...(missing.length === 0
        ? []
        : [
            `${missing.join(', ')} not found as quoted text in _data; write ${missing.length === 1 ? 'it' : 'them'} into publication.yaml`,
          ]),
    ],
  });
}

/** Reads an author who is a name, or an object with `name`, `email` and `url`, whose source is given. */
function authorIn(facts: string, source: string): readonly Author[] | undefined {
  const name = source === '' ? literal(facts, 'author') : literal(source, 'name');
  if (name === undefined) return undefined;
  const email = literal(source, 'email');
  const isMail = email !== undefined && isMailAddress(email);
  return [omitUndefined({ name, email: isMail ? email : undefined, url: canonicalUrl(literal(source, 'url') ?? '') })];
}

/** Finds an Astro site. */
export function findAstro(files: SiteFiles): FoundSite | undefined {
  const path = files.first(...scripts('astro.config'));
  if (path === undefined) return undefined;
  const source = files.text(path);
  const root = ['src/content', 'src/data', 'content', 'src/pages'].find(
    (one) => files.articlesBelow(one) !== undefined,
  );
  const articles = root && files.articlesBelow(root);
  if (root === undefined || articles === undefined) return undefined;
  const collection = articles.split('/').at(-1) ?? '';
  const isPages = root === 'src/pages';
  const routes = files.list('src/pages').filter((page) => /\[(?:\.\.\.)?\w+\][^/]*(?:\/index)?\.astro$/.test(page));
  const shown = new RegExp(`getCollection\\(\\s*["'\`]${collection}["'\`]`);
  const route =
    routes.find((page) => shown.test(files.text(`src/pages/${page}`))) ??
    routes.find((page) => page.startsWith(`${collection}/[`));
  const folder = isPages ? articles.slice(root.length + 1) : (route?.replace(/\/?\[[\s\S]*$/, '') ?? collection);
  const consts = [
    'src/consts.ts',
    'src/config.ts',
    'src/site.config.ts',
    'src/site-config.ts',
    'src/consts.js',
    'src/config.js',
  ]
    .map((one) => files.text(one))
    .join('\n');
  const end = literal(source, 'trailingSlash') === 'never' ? '' : '/';
  return omitUndefined({
    generator: 'astro',
    articles,
    permalink: `/${folder === '' ? '' : `${folder}/`}:path${end}`,
    ids: 'address',
    static: 'public',
    out: clean(literal(source, 'outDir') ?? 'dist'),
    title: literal(consts, 'SITE_TITLE', 'title'),
    description: literal(consts, 'SITE_DESCRIPTION', 'description', 'desc'),
    url: addressOf(literal(source, 'site') ?? literal(consts, 'SITE_URL', 'website', 'site'), literal(source, 'base')),
    language: languageOf(literal(source, 'defaultLocale') ?? literal(consts, 'lang')),
    authors: literal(consts, 'author') === undefined ? undefined : [{ name: literal(consts, 'author') ?? '' }],
    notes:
      isPages || route !== undefined
        ? []
        : [`no page in src/pages shows the collection ${collection}; check "permalink"`],
  });
}

/** Finds a Docusaurus site. */
export function findDocusaurus(files: SiteFiles): FoundSite | undefined {
  const path = files.first(...scripts('docusaurus.config'));
  if (path === undefined) return undefined;
  const source = files.text(path);
  const [blog = ''] = objectsOf(source, 'blog');
  const articles = clean(literal(blog, 'path') ?? 'blog');
  if (!files.isFolder(articles)) return undefined;
  const base = clean(literal(blog, 'routeBasePath') ?? 'blog').replace(/^\/+|^\.$/, '');
  const end = /trailingSlash\s*:\s*true/.test(source) ? '/' : '';
  return omitUndefined({
    generator: 'docusaurus',
    articles,
    permalink: `/${base === '' ? '' : `${base}/`}:path${end}`,
    ids: 'address',
    static: 'static',
    out: 'build',
    title: literal(source, 'title'),
    description: literal(source, 'tagline'),
    url: addressOf(property(source, 'url'), property(source, 'baseUrl')),
    language: languageOf(literal(source, 'defaultLocale')),
    notes: [],
  });
}

/** Finds a site with Nuxt Content. */
export function findNuxt(files: SiteFiles): FoundSite | undefined {
  const path = files.first(...scripts('nuxt.config'));
  const articles = path === undefined ? undefined : files.articlesBelow('content');
  if (articles === undefined) return undefined;
  const source = files.text(path);
  const folder = articles.slice('content'.length).replace(/^\/(?:\d+\.)?/, '');
  // There may be another one for development, with a local address.
  const sites = objectsOf(source, 'site');
  const site = sites.join('\n');
  const base = literal(objectsOf(source, 'app').join('\n'), 'baseURL');
  return omitUndefined({
    generator: 'nuxt',
    articles,
    permalink: `/${folder === '' ? '' : `${folder}/`}:path`,
    ids: 'address',
    static: 'public',
    out: '.output/public',
    title: literal(site, 'name') ?? literal(source, 'title') ?? literal(source, 'siteName'),
    description: literal(site, 'description') ?? literal(source, 'description'),
    url: [...sites, source]
      .map((one) => addressOf(literal(one, 'url', 'siteUrl'), base))
      .find((one) => one !== undefined),
    language: languageOf(literal(source, 'defaultLocale', 'lang')),
    notes: [],
  });
}
