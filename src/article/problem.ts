import { withoutPasswords } from './web-address.ts';

/** Something wrong in a file, and where. */
export interface Problem {
  /** The path of the file, as shown to the user. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  readonly severity: 'error' | 'warning';
  /** What was expected, what was found and what to do. */
  readonly message: string;
  readonly code: ProblemCode;
  /** The other of two conflicting files, which the message names. Fixing either file solves the problem. */
  readonly other?: string;
}

/** All problem codes with their meanings. */
export const problemCodes = {
  'not-utf8': 'The file is not UTF-8 text.',
  'no-headline': 'The article has no heading to be its headline; below front matter, the file name takes its place.',
  'no-date': 'The article has no paragraph that is a date.',
  'bad-date': 'The text in the place of a date is not a valid date.',
  'ambiguous-date': 'The date can be read as two different days.',
  'wrong-weekday': 'The weekday does not match the date.',
  'updated-before-published': 'The article was updated before it was published.',
  'bad-original-url': 'The original URL is not an absolute http or https address.',
  'two-original-urls': 'The article states more than one original URL.',
  'missed-original-url': 'A line looks like an original URL but is not read as one.',
  'bad-id': 'The text after "Id:" is not an absolute IRI.',
  'two-ids': 'The article states two different ids.',
  'unfixed-id': 'The id comes from the file name and is not written in the file.',
  'changed-id': 'The article is published under another id.',
  'vanished-id': 'A published article is missing, its date is in the future, or it has expired.',
  'duplicated-id': 'One article is published under two ids, or would be.',
  page: 'The file has front matter but no date, so it is a page and not an article.',
  private: 'A key of front matter marks the article as private.',
  shortcode: "A framework's own shortcode or component is left out or shown as text.",
  'duplicate-id': 'Two articles have the same id.',
  'duplicate-slug': 'Two articles have the same file name, so the same address.',
  'tied-name': 'Two articles with the same date have the same file name, and nothing says which was the first.',
  'duplicate-url': 'Two articles state the same original URL.',
  'near-duplicate': 'Two articles have nearly the same text.',
  'future-date': 'The date is in the future.',
  expired: 'The article has expired, so it is withdrawn.',
  'expires-before-published': 'The article expires before it is published, so it never appears.',
  'long-headline': 'The headline is longer than readers show.',
  'missing-summary': 'The article has no text for a summary.',
  placeholder: 'The article still has the placeholder text of a new one.',
  'missing-alt': 'A picture has no alternative text.',
  'empty-link': 'A link leads nowhere.',
  'missing-anchor': 'A link leads to an anchor that the article does not have.',
  'markdown-link': 'A link leads to a Markdown file, which no site serves.',
  'dead-link': 'A link leads to a page that this site does not have.',
  'missing-file': 'A picture or another file is missing.',
  'unclosed-html': 'A comment or another piece of HTML is opened and never closed.',
  'unserved-file': "A file for the site's root cannot be served there.",
  'enclosure-address': 'Directories or apps refuse the address of a recording.',
  'enclosure-length': 'The length of a recording is unknown.',
  'enclosure-type': 'Apple Podcasts would not play a recording.',
  'shared-enclosure': 'Two episodes have the same recording.',
  'episode-number': 'The number of an episode is missing, or two episodes have the same.',
  'podcast-artwork': 'Directories refuse the artwork of the podcast or of an episode.',
  'large-picture': 'Pages show a large picture whole, because nothing makes smaller versions.',
  'large-feed': 'A feed is larger than some services accept.',
  'long-name': 'The file name is too long for an address.',
  'bad-front-matter': 'The front matter is not YAML, TOML or JSON, is never closed, or has a duplicate key.',
  'bad-yaml': 'The publication file is not valid YAML.',
  'unknown-key': 'The publication file has an unknown key.',
  'unknown-placeholder': 'A file of the theme has an unknown placeholder.',
  withheld: 'A file that may hold articles back cannot be understood.',
  'unknown-author': 'The key of an author has no entry in the data file of authors.',
  'wrong-value': 'A key of the publication file or of front matter has an invalid value.',
  'no-id': 'The publication file has no prefix for ids.',
  'not-accepted': 'A service named by --for refuses a feed or an article, or advises against something in it.',
  'podcast-incomplete': 'The publication lacks what podcast directories require.',
  'no-url': 'The publication file has no public address.',
  'shared-slice': 'Different spellings of a tag, author or top folder share one feed.',
  'unused-label': 'A feed in the publication file names a tag, author, language or top folder that no article has.',
  'repeated-translation': 'Two articles have the same translation key in the same language.',
  'unknown-language': 'A language tag names no known language.',
  'unread-file': 'Files in formats that are not read are not published.',
  unreadable: 'The file, folder or feed cannot be read, or the file cannot be written.',
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** Records a problem in a text, at an offset in UTF-16 code units. */
export type Report = (severity: Problem['severity'], code: ProblemCode, offset: number, message: string) => void;

/** Formats a problem as compilers do: `path:line:column: error: message (code)`. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, message, code } = problem;
  return printable(`${file}:${line}:${column}: ${severity}: ${message} (${code})`);
}

/** Replaces control characters, which a file name can contain, so that they cannot move the cursor of a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?');
}

/** Quotes untrusted text in a message: on one line, shortened, without control characters and passwords. */
export function quote(text: string): string {
  const line = withoutPasswords(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim());
  const short = line.length > 60 ? `${line.slice(0, 59).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
  return JSON.stringify(short);
}

/** Compares problems for sorting: by file, then by position. */
export function byPlace(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** Reports whether one of the problems is an error. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
