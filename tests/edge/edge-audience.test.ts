import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AudienceCounter } from '../../src/edge/audience-counter.ts';
import { EdgeAudience } from '../../src/edge/edge-audience.ts';
import type { CounterNamespace } from '../../src/edge/stores.ts';
import { parsePublicationFile } from '../../src/publication/file/publication-file.ts';

const { site } = parsePublicationFile(
  { path: 'publication.yaml', text: 'title: News\nurl: https://news.example/\naudience: true\n' },
  { title: 'News', url: 'https://news.example/' },
);
const token = 'correct-horse-battery-staple';

/** An object, which SQLite of Node.js keeps, and the alarms that it sets. */
function counterIn(database: DatabaseSync, alarms: number[] = []): AudienceCounter {
  return new AudienceCounter({
    storage: {
      sql: {
        exec: (text, ...values) => {
          if (values.length === 0 && text.includes(';')) database.exec(text);
          return text.includes('CREATE') ? [] : database.prepare(text).all(...(values as SQLInputValue[]));
        },
      },
      transactionSync: (run) => run(),
      setAlarm: async (time) => void alarms.push(time),
    },
  });
}

/** A namespace with one object. */
function objectOf(answer?: () => Promise<Response>): CounterNamespace {
  const counter = counterIn(new DatabaseSync(':memory:'));
  const fetch = (url: string, init?: RequestInit) => answer?.() ?? counter.fetch(new Request(url, init));
  return { idFromName: (name) => name, get: () => ({ fetch }) };
}

function poll(audience: EdgeAudience, waiting: Promise<unknown>[], agent = 'Miniflux/2.2'): Response {
  const headers = { 'User-Agent': agent, 'CF-Connecting-IP': '192.0.2.1' };
  const answer = new Response('feed', { headers: { 'Content-Length': '4', ETag: '"1"' } });
  const request = new Request('https://news.example/rss.xml', { headers });
  return audience.answered(request, site, answer, (work) => waiting.push(work));
}

const pageOf = (audience: EdgeAudience) =>
  audience.page(
    new Request('https://news.example/_audience.json', { headers: { Authorization: `Bearer ${token}` } }),
    site,
  );

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('A worker', () => {
  it.each<[string, CounterNamespace | undefined]>([
    ['without a counter', undefined],
    ['whose counter is slow', objectOf(() => new Promise(() => {}))],
    ['whose counter fails', objectOf(() => Promise.reject(new Error('overloaded')))],
    ['whose counter breaks', objectOf(() => Promise.resolve(new Response('', { status: 500 })))],
  ])('%s answers polls at once', async (_, counter) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const audience = new EdgeAudience({ counter, name: 'site', token });
    const waiting: Promise<unknown>[] = [];
    const answers = Array.from({ length: 501 }, () => poll(audience, waiting));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    for (const work of waiting) work.catch(() => expect.fail('no promise that a worker waits for may fail'));
  });

  it('says that the numbers cannot be read while its counter fails', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    for (const fail of [
      () => Promise.reject(new Error('x')),
      () => Promise.resolve(new Response('', { status: 500 })),
    ]) {
      const answer = await pageOf(new EdgeAudience({ counter: objectOf(fail), name: 'site', token }));
      expect([answer?.status, answer?.headers.get('Cache-Control')]).toEqual([503, 'no-store']);
    }
  });

  it('sends what was left of a worker that was stopped in between', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-30T12:00:00Z') });
    const counter = objectOf();
    const audience = new EdgeAudience({ counter, name: 'site', token });
    poll(audience, []);
    // The timer of a request ends with it.
    vi.clearAllTimers();
    vi.setSystemTime(Date.parse('2026-11-30T12:01:00Z'));
    const waiting: Promise<unknown>[] = [];
    poll(audience, waiting, 'newsboat/2.34');
    await Promise.all(waiting);
    const other = new EdgeAudience({ counter, name: 'site', token });
    const report = await (await pageOf(other))?.json();
    expect(report).toMatchObject({ feeds: [{ readers: 2, traffic: { polls: 2 } }] });
  });
});

describe('The counter of all workers', () => {
  it('deletes the key and the pseudonyms when its alarm rings at midnight, and sets one alarm a day', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-30T23:00:00Z') });
    const [database, alarms]: [DatabaseSync, number[]] = [new DatabaseSync(':memory:'), []];
    const counter = counterIn(database, alarms);
    const sent = (address: string) => ({
      poll: { time: Date.now(), method: 'GET', path: '/rss.xml', status: 200, bytes: 9, agent: 'Miniflux/2.2' },
      address,
    });
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.1'])
      await counter.fetch(new Request('https://x.invalid/', { method: 'POST', body: JSON.stringify([sent(address)]) }));
    expect(alarms).toEqual([Date.parse('2026-12-01T00:00:00Z')]);
    const rows = (table: string) => database.prepare(`SELECT * FROM ${table}`).all();
    const [key] = rows('today');
    expect(rows('marks')).toHaveLength(2);
    vi.setSystemTime(Date.parse('2026-12-01T00:00:00Z'));
    counter.alarm();
    expect(rows('marks')).toEqual([]);
    expect(rows('today')).toMatchObject([{ day: '2026-12-01' }]);
    expect(rows('today')[0]?.key).not.toBe(key?.key);
    expect(JSON.parse(String(rows('days')[0]?.counts)).feeds['/']).toMatchObject({
      polls: 3,
      clients: { Miniflux: 2 },
    });
  });

  it('goes on after it was stopped, without counting anybody twice', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-30T12:00:00Z') });
    const database = new DatabaseSync(':memory:');
    for (let i = 0; i < 3; i++) {
      const waiting: Promise<unknown>[] = [];
      const counter = counterIn(database);
      const fetch = (url: string, init?: RequestInit) => counter.fetch(new Request(url, init));
      const namespace: CounterNamespace = { idFromName: (name) => name, get: () => ({ fetch }) };
      poll(new EdgeAudience({ counter: namespace, name: 'site', token }), waiting);
      vi.advanceTimersByTime(5000);
      await Promise.all(waiting);
    }
    const [row] = database.prepare('SELECT counts FROM days').all();
    expect(JSON.parse(String(row?.counts)).feeds['/']).toMatchObject({ polls: 3, clients: { Miniflux: 1 } });
  });
});
