import { readEpisode } from '../../../article/front-matter/episode.ts';
import { keyOf, type Value } from '../../../article/front-matter/value.ts';
import type { ImportedEpisode } from '../read/imported-item.ts';

/** What of an episode front matter takes, under the keys that it has for it, and in words what it doesn't. */
export interface SettledEpisode {
  readonly episode: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/** Reads an episode as front matter is read, so that nothing is written that would be left out then. */
export function settledEpisode(said: ImportedEpisode, base: string): SettledEpisode {
  const warnings: string[] = [];
  const table = asValue(said);
  if (table.kind !== 'table') return { episode: {}, warnings };
  const read = readEpisode(table, { permalink: base }, (_severity, _code, _at, message) =>
    warnings.push(message),
  );
  const { season, number, kind, explicit, participants, transcripts } = read ?? {};
  const keys = {
    season,
    episode: number,
    episodeType: kind,
    explicit,
    people: participants,
    transcript: transcripts,
  };
  const taken = Object.entries(keys).filter(([, value]) => value !== undefined);
  return { episode: Object.fromEntries(taken), warnings };
}

function asValue(said: unknown): Value {
  if (Array.isArray(said)) return { kind: 'list', items: said.map(asValue), at: 0 };
  if (typeof said !== 'object' || said === null)
    return { kind: 'scalar', text: String(said), isText: typeof said === 'string', at: 0 };
  const entries = Object.entries(said).map(([key, value]) => [keyOf(key), asValue(value)] as const);
  return { kind: 'table', entries: new Map(entries), at: 0 };
}
