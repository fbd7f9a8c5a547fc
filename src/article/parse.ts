import type { ArticleHead, ArticleSource, Instant } from './article.ts';
import { plainText, renderContent } from './content.ts';
import { type Dateline, readDateline } from './dateline.ts';
import { findOriginalUrls } from './original-url.ts';
import { oneLine } from './plain-text.ts';
import { type Problem, type ProblemCode, quote } from './problem.ts';
import { type Block, splitBlocks, unifyLines } from './seed-text.ts';
import { seedName, slugOf } from './slug.ts';

/** A text file with one article. */
export interface Seed {
  /** Path inside the publication's folder, with `/`; its last part names the article's page. */
  readonly path: string;
  readonly text: string;
}

/** What an article takes from its publication. */
export interface ParseOptions {
  /** IANA name of the zone in which a date without one is read. */
  readonly timezone: string;
  /** Gives the absolute URL of the page that this site has for an article. */
  readonly articleUrl: (slug: string) => string;
  /** Gives the id of an article that names no original URL: a `tag:` URI (RFC 4151). */
  readonly mintId: (slug: string) => string;
}

export interface ParsedSeed {
  /** Absent when a problem is an error. */
  readonly source?: ArticleSource;
  readonly problems: readonly Problem[];
}

/**
 * Reads a seed: headline, dateline, body and original URL, in the order in which people write them.
 *
 * Finds every problem of the file, not only the first. The body is rendered when {@link ArticleSource.article} is
 * called.
 */
export function parseSeed(seed: Seed, options: ParseOptions): ParsedSeed {
  const text = unifyLines(seed.text);
  const blocks = splitBlocks(text);
  const problems: Problem[] = [];
  const report = (severity: Problem['severity'], code: ProblemCode, at: Place, message: string): void => {
    problems.push({ file: seed.path, line: at.line, column: at.column ?? 1, severity, code, message });
  };

  const headline = blocks.find(({ kind, text }) => kind === 'heading' && text !== '');
  const title = oneLine(plainText(headline?.text ?? ''));
  if (title === '') {
    report(
      'error',
      'no-headline',
      headline ?? { line: 1 },
      'expected a headline; begin the file with "# " and the headline',
    );
  }
  const dates = takeDates(blocks, headline, options.timezone, report);
  const original = takeOriginalUrl(blocks, report);
  if (problems.some(({ severity }) => severity === 'error') || dates === undefined) return { problems };

  const slug = slugOf(seedName(seed.path));
  const head: ArticleHead = {
    id: original.url ?? options.mintId(slug),
    slug,
    permalink: original.url ?? options.articleUrl(slug),
    title,
    ...dates.moments,
    authors: [],
    tags: [],
  };
  const taken = [...dates.blocks, ...original.blocks, ...(headline === undefined ? [] : [headline])];
  const article = () => ({ ...head, ...renderContent(without(text, taken), head.permalink), enclosures: [] });
  return { source: { head, article }, problems };
}

interface Place {
  readonly line: number;
  readonly column?: number;
}
type Report = (severity: Problem['severity'], code: ProblemCode, at: Place, message: string) => void;

interface Dates {
  readonly moments: { readonly published: Instant; readonly updated: Instant };
  readonly blocks: readonly Block[];
}

/** Finds the first paragraph that is a date, after the headline or else before it, and one for the update after it. */
function takeDates(
  blocks: readonly Block[],
  headline: Block | undefined,
  timezone: string,
  report: Report,
): Dates | undefined {
  const start = headline === undefined ? 0 : blocks.indexOf(headline) + 1;
  const order = [...blocks.slice(start), ...blocks.slice(0, start)];
  for (const block of order) {
    const found = datelineOf(block, timezone, block === blocks[start]);
    if (found === undefined) continue;
    const taken = [found.block];
    const next = blocks[blocks.indexOf(block) + 1];
    const follow =
      next === undefined || found.block !== block ? undefined : datelineOf(next, timezone, false);
    let dateline = found.dateline;
    if (
      follow !== undefined &&
      /^\W*(?:last )?(?:updated|modified|edited|revised)/i.test(follow.block.text)
    ) {
      taken.push(follow.block);
      dateline = { ...follow.dateline, ...dateline, faults: [...dateline.faults, ...follow.dateline.faults] };
    }
    return settle(dateline, taken, report);
  }
  const suspect = order[0];
  if (suspect?.kind === 'paragraph' && suspect.text.length <= 40) {
    report(
      'error',
      'bad-date',
      suspect,
      `expected a date, got ${quote(suspect.text)}; write it like 2025-02-25 or February 25, 2025`,
    );
  } else {
    report(
      'error',
      'no-date',
      headline ?? { line: 1 },
      'expected a date in a paragraph of its own under the headline, like February 25, 2025',
    );
  }
  return undefined;
}

/** A dateline is a paragraph of its own; right under the headline it may be a paragraph's first line. */
function datelineOf(
  block: Block,
  timezone: string,
  leads: boolean,
): { dateline: Dateline; block: Block } | undefined {
  if (block.kind !== 'paragraph') return undefined;
  const whole = readDateline(block.text, timezone);
  if (whole !== undefined) return { dateline: whole, block };
  const firstLine = /^.*/.exec(block.text)?.[0] ?? '';
  if (!leads || firstLine.length === block.text.length) return undefined;
  const dateline = readDateline(firstLine, timezone);
  if (dateline === undefined) return undefined;
  return { dateline, block: { ...block, text: firstLine, end: block.start + firstLine.length } };
}

function settle(dateline: Dateline, blocks: readonly Block[], report: Report): Dates | undefined {
  const [block] = blocks;
  const at: Place = block ?? { line: 1 };
  for (const { part, reading } of dateline.faults) {
    if (reading.kind === 'bad') {
      report(
        'error',
        reading.ambiguous ? 'ambiguous-date' : 'bad-date',
        at,
        `expected a date, got ${quote(part)}: ${reading.reason}`,
      );
    } else {
      report('warning', 'wrong-weekday', at, `${quote(part)} is no ${reading.wrongWeekday}; the date counts`);
    }
  }
  const published = dateline.published ?? dateline.updated;
  if (published === undefined) return undefined;
  const { updated = published } = dateline;
  if (updated < published) {
    report(
      'warning',
      'updated-before-published',
      at,
      `updated ${updated} lies before published ${published} and is ignored`,
    );
  }
  return { moments: { published, updated: [published, updated].toSorted()[1] ?? published }, blocks };
}

function takeOriginalUrl(
  blocks: readonly Block[],
  report: Report,
): { url?: string; blocks: readonly Block[] } {
  const found = findOriginalUrls(blocks);
  for (const { url, blocks } of found) {
    if (typeof url === 'string') continue;
    report(
      'error',
      'bad-original-url',
      blocks[0] ?? { line: 1 },
      `expected an address that begins with https:// after the label, got ${quote(url.bad)}`,
    );
  }
  const last = found.at(-1);
  const addresses = new Set(found.map(({ url }) => url));
  if (last !== undefined && addresses.size > 1 && found.every(({ url }) => typeof url === 'string')) {
    report(
      'warning',
      'two-original-urls',
      last.blocks[0] ?? { line: 1 },
      'a second original URL; this one counts',
    );
  }
  if (last === undefined || typeof last.url !== 'string') return { blocks: [] };
  return { url: last.url, blocks: found.flatMap(({ blocks }) => blocks) };
}

function without(text: string, blocks: readonly Block[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of blocks.toSorted((a, b) => a.start - b.start)) {
    rest += text.slice(from, start);
    from = end;
  }
  return rest + text.slice(from);
}
