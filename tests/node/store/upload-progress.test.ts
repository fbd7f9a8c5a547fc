import { afterEach, expect, it } from 'vitest';
import { accountFrom } from '../../../src/node/store/cloudflare-api.ts';
import { kvStore, r2Store } from '../../../src/node/store/cloudflare-stores.ts';
import { type StandIn, startStandIn } from './cloudflare-stand-in.ts';

let api: StandIn | undefined;
afterEach(() => api?.close());

it.each([
  ['KV, in batches', kvStore, 'ns', [[20, 20]]],
  ['R2, one by one', r2Store, 'bucket', Array.from({ length: 20 }, (_, i) => [i + 1, 20])],
] as const)('reports the progress of an upload to %s', async (_, open, name, expected) => {
  api = await startStandIn();
  const store = open(accountFrom(api.env), name);
  const told: (readonly [number, number | undefined])[] = [];
  const keys = Array.from({ length: 20 }, (_, i) => `_dateline/objects/${i}.gz`);
  await store.put(
    keys,
    async (key) => new TextEncoder().encode(key),
    (done, total) => told.push([done, total]),
  );
  await store.close();
  expect(told).toEqual(expected);
  expect(api.objects.size).toBe(20);
});
