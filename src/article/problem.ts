/** Something wrong with what a publisher wrote, and where. */
export interface Problem {
  /** Path of the file, as it should be shown. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  readonly severity: 'error' | 'warning';
  /** What was expected, what was found and what to do. */
  readonly message: string;
  readonly code: ProblemCode;
  /** The other of two files that are one too many, which the message names: to mend that one serves as well. */
  readonly other?: string;
}

/** Every code that a problem can carry, with what it means. */
export const problemCodes = {
  'not-utf8': 'The file is not UTF-8 text.',
  'no-headline':
    'The article has no heading to be its headline; below front matter, the name of the file stands for it.',
  'no-date': 'The article has no paragraph that is a date.',
  'bad-date': 'What stands where a date belongs is not one.',
  'ambiguous-date': 'The date can be read as two different days.',
  'wrong-weekday': 'The weekday does not belong to the date.',
  'updated-before-published': 'The article was updated before it was published.',
  'bad-original-url': 'The original URL is not an absolute http or https address.',
  'two-original-urls': 'The article names more than one original URL.',
  'missed-original-url': 'A line looks like an original URL but does not stand as one.',
  'bad-id': 'What stands behind "Id:" is not an absolute IRI.',
  'two-ids': 'The article names two different ids.',
  'unfixed-id': 'The id is made of the name of the file and stands nowhere in it.',
  'changed-id': 'The article is published under another id.',
  'vanished-id': 'What is published is no longer there, is dated ahead or has expired.',
  'duplicated-id': 'One article is published, or would be, under two ids.',
  page: 'The file has front matter but no date, so it is a page and no article.',
  shortcode: "A framework's own shortcode or component is left out or shown as text.",
  'duplicate-id': 'Two articles have the same id.',
  'duplicate-slug': 'Two articles have the same file name, so one address.',
  'duplicate-url': 'Two articles name the same original URL.',
  'near-duplicate': 'Two articles have nearly the same text.',
  'future-date': 'The date lies ahead.',
  expired: 'The article has expired, so it is withdrawn.',
  'expires-before-published': 'The article expires before it is published, so it never appears.',
  'long-headline': 'The headline is longer than readers show.',
  'missing-summary': 'There is no text of which a summary could be made.',
  placeholder: 'The article has the text that a new one comes with.',
  'missing-alt': 'A picture says nothing to those who do not see it.',
  'empty-link': 'A link leads nowhere.',
  'missing-anchor': 'A link leads to a part of the article that is not there.',
  'markdown-link': 'A link leads to a Markdown file, which no site serves.',
  'dead-link': 'A link leads to a page that this site does not have.',
  'missing-file': 'A picture or another file is not there.',
  'unserved-file': "A file that was put at the site's root can not stand there.",
  'large-feed': 'A feed is longer than some services take.',
  'long-name': 'The file has a name that is too long for an address.',
  'bad-front-matter': 'The front matter is not YAML, TOML or JSON, has no end, or has a key twice.',
  'bad-yaml': 'The publication file is not YAML.',
  'unknown-key': 'The publication file has a key that means nothing.',
  'wrong-value': 'A key of the publication file or of front matter has a value that it cannot take.',
  'no-id': 'The publication file does not say how ids begin.',
  'podcast-incomplete': 'The publication lacks what podcast directories require.',
  'no-url': 'The publication file names no public address.',
  'shared-slice': 'Tags, authors or top folders that are spelled in different ways share one feed.',
  unreadable: 'The file, folder or feed cannot be read, or the file not be written.',
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** Takes down a problem found in a text, at an offset in UTF-16 code units. */
export type Report = (
  severity: Problem['severity'],
  code: ProblemCode,
  offset: number,
  message: string,
) => void;

/** Writes a problem as compilers do: `path:line:column: error: message (code)`. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, message, code } = problem;
  return printable(`${file}:${line}:${column}: ${severity}: ${message} (${code})`);
}

/** Shows on a line what may hold a file's name, which can hold what would move a terminal's cursor. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?');
}

/** Shows text of a stranger inside a message: on one line, short, without control characters. */
export function quote(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const short = line.length > 60 ? `${line.slice(0, 59).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
  return JSON.stringify(short);
}

/** Puts problems in the order of their files, and those of a file in the order in which they stand there. */
export function byPlace(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
