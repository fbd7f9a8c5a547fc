import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { instantOf } from '../../../src/article/seed/date.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { awaitDueArticles } from '../../../src/node/serve/due-articles.ts';
import { publish } from '../../../src/publication/memory.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const day = 24 * 60 * 60 * 1000;

describe('articles dated in the future', () => {
  beforeEach(() => void vi.useFakeTimers({ now: start }));
  afterEach(() => void vi.useRealTimers());

  /** Publishes an edition of articles with these dates. */
  const editionOf = (...dates: string[]) => {
    const files = Object.fromEntries(dates.map((date, i) => [`${i}.md`, seed(`${i}`, date)]));
    const { site, sources } = new SeedFolder(makeFolder(files), { url: 'http://a.example/' }).read();
    return publish(site, sources, instantOf(Date.now()) ?? '');
  };

  it('are reported at their dates and no sooner, even months ahead', () => {
    const due: string[] = [];
    const watch = awaitDueArticles(editionOf('2025-12-31', '2026-01-02', '2026-01-02', '2026-04-01'), (after, until) =>
      due.push(`${after} ${until}`),
    );
    vi.advanceTimersByTime(day - 1);
    expect(due).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(due).toEqual(['2026-01-01T00:00:00Z 2026-01-02T00:00:00Z']);
    vi.advanceTimersByTime(88 * day);
    expect(due).toHaveLength(1);
    vi.advanceTimersByTime(2 * day);
    expect(due.slice(1)).toEqual(['2026-01-02T00:00:00Z 2026-04-01T00:00:00Z']);
    expect(vi.getTimerCount()).toBe(0);
    watch.close();
  });

  it('are reported when they expire, too', () => {
    const due: string[] = [];
    const text = '---\ntitle: A\ndate: 2026-01-02\nexpires: 2026-01-03\n---\nB\n';
    const { site, sources } = new SeedFolder(makeFolder({ 'a.md': text }), {
      url: 'http://a.example/',
    }).read();
    const edition = publish(site, sources, instantOf(Date.now()) ?? '');
    const watch = awaitDueArticles(edition, (_, until) => due.push(until));
    vi.advanceTimersByTime(3 * day);
    expect(due).toEqual(['2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z']);
    watch.close();
  });

  it('are those of the edition being served', () => {
    const due: string[] = [];
    const watch = awaitDueArticles(editionOf('2026-01-02'), (_, until) => due.push(until));
    watch.follow(editionOf('2026-01-03'));
    vi.advanceTimersByTime(1.5 * day);
    expect(due).toEqual([]);
    vi.advanceTimersByTime(day);
    expect(due).toEqual(['2026-01-03T00:00:00Z']);
    watch.follow(editionOf('2026-02-01'));
    watch.close();
    vi.advanceTimersByTime(90 * day);
    expect(due).toHaveLength(1);
  });
});
