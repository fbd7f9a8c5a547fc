import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountFrom } from '../../../src/node/store/cloudflare-api.ts';
import { kvStore, r2Store } from '../../../src/node/store/cloudflare-stores.ts';
import { folderStore } from '../../../src/node/store/folder-store.ts';
import { parseStoreName } from '../../../src/node/store/store-name.ts';
import { afterFile } from '../../after-file.ts';
import { longAgo, makeFolder } from '../temporary-folder.ts';
import { startStandIn } from './cloudflare-stand-in.ts';
import { bytes, describeStore } from './store-contract.ts';

async function account() {
  const api = await startStandIn();
  afterFile(() => api.close());
  return accountFrom(api.env);
}

describeStore('a folder', async () => folderStore(join(makeFolder(), 'new')), true);
describeStore('KV', async () => kvStore(await account(), 'ns'), false);
describeStore('R2', async () => r2Store(await account(), 'bucket'), false);

describe('a folder as a store', () => {
  const folder = makeFolder();
  const store = folderStore(folder);

  it('streams a part of a file', async () => {
    await store.put(['_dateline/files/a'], async () => bytes('0123456789'));
    expect(await new Response(await store.stream('_dateline/files/a', 3, 6)).text()).toBe('3456');
    await expect(store.stream('_dateline/files/b', 0, 1)).rejects.toThrow('ENOENT');
  });

  it('holds no unfinished files, those of a killed run included', async () => {
    const part = join(folder, '_dateline/.dateline-000000-1-00000000-1.part');
    writeFileSync(part, 'half');
    utimesSync(part, longAgo, longAgo);
    await store.replace('_dateline/edition.json', bytes('1'), undefined);
    expect(readdirSync(join(folder, '_dateline')).sort()).toEqual(['edition.json', 'files']);
  });

  it('names the path and the fix if it cannot be written', async () => {
    mkdirSync(join(folder, '_dateline/taken'));
    await expect(store.put(['_dateline/taken'], async () => bytes('x'))).rejects.toThrow(
      `${join(folder, '_dateline/taken')} cannot be written: a folder has this name; choose another name`,
    );
  });
});

describe('--store', () => {
  it.each([
    ['/srv/news', 'folder'],
    ['./news', 'folder'],
    ['../news', 'folder'],
    ['.', 'folder'],
    ['stores/news', 'folder'],
    ['s3://bucket', 's3'],
    ['kv:0123', 'kv'],
    ['r2', 'r2'],
  ])('%s is a store of the kind %s', (text, kind) => {
    expect(parseStoreName(text).kind).toBe(kind);
  });
  it('may have a prefix for one of several publications', () => {
    expect(parseStoreName('kv:ns/daily.example/')).toEqual({ kind: 'kv', id: 'ns', prefix: 'daily.example/' });
    expect(parseStoreName('r2:/a/b')).toEqual({ kind: 'r2', id: '', prefix: 'a/b/' });
  });
  it.each(['news', '', 'gs://bucket', 'https://news.example/', 'kv:a/', 'kv:a b', 'r2:'])('"%s" is none', (text) => {
    expect(() => parseStoreName(text)).toThrow('It must be a folder such as ./store or /srv/news,');
  });
});
