import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openBook, readBook } from '../../../src/node/audience/audience-file.ts';
import { LiveAudience } from '../../../src/node/audience/live-audience.ts';
import { makeFolder } from '../temporary-folder.ts';

const noon = Date.parse('2026-11-30T12:00:00Z');
const dayLength = 86_400_000;

function poll(time: number, agent = 'Miniflux/2.2', path = '/rss.xml') {
  return { ...{ time, method: 'GET', path, status: 200, bytes: 9, agent }, isConditional: false };
}

const fail = (error: Error): never => {
  throw error;
};

/** Returns all bytes of a folder's files. */
function contents(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('');
}

/** Returns the key and the pseudonyms of the open day. */
function secrets(path: string): string[] {
  const { book, close } = openBook(path);
  const { key } = book.dayAt(noon);
  close();
  return [key];
}

function marksIn(path: string): number {
  const database = new DatabaseSync(path);
  const [row] = database.prepare('SELECT count(*) AS marks FROM marks').all();
  database.close();
  return Number(row?.marks);
}

describe('The numbers of a server', () => {
  it('count nobody twice after a restart', () => {
    const path = join(makeFolder(), 'audience.db');
    for (let i = 0; i < 3; i++) {
      const live = new LiveAudience(path, fail, noon);
      live.count(poll(noon + i), '192.0.2.1');
      live.close();
    }
    expect(readBook(path, '2026-11-30')).toMatchObject([{ feeds: { '/': { polls: 3, clients: { Miniflux: 1 } } } }]);
  });

  it('lose the key and the pseudonyms when the day ends, with a poll after it', () => {
    const folder = makeFolder();
    const path = join(folder, 'audience.db');
    const live = new LiveAudience(path, fail, noon);
    live.count(poll(noon), '192.0.2.1');
    const [{ day } = { day: '' }] = live.days(noon);
    expect(day).toBe('2026-11-30');
    live.close();
    const [key = ''] = secrets(path);
    expect(contents(folder)).toContain(key);
    const next = new LiveAudience(path, fail, noon);
    next.count(poll(noon + dayLength), '192.0.2.1');
    next.close();
    expect(contents(folder)).not.toContain(key);
    expect(readBook(path, '2026-12-01')?.map(({ day }) => day)).toEqual(['2026-11-30', '2026-12-01']);
  });

  it('lose them without a poll, too: by the command that shows them', () => {
    const folder = makeFolder();
    const path = join(folder, 'audience.db');
    const live = new LiveAudience(path, fail, noon);
    live.count(poll(noon), '192.0.2.1');
    live.close();
    const [key = ''] = secrets(path);
    expect(readBook(path, '2026-12-01')).toHaveLength(1);
    expect(contents(folder)).not.toContain(key);
  });

  it('lose them without a poll, when a server starts, even if it counts nobody', () => {
    const folder = makeFolder();
    const path = join(folder, 'audience.db');
    const live = new LiveAudience(path, fail, noon);
    live.count(poll(noon), '192.0.2.1');
    live.close();
    const [key = ''] = secrets(path);
    new LiveAudience(path, fail, noon + dayLength).close();
    expect(contents(folder)).not.toContain(key);
  });

  it('lose them also if the command runs before the server notices the next day', () => {
    const folder = makeFolder();
    const path = join(folder, 'audience.db');
    const live = new LiveAudience(path, fail, noon);
    live.count(poll(noon), '192.0.2.1');
    live.days(noon);
    const [key = ''] = secrets(path);
    live.count(poll(noon, 'Late/1.0'), '192.0.2.2');
    readBook(path, '2026-12-01');
    live.count(poll(noon + dayLength), '192.0.2.1');
    live.close();
    expect(contents(folder)).not.toContain(key);
    expect(marksIn(path)).toBe(1);
    const polls = readBook(path, '2026-12-01')?.map(({ feeds }) => feeds['/']?.polls);
    expect(polls).toEqual([2, 1]);
  });

  it('belong to the user of the server', () => {
    const folder = makeFolder();
    const live = new LiveAudience(join(folder, 'audience.db'), fail, noon);
    live.count(poll(noon), '192.0.2.1');
    live.days(noon);
    expect(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o077])).toEqual(
      ['audience.db', 'audience.db-shm', 'audience.db-wal'].map((name) => [name, 0]),
    );
    live.close();
  });

  it('are those of two processes together, without counting anybody twice', () => {
    const path = join(makeFolder(), 'audience.db');
    const both = [new LiveAudience(path, fail, noon), new LiveAudience(path, fail, noon)] as const;
    const [one, other] = both;
    const half = (time: number) => ({ ...poll(time, 'AntennaPod/3', '/media/a.mp3'), status: 206, bytes: 500_000 });
    for (let i = 0; i < 3; i++) {
      one.count(poll(noon + i), `192.0.2.${i}`);
      other.count(poll(noon + i), `198.51.100.${i}`);
      // A load balancer sends a reader to both.
      for (const server of both) server.count(poll(noon + i, 'newsboat/2'), '203.0.113.1');
      for (const server of both) server.count(poll(noon + i, 'Feedspot/1.0'), `203.0.113.${i}`);
      if (i === 1) for (const server of both) server.count(half(noon), '203.0.113.2');
      if (i !== 1) for (const server of both) server.days(noon);
    }
    const [day] = one.days(noon);
    expect(day?.feeds['/']).toMatchObject({ polls: 18, clients: { Miniflux: 6, newsboat: 1, Feedspot: 1 } });
    expect(day?.episodes).toEqual({ '/media/a.mp3': { AntennaPod: 1 } });
    for (const server of both) server.close();
    expect(readBook(path, '2026-11-30')).toEqual([day]);
  });

  it('are whole when one server takes over from another', () => {
    const path = join(makeFolder(), 'audience.db');
    const [old, next] = [new LiveAudience(path, fail, noon), new LiveAudience(path, fail, noon)];
    old.count(poll(noon), '192.0.2.1');
    next.count(poll(noon), '192.0.2.1');
    old.close();
    next.count(poll(noon), '192.0.2.2');
    expect(next.days(noon)).toMatchObject([{ feeds: { '/': { polls: 3, clients: { Miniflux: 2 } } } }]);
    next.close();
  });

  it('are those of both days if another process notices midnight first', () => {
    const folder = makeFolder();
    const path = join(folder, 'audience.db');
    const [first, late] = [new LiveAudience(path, fail, noon), new LiveAudience(path, fail, noon)];
    const [key = ''] = secrets(path);
    for (const server of [first, late]) server.count(poll(noon), '192.0.2.1');
    first.days(noon);
    first.count(poll(noon + dayLength, 'Feedspot/1.0'), '192.0.2.1');
    first.days(noon + dayLength);
    late.count(poll(noon + 1, 'Feedspot/1.0'), '192.0.2.2');
    late.count(poll(noon + dayLength), '192.0.2.1');
    const days = late.days(noon + dayLength);
    expect(days.map(({ feeds }) => feeds['/']?.polls)).toEqual([3, 2]);
    expect(days.map(({ feeds }) => feeds['/']?.clients.Feedspot)).toEqual([1, 1]);
    first.close();
    late.close();
    expect(contents(folder)).not.toContain(key);
  });

  it('lose the key in the log of the database, too, once a process that was reading is done', () => {
    const folder = makeFolder();
    const path = join(folder, 'audience.db');
    const live = new LiveAudience(path, fail, noon);
    live.count(poll(noon), '192.0.2.1');
    live.days(noon);
    const [key = ''] = secrets(path);
    const reader = new DatabaseSync(path);
    reader.exec('BEGIN; SELECT * FROM today');
    live.count(poll(noon + dayLength), '192.0.2.1');
    live.days(noon + dayLength);
    expect(contents(folder)).toContain(key);
    reader.exec('COMMIT');
    live.days(noon + dayLength);
    expect(contents(folder)).not.toContain(key);
    reader.close();
    live.close();
  });

  it('are those of the right day again after a clock was wrong', () => {
    const path = join(makeFolder(), 'audience.db');
    const live = new LiveAudience(path, fail, noon);
    for (const time of [noon, noon + 3650 * dayLength, noon + 1]) live.count(poll(time), '192.0.2.1');
    const polls = live.days(noon).map(({ day, feeds }) => [day.slice(0, 4), feeds['/']?.polls]);
    expect(polls).toEqual([
      ['2026', 2],
      ['2036', 1],
    ]);
    live.close();
    expect(marksIn(path)).toBe(1);
  });

  it('take a late poll, but not one of an hour ago, for the day that has begun', () => {
    const { book, close } = openBook(join(makeFolder(), 'audience.db'));
    const midnight = Date.parse('2026-12-01T00:00:00Z');
    const dayOf = (time: number): string => book.dayAt(time).counter.counts.day;
    expect([midnight, midnight - 5000, midnight - 4_000_000].map(dayOf)).toEqual([
      '2026-12-01',
      '2026-12-01',
      '2026-11-30',
    ]);
    close();
  });

  it('count nobody twice after a write that failed', () => {
    const path = join(makeFolder(), 'audience.db');
    const messages: string[] = [];
    const live = new LiveAudience(path, ({ message }) => messages.push(message), noon);
    live.count(poll(noon), '192.0.2.1');
    live.days(noon);
    const blocker = new DatabaseSync(path);
    blocker.exec("CREATE TRIGGER full BEFORE INSERT ON marks BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
    live.count(poll(noon), '192.0.2.2');
    expect(live.days(noon)).toMatchObject([{ feeds: { '/': { polls: 1 } } }]);
    expect(messages).toEqual(['the audience is not counted: disk is full']);
    blocker.exec('DROP TRIGGER full');
    blocker.close();
    live.close();
    expect(marksIn(path)).toBe(2);
    const next = new LiveAudience(path, fail, noon);
    next.count(poll(noon), '192.0.2.2');
    expect(next.days(noon)).toMatchObject([{ feeds: { '/': { polls: 3, clients: { Miniflux: 2 } } } }]);
    next.close();
  });

  it('fit into the rows of a Durable Object, however many feeds there are', () => {
    const path = join(makeFolder(), 'audience.db');
    const { book, close } = openBook(path);
    const client = { name: 'Other', kind: 'reader' } as const;
    for (let i = 0; i < 6000; i++)
      book
        .dayAt(noon)
        .counter.add(poll(noon), { feed: `/tags/${'x'.repeat(50)}${i}/`, format: 'rss' }, client, `p${i}`);
    close();
    const database = new DatabaseSync(path);
    const rows = database.prepare('SELECT day, length(counts) AS size FROM days').all();
    database.close();
    expect(rows.length).toBeGreaterThan(1);
    expect(Math.max(...rows.map(({ size }) => Number(size)))).toBeLessThan(2 ** 20);
    const next = openBook(path);
    expect(Object.keys(next.book.days(noon)[0]?.feeds ?? {})).toHaveLength(6000);
    next.close();
  });

  it('are counted in memory where nothing can be written', () => {
    const path = join(makeFolder(), 'missing/folder/audience.db');
    const messages: string[] = [];
    const live = new LiveAudience(path, ({ message }) => messages.push(message), noon);
    live.count(poll(noon), '192.0.2.1');
    expect(live.days(noon)).toHaveLength(1);
    live.close();
    expect(existsSync(path)).toBe(false);
    expect(messages).toEqual([`${path} can't be written, so readers are counted only until the server stops`]);
  });

  it('are missing, with one message, where the file is another program’s', () => {
    const path = join(makeFolder(), 'audience.db');
    writeFileSync(path, 'something else entirely, and longer than a header of SQLite would be'.repeat(20));
    const messages: string[] = [];
    const live = new LiveAudience(path, ({ message }) => messages.push(message), noon);
    live.count(poll(noon), '192.0.2.1');
    live.count(poll(noon + 1000), '192.0.2.1');
    live.close();
    expect(messages).toEqual([`the audience is not counted: ${path}: the file is damaged`]);
    expect(readFileSync(path, 'utf8')).toContain('something else');
  });
});
