import { readEpisode } from '../../../article/front-matter/episode/episode.ts';
import { keyOf, type Value } from '../../../article/front-matter/syntax/value.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import type { ImportedEpisode } from '../read/imported-item.ts';

export interface ValidEpisode {
  /** Front matter keys. */
  readonly episode: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/** Validates podcast data with the front matter reader, so that the written file has no problems. */
export function validateEpisode(written: ImportedEpisode, base: string): ValidEpisode {
  const warnings: string[] = [];
  const table = toValue(written);
  if (table.kind !== 'table') return { episode: {}, warnings };
  const read = readEpisode(table, { permalink: base }, (_severity, _code, _at, message) => warnings.push(message));
  const { season, number, kind, explicit, participants, transcripts } = read ?? {};
  const episode = omitUndefined({
    season,
    episode: number,
    episodeType: kind,
    explicit,
    people: participants,
    transcript: transcripts,
  });
  return { episode, warnings };
}

function toValue(data: unknown): Value {
  if (Array.isArray(data)) return { kind: 'list', items: data.map(toValue), at: 0 };
  if (typeof data !== 'object' || data === null)
    return { kind: 'scalar', text: String(data), isText: typeof data === 'string', at: 0 };
  const entries = Object.entries(data).map(([key, value]) => [keyOf(key), toValue(value)] as const);
  return { kind: 'table', entries: new Map(entries), at: 0 };
}
