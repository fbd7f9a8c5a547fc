import { headOf, writtenId } from './article-head.ts';
import { renderContent } from './body/content.ts';
import { edited, sourceOffsets } from './edit.ts';
import { readBelowFrontMatter } from './front-matter/below-front-matter.ts';
import { readFrontMatter } from './front-matter/front-matter.ts';
import { readFiles } from './front-matter/media.ts';
import { readMetadata } from './front-matter/metadata.ts';
import { writtenFiles } from './front-matter/written-files.ts';
import type { ParsedArticle, ParsedSeed, ParseOptions } from './parse.ts';
import { placesIn } from './place.ts';
import { cutOut } from './plain-text.ts';
import type { Problem, Report } from './problem.ts';
import { readSeedFormat } from './seed/seed-format.ts';
import { datingOf, isSectionPage, otherSlug } from './seed/seed-path.ts';
import { Blocks } from './seed/seed-text.ts';
import { findShortcodes } from './shortcodes/shortcodes.ts';
import { seedName, slugOf } from './slug.ts';

/** Reads a seed of any kind, of which the text is clean. */
export function parseText(path: string, text: string, options: ParseOptions): ParsedSeed {
  const problems: Problem[] = [];
  const placeOf = placesIn(text);
  const report: Report = (severity, code, offset, message) => {
    problems.push({ file: path, ...placeOf(offset), severity, code, message });
  };
  let isIdWritten = false;
  const result = (source?: (slug: string) => ParsedArticle, slug = ''): ParsedSeed => {
    const inOrder = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
    if (source === undefined || problems.some(({ severity }) => severity === 'error'))
      return { problems: inOrder };
    const other = front === undefined ? undefined : otherSlug(slug, path);
    const elsewhere = other === undefined ? {} : { elsewhere: source(other) };
    return { source: source(slug), ...elsewhere, isIdWritten, problems: inOrder };
  };

  const front = readFrontMatter(text, report);
  if (front === 'broken') return result();
  if (front !== undefined && isSectionPage(path)) return { problems: [] };
  const { timezone } = options;
  const said = front === undefined ? undefined : readMetadata(front.table, datingOf(path, timezone), report);
  if (said?.isDraft) return { problems: [] };
  const body = { text, path, blocks: new Blocks(text, front?.body) };
  const read =
    said === undefined
      ? readSeedFormat(body, timezone, report)
      : readBelowFrontMatter(body, said, timezone, report);
  if (read === undefined) return result();

  const slug = said?.slug === undefined ? slugOf(seedName(path)) : cutOut(slugOf(said.slug));
  const id = writtenId(said?.id, read, report);
  isIdWritten = (id ?? said?.id) !== undefined;
  const permalink = read.url ?? options.articleUrl(slug);
  const files = readFiles(front?.table, { permalink, findFile: options.findFile }, report);
  const taken = read.taken.map(({ start, end }) => ({ start, end, text: '' }));
  const shortcodes = front === undefined ? [] : findShortcodes(text, front.body, path, report);
  const edits = [...taken, ...shortcodes];
  const bodyText = () => edited(text, front?.body ?? 0, edits);
  const written = () => {
    const offsets = sourceOffsets(text, front?.body ?? 0, edits);
    return {
      body: bodyText(),
      bodyPlace: (offset: number) => placeOf(offsets(offset)),
      titlePlace: placeOf(read.titleAt ?? 0),
      datePlace: placeOf(read.publishedAt ?? 0),
      hasSummary: said?.summary !== undefined,
      files: front === undefined ? [] : writtenFiles(front.table, placeOf),
    };
  };
  return result((slug) => {
    const head = headOf(slug, id, read, said, path, options);
    const contentOptions = { ...head, findFile: options.findFile };
    const summary = said?.summary === undefined ? {} : { summary: said.summary };
    const article = () => ({ ...head, ...renderContent(bodyText(), contentOptions), ...summary, ...files });
    return { head, article, written };
  }, slug);
}
