import { afterEach, describe, expect, it } from 'vitest';
import { accountFrom, pauseAfter } from '../../../src/node/store/cloudflare-api.ts';
import { r2Store } from '../../../src/node/store/cloudflare-stores.ts';
import { forEachConcurrently } from '../../../src/node/terminal/progress.ts';
import { type StandIn, startStandIn } from './cloudflare-stand-in.ts';

describe('the pause before another attempt', () => {
  it.each<[string, number, string | null, number, number]>([
    ['is as long as requested', 429, '300', 1, 300],
    ['is zero if zero is requested', 503, '0', 3, 0],
    ['is ten minutes at most', 429, '86400', 1, 600],
    ['is zero if its date has passed', 429, 'Wed, 21 Oct 2015 07:28:00 GMT', 1, 0],
    ['lasts until a date', 429, 'Wed, 21 Oct 2099 07:28:00 GMT', 1, 600],
    ['is a minute after too many requests', 429, null, 1, 60],
    ['is short after a failure', 503, null, 1, 1],
    ['grows with each failure', 502, 'soon', 5, 16],
  ])('%s', (_, status, asked, attempt, seconds) => {
    expect(pauseAfter(status, asked, attempt)).toBe(seconds);
  });

  it('outlasts the five minutes for which Cloudflare blocks', () => {
    const pauses = [1, 2, 3, 4, 5].map((attempt) => pauseAfter(429, null, attempt));
    expect(pauses.reduce((sum, seconds) => sum + seconds)).toBeGreaterThanOrEqual(300);
  });
});

describe('an upload of many objects', () => {
  let api: StandIn | undefined;
  afterEach(async () => {
    await api?.close();
    api = undefined;
  });
  const keys = Array.from({ length: 100 }, (_, index) => `object-${index}`);

  it('starts no more after a failure, and rejects when the others have ended', async () => {
    let begun = 0;
    let ended = 0;
    const broken = forEachConcurrently([...keys.keys()], 8, async (thing) => {
      begun++;
      await new Promise(setImmediate);
      if (thing === 3) throw new Error('refused');
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
      ended++;
    });
    await expect(broken).rejects.toThrow('refused');
    expect([begun, ended]).toEqual([8, 7]);
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    expect(begun).toBe(8);
  });

  it('reports each pause', async () => {
    api = await startStandIn();
    const pauses: number[] = [];
    const account = { ...accountFrom(api.env), onPause: (seconds: number) => pauses.push(seconds) };
    api.refusals.push(429, 0);
    await r2Store(account, 'bucket').put(['one'], async (key) => new TextEncoder().encode(key));
    expect(pauses).toEqual([0, 2]);
    expect(api.objects.get('one')).toBe('one');
  });

  it('uploads all, a limited number at a time', async () => {
    const done: number[] = [];
    let busy = 0;
    let most = 0;
    await forEachConcurrently([...keys.keys()], 8, async (thing) => {
      most = Math.max(most, ++busy);
      await new Promise(setImmediate);
      busy--;
      done.push(thing);
    });
    expect([most, done.length]).toEqual([8, 100]);
  });
});
