import type { Instant } from '../article.ts';
import { readDate } from '../seed/date.ts';
import { prose } from './metadata.ts';
import { readTags } from './people-and-tags.ts';
import { text, truth } from './read.ts';
import type { Table } from './value.ts';

/** What front matter says of an article when it says little. */
export interface PlainMetadata {
  readonly title: string;
  readonly published: Instant;
  readonly tags: readonly string[];
}

/**
 * Reads front matter that has a title, a date and no keys but those that most have, with nothing wrong; `undefined` for
 * all other. The seventy names of all that an article may say are looked for otherwise.
 */
export function readPlainMetadata(table: Table, timezone: string): PlainMetadata | undefined {
  let title: string | undefined;
  let published: Instant | undefined;
  let isTagged = false;
  for (const [key, value] of table.entries) {
    if (value.kind === 'scalar' && value.text.trim() === '') return undefined;
    if (key === 'title') title = prose(value);
    else if (key === 'date') {
      const reading = readDate(text(value) ?? '', timezone);
      if (reading?.kind !== 'date' || reading.wrongWeekday !== undefined) return undefined;
      published = reading.instant;
    } else if (key === 'tags' || key === 'categories') isTagged = true;
    else if (key === 'draft' ? truth(value) !== false : key !== 'layout') return undefined;
  }
  if (title === undefined || published === undefined) return undefined;
  return { title, published, tags: isTagged ? readTags(table) : none };
}

const none: readonly never[] = [];
