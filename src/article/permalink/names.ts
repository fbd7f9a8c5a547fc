/** A site generator whose addresses Dateline can compute. */
export type Generator = 'hugo' | 'jekyll' | 'eleventy' | 'astro' | 'zola' | 'docusaurus' | 'hexo' | 'nuxt';

/** How a generator makes addresses of files and front matter. */
export interface Naming {
  /** Makes a segment of a path from the name of a file or folder, or from a slug. */
  readonly segment: (name: string) => string;
  /** Whether the address leaves out the date at the beginning of a file's name. */
  readonly dropsDate: boolean;
  /** The key of front matter that states the whole address. */
  readonly whole?: 'url' | 'permalink' | 'path';
  /** Whether a slug in front matter replaces the folders, too, and stays as it is. */
  readonly slugIsPath?: true;
  /** Whether articles in another language than the site's are below a folder of its name. */
  readonly hasLanguageFolders?: true;
  /** Whether `slug` in front matter is ignored. */
  readonly ignoresSlug?: true;
}

export const namings: Readonly<Record<Generator, Naming>> = {
  hugo: { segment: hugoName, dropsDate: false, whole: 'url', hasLanguageFolders: true },
  jekyll: { segment: jekyllName, dropsDate: true, whole: 'permalink' },
  eleventy: { segment: asWritten, dropsDate: true, whole: 'permalink', ignoresSlug: true },
  astro: { segment: githubName, dropsDate: false, slugIsPath: true },
  zola: { segment: asciiName, dropsDate: true, whole: 'path', hasLanguageFolders: true },
  docusaurus: { segment: asWritten, dropsDate: false, slugIsPath: true },
  hexo: { segment: asWritten, dropsDate: false, whole: 'permalink', ignoresSlug: true },
  nuxt: { segment: nuxtName, dropsDate: false, whole: 'path' },
};

export const generators = Object.keys(namings) as readonly Generator[];

function asWritten(name: string): string {
  return name;
}

/** Hugo's `urlize`: removes signs, and replaces white space without a hyphen by one. */
export function hugoName(name: string): string {
  return name
    .replace(/[^\p{L}\p{M}\p{N}\s._#+~@/-]/gu, '')
    .trim()
    .replace(/\s*-\s*/g, '-')
    .replace(/\s+/g, '-')
    .toLowerCase();
}

/** Jekyll's mode "pretty" of `slugify`, with letter case kept. */
function jekyllName(name: string): string {
  return name.replace(/[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu, '-').replace(/^-|-$/g, '');
}

/** Jekyll's default mode of `slugify`. */
export function jekyllSlug(name: string): string {
  return name
    .replace(/[^\p{M}\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}

/** GitHub's anchors, with which Astro makes the ids of a collection. */
function githubName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-');
}

/** Eleventy's filter `slugify`: like {@link asciiName}, with signs and umlauts spelled out. */
export function spelledName(name: string): string {
  return asciiName(name.replace(/[äöüÄÖÜ&]/g, (letter) => spelled[letter] ?? letter));
}

const spelled: Readonly<Record<string, string>> = {
  ...{ ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'ae', Ö: 'oe', Ü: 'ue', '&': ' and ' },
};

/** Hexo's `slugize`. */
export function hexoName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** ASCII letters, digits and single hyphens; letters with accents lose them. */
export function asciiName(name: string): string {
  return withoutAccents(name)
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/**
 * Nuxt Content orders files by a number before their names, which is not in the address. A version such as `1.2` stays.
 */
function nuxtName(name: string): string {
  if (/^\d+(?:\.\d+)*(?:\.x)?$/.test(name)) return name;
  return withoutAccents(name.replace(/^\d+\.(?=.)/, '').replaceAll('&', 'and'))
    .replace(/[^\w\s$*_+~.()'"!\-:@]+/g, '')
    .trim()
    .replace(/[\s-]+/g, '-')
    .toLowerCase();
}

function withoutAccents(name: string): string {
  return name
    .replace(/[ßæœøđłÆŒØĐŁ]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
}

const letters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l' },
  ...{ Æ: 'AE', Œ: 'OE', Ø: 'O', Đ: 'D', Ł: 'L' },
};
