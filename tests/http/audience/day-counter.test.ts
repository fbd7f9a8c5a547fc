import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyClient } from '../../../src/http/audience/client.ts';
import { emptyDay } from '../../../src/http/audience/counts.ts';
import { DayCounter } from '../../../src/http/audience/day-counter.ts';
import type { FindMark } from '../../../src/http/audience/marks.ts';
import { type Poll, targetOf } from '../../../src/http/audience/poll.ts';
import { reportOf } from '../../../src/http/audience/report.ts';

const day = '2026-11-30';
const start = Date.parse(day);
const feedly = (subscribers: number): string =>
  `Feedly/1.0 (+http://www.feedly.com/fetcher.html; ${subscribers} subscribers; like FeedFetcher-Google)`;

type Asked = Partial<Poll> & { readonly from?: string };

/** Counts polls, each a second after the last. */
function count(asked: readonly Asked[], counter = new DayCounter(day)): DayCounter {
  asked.forEach(({ from = '192.0.2.1', ...one }, i) => {
    const poll: Poll = {
      ...{ time: start + i * 1000, method: 'GET', path: '/rss.xml', status: 200, bytes: 1000, whole: 4000 },
      ...{ isConditional: false, agent: 'Miniflux/2.2' },
      ...one,
    };
    counter.add(poll, targetOf(poll.path), identifyClient(poll.agent), `${from} ${poll.agent}`);
  });
  return counter;
}

const reportFor = (asked: readonly Asked[]) => reportOf([count(asked).counts]);
const feedOf = (asked: readonly Asked[], feed = '/') => reportFor(asked).feeds.find((one) => one.feed === feed);

describe('The readers of a feed', () => {
  it('are the subscribers that an aggregator stated last, at all its addresses and in all formats', () => {
    const report = feedOf([
      { agent: feedly(40), from: '192.0.2.1' },
      { agent: feedly(42), from: '192.0.2.2' },
      { agent: feedly(42), from: '192.0.2.3', path: '/atom.xml' },
      { agent: feedly(41), from: '192.0.2.4' },
    ]);
    expect(report).toMatchObject({ readers: 42, names: [{ name: 'Feedly', readers: 42 }] });
  });

  it('are added up of two feeds that an aggregator keeps of one address', () => {
    const agent = (id: string, many: number): string => `Feedbin feed-id:${id} - ${many} subscribers`;
    expect(feedOf([{ agent: agent('1', 30) }, { agent: agent('2', 4) }, { agent: agent('2', 5) }])?.readers).toBe(35);
  });

  it('are one for an aggregator that states none, whatever its addresses', () => {
    expect(feedOf([1, 2, 3].map((i) => ({ agent: 'Feedspot/1.0', from: `192.0.2.${i}` })))?.readers).toBe(1);
  });

  it('are unknown programs by address, whatever subscribers they state; these are apart', () => {
    const report = feedOf([
      { agent: 'Foo/1.0 (12 subscribers)' },
      { agent: 'Bar/2.0 (9000000 subscribers)' },
      { agent: 'Foo/1.0 (13 subscribers)' },
      { agent: 'FreshRSS/1.24 (500 subscribers)' },
      ...[1, 2, 3].map((i) => ({ agent: 'Unknown/1.0', from: `192.0.2.${i}` })),
    ]);
    expect(report?.days).toMatchObject([{ readers: 7, stated: 0, direct: 7, unverified: 9_000_513 }]);
    expect(report?.names).toEqual([
      { name: 'Other', kind: 'reader', readers: 6 },
      { name: 'FreshRSS', kind: 'reader', readers: 1 },
    ]);
  });

  it('are distinct clients by address and User-Agent, over all formats', () => {
    const report = feedOf([
      ...[1, 2, 2, 2].map((i) => ({ from: `192.0.2.${i}` })),
      { path: '/feed.json' },
      { agent: 'newsboat/2.34' },
    ]);
    expect(report?.days).toEqual([{ day, readers: 3, stated: 0, direct: 3, unverified: 0, browsers: 0, scripts: 0 }]);
    expect(report?.traffic.formats).toEqual({ rss: 5, json: 1 });
  });

  it('are no bots, browsers or scripts, which are counted apart', () => {
    const report = feedOf([
      { agent: 'Googlebot/2.1' },
      { agent: 'Googlebot/2.1' },
      { agent: 'curl/8.5.0' },
      { agent: 'Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/131 Safari/537.36' },
    ]);
    expect(report).toMatchObject({ readers: 0, bots: { Google: 2 }, traffic: { polls: 2 } });
    expect(report?.days[0]).toMatchObject({ browsers: 1, scripts: 1 });
  });

  it('are those of each feed, and of no archive page or error', () => {
    const paths = [
      '/tags/harbour/atom.xml',
      '/archive/3/rss.xml',
      '/tags/harbour/archive/1/rss.xml',
      '/feed',
      '/style.css',
    ];
    const { feeds } = reportFor([...paths.map((path) => ({ path })), { path: '/tags/none/rss.xml', status: 404 }]);
    expect(feeds.map(({ feed }) => feed)).toEqual(['/', '/tags/harbour/']);
  });

  it('don’t depend on the order of polls', () => {
    const polls = fc.array(
      fc.record({
        agent: fc.constantFrom(feedly(3), feedly(9), 'Miniflux/2', 'curl/8', 'Googlebot/2.1', 'Feedspot/1'),
        from: fc.constantFrom('192.0.2.1', '192.0.2.2'),
        path: fc.constantFrom('/rss.xml', '/atom.xml', '/media/a.mp3'),
        status: fc.constantFrom(200, 206, 226, 304, 429),
        time: fc.integer({ min: start, max: start + 86_399_999 }),
        bytes: fc.constantFrom(0, 2, 600_000),
        whole: fc.constant(5_000_000),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(polls, (all) => {
        expect(reportFor(all.toReversed())).toEqual(reportFor(all));
      }),
    );
  });
});

describe('What answers saved', () => {
  it('is apart for 304, 226 and compression', () => {
    const report = feedOf([
      { status: 304, bytes: 0, isConditional: true },
      { status: 226, bytes: 500, isConditional: true },
      { status: 200, bytes: 1000 },
    ]);
    expect(report?.traffic).toMatchObject({
      ...{ polls: 3, conditional: 2, bytes: 1500 },
      saved: { unchanged: 4000, deltas: 3500, coding: 3000 },
    });
  });

  it('is at least what was sent before, in a log without lengths', () => {
    const report = feedOf([{ whole: undefined }, { status: 304, bytes: 0, whole: undefined }]);
    expect(report?.traffic.saved).toEqual({ unchanged: 1000, deltas: 0, coding: 0 });
  });
});

describe('A download', () => {
  const episode = { path: '/media/a.mp3', agent: 'AntennaPod/3.4.0', whole: 20_000_000 };
  const downloads = (asked: readonly Asked[]): number => reportFor(asked).episodes[0]?.downloads ?? 0;

  it.each<[string, Asked[], number]>([
    ['is a minute’s bytes in ranges', [0, 1, 2].map(() => ({ status: 206, bytes: 400_000 })), 1],
    ['is not the first two bytes, by which Apple asks for the length', [{ status: 206, bytes: 2 }], 0],
    ['is not less than a minute', [{ bytes: 900_000 }], 0],
    ['is the whole of a short file', [{ bytes: 30_000, whole: 30_000 }], 1],
    ['is one in a day for an address and User-Agent', [{ bytes: 2e7 }, { bytes: 2e7 }], 1],
    ['is another for another address', [{ bytes: 2e7 }, { bytes: 2e7, from: '192.0.2.2' }], 2],
    ['is not HEAD', [{ bytes: 2e7, method: 'HEAD' }], 0],
    ['is not a prefetch', [{ bytes: 2e7, isPrefetch: true }], 0],
    ['is not a bot', [{ bytes: 2e7, agent: 'Googlebot/2.1' }], 0],
    ['is not the Apple Watch, which has it from the phone', [{ bytes: 2e7, agent: 'atc/1.0 watchOS/9.0' }], 0],
    ['is not a service that stores it for its listeners', [{ bytes: 2e7, agent: 'Spotify/1.0' }], 0],
    ['is not a script', [{ bytes: 2e7, agent: 'curl/8.5.0' }], 0],
    ['is a play in a browser', [{ bytes: 2e7, agent: 'Mozilla/5.0 (X11) Gecko/20100101 Firefox/131.0' }], 1],
  ])('%s', (_, asked, expected) => {
    expect(downloads(asked.map((one) => ({ ...episode, ...one })))).toBe(expected);
  });
});

describe('A day', () => {
  it('that is continued counts nobody twice', () => {
    const part = { path: '/a.mp3', status: 206, bytes: 600_000, whole: 2e7, agent: 'AntennaPod/3' };
    const asked = [{}, { from: '192.0.2.2' }, part];
    const sum = emptyDay(day);
    const first = count(asked);
    const marks = first.addTo(sum, () => undefined);
    const find: FindMark = (path, pseudonym) =>
      marks.find((mark) => mark.path === path && mark.pseudonym === pseudonym)?.value;
    const second = count([...asked, { from: '192.0.2.3' }], new DayCounter(day, marks));
    const fresh = second.addTo(sum, find);
    expect(reportOf([sum])).toMatchObject({ feeds: [{ readers: 3 }], episodes: [{ downloads: 1 }] });
    expect(fresh.map(({ value }) => value)).toEqual(['Miniflux', 'AntennaPod']);
    second.beginAnew(fresh);
    expect([second.counts, second.addTo(emptyDay(day), find)]).toEqual([emptyDay(day), []]);
  });

  it('is the same whether one process counts it or several, whenever they write', () => {
    const asked = fc.array(
      fc.record({
        agent: fc.constantFrom(
          feedly(3),
          feedly(9),
          'Miniflux/2',
          'Foo/1 (5 subscribers)',
          'Googlebot/2.1',
          'Feedspot/1',
        ),
        from: fc.constantFrom('192.0.2.1', '192.0.2.2'),
        path: fc.constantFrom('/rss.xml', '/atom.xml', '/media/a.mp3'),
        status: fc.constantFrom(200, 206, 304, 429),
        bytes: fc.constantFrom(2, 300_000, 600_000),
        whole: fc.constant(5_000_000),
      }),
      { maxLength: 30 },
    );
    const turns = fc.array(fc.tuple(fc.nat(2), fc.boolean()), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(asked, turns, (all, order) => {
        const sum = emptyDay(day);
        const stored = new Map<string, string | number>();
        const write = (counter: DayCounter): void => {
          const marks = counter.addTo(sum, (path, pseudonym) => stored.get(path + pseudonym));
          for (const { path, pseudonym, value } of marks) stored.set(path + pseudonym, value);
          counter.beginAnew(marks);
        };
        const processes = [0, 1, 2].map(() => new DayCounter(day));
        const timed = all.map((one, i) => ({ ...one, time: start + i * 1000 }));
        timed.forEach((one, i) => {
          const [who = 0, isWritten = false] = order[i] ?? [];
          const counter = processes[who] as DayCounter;
          count([one], counter);
          if (isWritten) write(counter);
        });
        for (const counter of processes) write(counter);
        expect(reportOf([sum])).toEqual(reportFor(timed));
      }),
    );
  });

  it('counts a refused program with a name that objects have', () => {
    const [feed] = reportFor([1, 2].map(() => ({ status: 429, agent: 'constructor/1.0' }))).feeds;
    expect(feed?.refusals).toEqual({ constructor: 2 });
  });

  it('names no path of its own prototype', () => {
    expect(reportFor([{ path: '/__proto__/rss.xml' }]).feeds.map(({ feed }) => feed)).toEqual(['/__proto__/']);
  });
});
