import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeFolder } from '../../../src/node/build/build.ts';
import { publishEdition } from '../../../src/node/publish/publish-edition.ts';
import { rollBack } from '../../../src/node/publish/roll-back.ts';
import { s3Store } from '../../../src/node/store/s3-store.ts';
import { editionPath } from '../../../src/publication/stored/stored.ts';
import { storedPublication } from '../../../src/store/stored-publication.ts';
import { dateline } from '../command.ts';
import { type Conditions, hasS3Server, type S3Server, startS3Server } from '../store/s3-server.ts';
import { makeFolder } from '../temporary-folder.ts';
import { makeCheckout, noAccount } from './checkout.ts';
import { memoryStore } from './memory-store.ts';
import { at, moment, out, publishArticles } from './published-articles.ts';

async function built(count: number, minute: number): Promise<string> {
  await publishArticles(memoryStore(), count, minute);
  const folder = join(makeFolder(), 'edge');
  cpSync(edgeFolder(out), folder, { recursive: true });
  return folder;
}

const day = 86_400_000;

describe.runIf(hasS3Server).each<Conditions>(['kept', 'refused', 'ignored'])(
  's3rver, with conditions %s (S3RVER)',
  (conditions) => {
    let server: S3Server;
    beforeAll(async () => {
      server = await startS3Server(conditions);
    });
    afterAll(() => server.close());

    /** Reads all pages, and returns the number of the newest article. */
    async function shown(address: string): Promise<number> {
      const edition = await storedPublication(s3Store(address, server.env)).edition();
      const { slices } = await edition.slices(at(59));
      for (const slice of slices) expect(await edition.page({ slice }, at(59))).toBeDefined();
      return Number((await edition.page({}, at(59)))?.articles[0]?.slug);
    }

    it('stores, replaces, rolls back and deletes', async () => {
      const address = 's3://news/a b/ü&+';
      const store = s3Store(address, server.env);
      const one = await publishEdition(await built(20, 1), store, { started: moment(1) });
      expect(one).toMatchObject({ uploaded: one.objects, deleted: 0 });
      expect(await shown(address)).toBe(20);
      const next = await built(21, 2);
      server.requests.length = 0;
      await publishEdition(next, store, { started: moment(2) });
      expect(server.requests.length).toBeLessThanOrEqual(30);
      expect(await shown(address)).toBe(21);
      await rollBack(store, moment(3));
      expect(await shown(address)).toBe(20);
      const last = await publishEdition(await built(23, 4), store, { started: moment(4) + 40 * day });
      const later = await publishEdition(await built(24, 5), store, { started: moment(5) + 80 * day });
      expect(last.deleted + later.deleted).toBeGreaterThan(0);
      expect(await shown(address)).toBe(24);
    });

    it('shows the run that began later', async () => {
      const address = 's3://news/runs';
      const store = s3Store(address, server.env);
      const [older, newer] = [await built(21, 2), await built(22, 3)];
      await publishEdition(await built(20, 1), store, { started: moment(1) });
      const slow = { ...store };
      slow.put = async (keys, read, onProgress) => {
        slow.put = store.put;
        await publishEdition(newer, store, { started: moment(3) });
        return store.put(keys, read, onProgress);
      };
      const ended = publishEdition(older, slow, { started: moment(2) });
      // Without compare-and-swap, an overlap of one request remains; here, it is longer.
      if (conditions === 'ignored') await ended;
      else await expect(ended).rejects.toThrow(/^s3:\/\/news\/runs shows an edition of a run that began at .*12:03/);
      expect(await shown(address)).toBe(conditions === 'ignored' ? 21 : 22);
    });

    it('resumes an upload of 1,000 objects and more', async () => {
      const store = s3Store('s3://news/many', server.env);
      const folder = await built(2400, 6);
      const broken = {
        ...store,
        put: (keys: readonly string[], read: Parameters<typeof store.put>[1]) =>
          store.put(keys.slice(0, 1100), read).then(() => Promise.reject(new Error('the line went dead'))),
      };
      await expect(publishEdition(folder, broken, { started: moment(1) })).rejects.toThrow('the line went dead');
      const { uploaded, objects } = await publishEdition(folder, store, { started: moment(2) });
      expect(uploaded).toBe(objects - 1100);
      expect(await store.get(editionPath)).toBeDefined();
    });

    it('is a store of the command, which says why it was refused', async () => {
      const cwd = makeCheckout();
      const publish = (address: string, env = {}) =>
        dateline(['publish', '--store', address], { cwd, env: { ...noAccount, ...server.env, ...env } });
      expect(await publish('s3://news/cli')).toMatchObject({ code: 0, stderr: '' });
      expect((await publish('s3://news/cli')).stdout).toContain('it shows this edition already');
      expect((await publish('s3://news/cli', { AWS_ACCESS_KEY_ID: 'stranger' })).stderr).toMatch(
        /^dateline: \S+ answered 403 to GET \S+: InvalidAccessKeyId\n$/,
      );
      expect((await publish('s3://none')).stderr).toMatch(/ answered 404 to \S+ \S+: NoSuchBucket\n$/);
    });
  },
);
