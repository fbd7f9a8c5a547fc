import type { FoundSite } from './found-site.ts';
import { findHugo, findZola } from './hugo-and-zola.ts';
import { findAstro, findDocusaurus, findEleventy, findNuxt } from './javascript-sites.ts';
import { findHexo, findJekyll } from './jekyll-and-hexo.ts';
import { SiteFiles } from './site-files.ts';

/** The generators, the surest signs first: Hugo's and Zola's settings may have the same name. */
const finders = [findHexo, findJekyll, findDocusaurus, findAstro, findNuxt, findEleventy, findHugo, findZola];

/** Settings that only a generator has. */
const marks = [
  ...['_config.yml', '.eleventy.js', 'zola.toml'],
  ...['hugo.toml', 'hugo.yaml', 'hugo.yml', 'hugo.json'],
  ...['eleventy', 'astro', 'docusaurus', 'nuxt'].flatMap((name) =>
    ['js', 'mjs', 'cjs', 'ts'].map((end) => `${name}.config.${end}`),
  ),
];

/**
 * Finds the site whose root is a folder. Throws if there is one without articles that can be found: the first article
 * of a new publication has no place there.
 */
export function findSite(dir: string): FoundSite | undefined {
  const files = new SiteFiles(dir);
  for (const find of finders) {
    const found = find(files);
    if (found !== undefined) return found;
  }
  const mark = files.first(...marks);
  if (mark === undefined) return undefined;
  throw new Error(
    `${mark} belongs to a site, but no folder of dated articles was found in it; name the folder in publication.yaml as "articles" (docs/beside-a-site.md), or run this for a folder of its own: dateline init news`,
  );
}
