import type { ArticleHead, Author } from './article.ts';
import type { Metadata } from './front-matter/metadata.ts';
import type { ParseOptions } from './parse.ts';
import type { PlainFacts } from './plain-seed.ts';
import { cutOut } from './plain-text.ts';
import type { Report } from './problem.ts';
import type { SeedFacts } from './seed/seed-format.ts';
import { isAbsoluteIri, mintedPart, reportTwoIds } from './seed/seed-id.ts';
import { languageInPath, sectionInPath } from './seed/seed-path.ts';

/** What of a text stands in a head, whether it is said in front matter or not. */
export type FactsOfHead = Omit<PlainFacts, 'bodyAt'> & Pick<SeedFacts, 'url'>;
/** What of front matter stands in a head. */
export type SaidOfHead = Partial<Pick<Metadata, 'authors' | 'tags' | 'extent' | 'language' | 'id'>>;

const none: readonly never[] = [];
const nothingSaid: SaidOfHead = {};

/** Makes the head of the article at a path of what is known of it; it has no part of the text. */
export function headOf(
  slug: string,
  id: string | undefined,
  { title, published, updated, url }: FactsOfHead,
  said: SaidOfHead | undefined,
  path: string,
  options: ParseOptions,
): ArticleHead {
  const { authors = none, tags = none, extent } = said ?? nothingSaid;
  const section = sectionInPath(path);
  const language = said?.language ?? (said === undefined ? undefined : languageInPath(path));
  const plainId = id === undefined ? said?.id : undefined;
  return {
    id: id === undefined ? options.mintId(plainId === undefined ? slug : mintedPart(plainId)) : cutOut(id),
    ...(plainId === undefined ? {} : { plainId: cutOut(plainId) }),
    slug,
    permalink: url === undefined ? options.articleUrl(slug) : cutOut(url),
    title: cutOut(title),
    published,
    updated,
    authors: authors.length === 0 ? authors : authors.map(cutOutAuthor),
    tags: tags.length === 0 ? tags : tags.map(cutOut),
    ...(section === undefined ? {} : { section }),
    ...(language === undefined ? {} : { language }),
    ...(extent === undefined ? {} : { extent }),
  };
}

function cutOutAuthor({ name, email, url }: Author): Author {
  return {
    name: cutOut(name),
    ...(email === undefined ? {} : { email: cutOut(email) }),
    ...(url === undefined ? {} : { url: cutOut(url) }),
  };
}

/**
 * The IRI that stands in the file: in front matter or behind "Id:", else the original URL. Any other `id` of front matter
 * counts before the original URL, but after an "Id:".
 */
export function writtenId(
  inFront: string | undefined,
  { written, url }: SeedFacts,
  report: Report,
): string | undefined {
  const iri = inFront !== undefined && isAbsoluteIri(inFront) ? inFront : undefined;
  if (iri !== undefined && written.id !== undefined && iri !== written.id)
    reportTwoIds(iri, written.id, written.at, report);
  return iri ?? written.id ?? (inFront === undefined ? url : undefined);
}
