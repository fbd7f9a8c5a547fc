import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { instantOf } from '../../../src/article/seed/date.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { awaitDue } from '../../../src/node/serve/due-articles.ts';
import { publish } from '../../../src/publication/memory.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const day = 24 * 60 * 60 * 1000;

describe('articles that lie ahead', () => {
  beforeEach(() => void vi.useFakeTimers({ now: start }));
  afterEach(() => void vi.useRealTimers());

  /** The edition of articles that appear at these dates. */
  const editionOf = (...dates: string[]) => {
    const files = Object.fromEntries(dates.map((date, i) => [`${i}.md`, seed(`${i}`, date)]));
    const { site, sources } = new SeedFolder(makeFolder(files), { url: 'http://a.example/' }).read();
    return publish(site, sources, instantOf(Date.now()) ?? '');
  };

  it('are told at their moments and no sooner, also where that is months away', () => {
    const told: string[] = [];
    const due = awaitDue(editionOf('2025-12-31', '2026-01-02', '2026-01-02', '2026-04-01'), (after, until) =>
      told.push(`${after} ${until}`),
    );
    vi.advanceTimersByTime(day - 1);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['2026-01-01T00:00:00Z 2026-01-02T00:00:00Z']);
    vi.advanceTimersByTime(88 * day);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(2 * day);
    expect(told.slice(1)).toEqual(['2026-01-02T00:00:00Z 2026-04-01T00:00:00Z']);
    expect(vi.getTimerCount()).toBe(0);
    due.close();
  });

  it('are those of the edition that is served', () => {
    const told: string[] = [];
    const due = awaitDue(editionOf('2026-01-02'), (_, until) => told.push(until));
    due.follow(editionOf('2026-01-03'));
    vi.advanceTimersByTime(1.5 * day);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(day);
    expect(told).toEqual(['2026-01-03T00:00:00Z']);
    due.follow(editionOf('2026-02-01'));
    due.close();
    vi.advanceTimersByTime(90 * day);
    expect(told).toHaveLength(1);
  });
});
