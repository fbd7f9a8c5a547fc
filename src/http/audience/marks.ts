/**
 * A client that the day has seen: a path, the client's pseudonym, and its name once it is counted; for an episode, the
 * bytes it got until then. Marks are deleted when the day ends.
 */
export interface Mark {
  readonly path: string;
  readonly pseudonym: string;
  readonly value: string | number;
}

/** Returns the value of a stored mark. */
export type FindMark = (path: string, pseudonym: string) => Mark['value'] | undefined;

/** What is new of a client since its mark was last written: its name, and the value until then. */
export interface FreshMark {
  readonly name: string;
  readonly before: Mark['value'] | undefined;
}

/**
 * Combines what this process knows of a client with what is stored, to which another process may have added; `enough`
 * are the bytes that make a download.
 */
export function mergeMark(
  value: Mark['value'],
  stored: Mark['value'] | undefined,
  { name, before }: FreshMark,
  enough: number,
): Mark['value'] {
  if (isCounted(stored)) return stored;
  if (isCounted(value)) return value;
  const known = Number(before ?? 0);
  const sent = (stored ?? known) + value - known;
  return sent < enough ? sent : name;
}

/** Reports whether a mark is that of a client that is counted as a reader or a download. */
export function isCounted(value: Mark['value'] | undefined): value is string {
  return typeof value === 'string';
}
