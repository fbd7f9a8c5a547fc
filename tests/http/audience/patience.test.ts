import { describe, expect, it } from 'vitest';
import { identifyClient } from '../../../src/http/audience/client.ts';
import { Patience } from '../../../src/http/audience/patience.ts';
import { targetOf } from '../../../src/http/audience/poll.ts';
import { refusalOf } from '../../../src/http/audience/visit.ts';

const minute = 60_000;

interface Asked {
  readonly agent?: string;
  readonly address?: string;
  readonly path?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly etag?: string;
  readonly status?: number;
  readonly method?: string;
}

/** Asks once a minute, and returns the statuses. */
function ask(asked: readonly Asked[], patience = new Patience(), most = 3): (number | undefined)[] {
  return asked.map((one, i) => {
    const { agent = 'Rude/1.0', address = '192.0.2.1', path = '/rss.xml', fields = {}, etag = '"1"' } = one;
    const { status = 200, method = 'GET' } = one;
    const all: Readonly<Record<string, string>> = { 'User-Agent': agent, ...fields };
    const visit = { method, path, address, now: i * minute, field: (name: string) => all[name] ?? null };
    const about = { target: targetOf(path), client: identifyClient(agent) };
    const refused = refusalOf(patience, most, visit, about, { status, etag });
    return refused?.status ?? status;
  });
}

const times = (many: number, one: Asked = {}): Asked[] => Array.from({ length: many }, () => one);

describe('Patience', () => {
  it('ends after as many identical whole answers in an hour', () => {
    expect(ask(times(5))).toEqual([200, 200, 200, 429, 429]);
  });

  it('says when to come back, and how to ask', () => {
    const patience = new Patience();
    ask(times(3), patience);
    const field = (name: string) => (name === 'User-Agent' ? 'Rude/1.0' : null);
    const visit = { method: 'GET', path: '/rss.xml', address: '192.0.2.1', now: 10 * minute, field };
    const about = { target: targetOf('/rss.xml'), client: identifyClient('Rude/1.0') };
    const refused = refusalOf(patience, 3, visit, about, { status: 200, etag: '"1"' });
    expect(refused?.fields).toMatchObject({ 'Retry-After': '3000', 'Cache-Control': 'no-store' });
    expect(new TextDecoder().decode(refused?.body ?? undefined)).toContain('If-None-Match');
    expect(refusalOf(patience, 3, { ...visit, now: 61 * minute }, about, { status: 200, etag: '"1"' })).toBe(undefined);
  });

  it('starts again after a change, and after an hour', () => {
    expect(ask([...times(4), { etag: '"2"' }])).toEqual([200, 200, 200, 429, 200]);
    expect(ask(times(61), new Patience(), 70)).toEqual(Array(61).fill(200));
  });

  it.each<[string, Asked]>([
    ['a conditional request', { fields: { 'If-None-Match': '"0"' } }],
    ['a request with a date', { fields: { 'If-Modified-Since': 'Mon, 30 Nov 2020 00:00:00 GMT' } }],
    ['an aggregator that states subscribers', { agent: 'Feedly/1.0 (3 subscribers)' }],
    ['a page', { path: '/articles/a' }],
    ['a 304', { status: 304 }],
    ['HEAD', { method: 'HEAD' }],
    ['a client without an address', { address: '' }],
    ['a person who reloads in a browser', { fields: { 'Sec-Fetch-Mode': 'navigate' } }],
  ])('is endless for %s', (_, one) => {
    expect(ask(times(6, one))).not.toContain(429);
  });

  it('is endless at an address with different clients', () => {
    const other = { agent: 'NetNewsWire', fields: { 'If-None-Match': '"0"' } };
    expect(ask([other, ...times(6)])).not.toContain(429);
  });

  it('is endless there while the others ask every hour, if not exactly', () => {
    const other = { agent: 'NetNewsWire', fields: { 'If-None-Match': '"0"' } };
    const hours = Array.from({ length: 4 }, () => [other, ...times(65)]).flat();
    expect(ask(hours)).not.toContain(429);
  });

  it('is endless for a client whose address was forgotten in a flood of others', () => {
    const patience = new Patience();
    const flood = Array.from({ length: 50_001 }, (_, i) => `2001:db8::${i.toString(16)}`);
    patience.see('192.0.2.1', 'NetNewsWire', 0);
    ask(times(2), patience);
    for (const address of flood) patience.see(address, 'Rude/1.0', 3 * minute);
    const answer = { now: 4 * minute, address: '192.0.2.1', agent: 'Rude/1.0', path: '/rss.xml', etag: '"1"' };
    const refusals = [1, 2, 3, 4].map(() => {
      patience.see(answer.address, answer.agent, answer.now);
      return patience.refusal({ ...answer, client: identifyClient(answer.agent) }, 3);
    });
    expect(refusals).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('ends for nobody because the clock was wrong', () => {
    const patience = new Patience();
    const answer = { address: '192.0.2.1', agent: 'Rude/1.0', path: '/rss.xml', etag: '"1"' };
    const refusal = (now: number): number | undefined => {
      patience.see(answer.address, answer.agent, now);
      return patience.refusal({ ...answer, now, client: identifyClient(answer.agent) }, 3);
    };
    const year = 365 * 24 * 60 * minute;
    expect([1, 2, 3, 4].map((i) => refusal(year + i))).toEqual([undefined, undefined, undefined, 3600]);
    expect(refusal(minute)).toBe(undefined);
  });

  it('is that of each feed and client', () => {
    expect(ask([...times(3), { path: '/atom.xml' }, { address: '192.0.2.2' }])).not.toContain(429);
  });

  it('forgives who asks with a condition', () => {
    expect(ask([...times(3), { fields: { 'If-None-Match': '"0"' } }, ...times(3)])).not.toContain(429);
  });
});
