import { languageName } from '../words/language-names.ts';

/** What the publisher says about a slice: a section or a tag. */
export interface DescribedSlice {
  readonly slug: string;
  readonly title?: string;
  /** Plain text. */
  readonly description?: string;
  /** Absolute URL. */
  readonly picture?: string;
}

/** What the publisher says about slices, by kind; sections are in the order of the menu. */
export interface DescribedSlices {
  readonly section?: readonly DescribedSlice[];
  readonly tag?: readonly DescribedSlice[];
  /** What the sections' own pages say where `section` says nothing; they choose no menu. */
  readonly folder?: readonly DescribedSlice[];
}

interface Describing {
  readonly title?: string;
  readonly podcast?: { readonly title?: string };
  readonly described?: DescribedSlices;
}

/** Returns what the publisher says about a slice, if anything. */
export function describedSlice(
  { kind, slug }: { readonly kind: string; readonly slug: string },
  { described }: Describing,
): DescribedSlice | undefined {
  if (kind !== 'section' && kind !== 'tag') return undefined;
  const said = described?.[kind]?.find((one) => one.slug === slug);
  const own = kind === 'section' ? described?.folder?.find((one) => one.slug === slug) : undefined;
  return own === undefined ? said : { ...own, ...said };
}

/**
 * Returns the name of a slice for people: the publisher's title, a language's own name, a section's folder in words
 * (`World news` for `world-news`), or the podcast's name.
 */
export function sliceTitle(
  slice: { readonly kind: string; readonly slug: string; readonly label: string },
  site: Describing,
): string {
  const { kind, label } = slice;
  if (kind === 'podcast') return site.podcast?.title ?? site.title ?? label;
  const { title } = describedSlice(slice, site) ?? {};
  if (title !== undefined) return title;
  if (kind === 'language') return languageName(label);
  return kind === 'section' && folderName.test(label) ? inWords(label) : label;
}

/** A name that nobody would write in a text. */
const folderName = /^[\p{Ll}\p{N}]+(?:[-_][\p{Ll}\p{N}]+)*$/u;

function inWords(folder: string): string {
  const [first = '', ...rest] = folder.replace(/[-_]/g, ' ');
  return first.toUpperCase() + rest.join('');
}
