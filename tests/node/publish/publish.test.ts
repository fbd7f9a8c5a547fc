import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startWorker } from '../../edge/workerd.ts';
import { dateline, type Ended } from '../command.ts';
import { makeFolder, manySeeds, seed } from '../temporary-folder.ts';
import { type StandIn, startStandIn } from './cloudflare-stand-in.ts';

const toml = `name = "here"
compatibility_date = "2026-10-20"
[[kv_namespaces]]
binding = "KV"
id = "local"
[[r2_buckets]]
binding = "R2"
bucket_name = "local"
`;

/** A checkout with seven articles and bound stores. */
function makeCheckout(): string {
  const seeds = Object.entries(manySeeds(7)).map(([path, text]) => [`seeds/${path}`, text]);
  return makeFolder({
    ...Object.fromEntries(seeds),
    'seeds/publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\nitems: 2\n',
    'wrangler.toml': toml,
  });
}

const none = { CLOUDFLARE_ACCOUNT_ID: '', CLOUDFLARE_API_TOKEN: '' };
const publish = (cwd: string, args: readonly string[], env = {}): Promise<Ended> =>
  dateline(['publish', ...args], { cwd, env: { ...none, ...env } });

describe.each(['kv', 'r2'] as const)('dateline publish --store %s --local', (kind) => {
  const store = kind === 'kv' ? 'KV' : 'R2';

  it('fills the store of wrangler dev: a new article appears, and disappears with --rollback', async () => {
    const cwd = makeCheckout();
    const local = ['--store', kind, '--local'];
    const feed = async (): Promise<string> => {
      const worker = await startWorker(makeFolder(), { store, state: join(cwd, '.wrangler/state/v3') });
      try {
        return await (await fetch(new URL('/rss.xml', worker.url))).text();
      } finally {
        await worker.close();
      }
    };
    const first = await publish(cwd, local);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      new RegExp(
        `^dist/site-edge: 7 articles, \\d+ objects for the edge
the local ${store}: (\\d+) of \\1 objects uploaded; it shows edition \\S+\n$`.replace('^dist', '^\\S*dist'),
      ),
    );
    expect(await feed()).toContain('Article 7 ');
    writeFileSync(join(cwd, 'seeds/new.md'), seed('Brand new', '2025-06-01'));
    const second = await publish(cwd, local);
    expect(second.stdout).toMatch(/: [1-9] of \d+ objects uploaded; it shows edition /);
    expect(await feed()).toContain('Brand new');
    const back = await publish(cwd, [...local, '--rollback']);
    const [, edition] = /edition (\S+)\n/.exec(first.stdout) ?? [];
    expect(back).toMatchObject({ code: 0, stdout: `the local ${store} shows edition ${edition} again\n` });
    expect(await feed()).not.toContain('Brand new');
    expect(readdirSync(join(cwd, 'dist'))).toEqual(['site-edge']);
  }, 90_000);
});

describe.each(['kv:ns', 'r2:bucket'])('dateline publish --store %s', (name) => {
  let api: StandIn | undefined;
  afterEach(async () => {
    await api?.close();
    api = undefined;
  });

  it('uploads to an account: objects first, the pointer last, then only new objects', async () => {
    api = await startStandIn();
    const cwd = makeCheckout();
    const first = await publish(cwd, ['--store', name], api.env);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const keys = [...api.objects.keys()];
    expect(keys.slice(-2)).toEqual([
      expect.stringMatching(/^_dateline\/editions\//),
      '_dateline/edition.json',
    ]);
    expect(keys.length).toBeGreaterThan(6);
    const again = await publish(cwd, ['--store', name], api.env);
    expect(again.stdout).toMatch(/: 0 of \d+ objects uploaded; it shows this edition already\n$/);
    const none = await publish(cwd, ['--store', name, '--rollback'], api.env);
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no earlier edition; there are'),
    });
    expect([...api.objects.keys()]).toEqual(keys);
  }, 60_000);

  it('retries when asked to slow down, and reports why it was refused', async () => {
    api = await startStandIn();
    const cwd = makeCheckout();
    api.refusals.push(429, 503, 0);
    expect(await publish(cwd, ['--store', name], api.env)).toMatchObject({ code: 0, stderr: '' });
    const refused = await publish(cwd, ['--store', name], { ...api.env, CLOUDFLARE_API_TOKEN: 'wrong' });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^dateline: Cloudflare answered 403 to \S+: Invalid access token \(9109\)\n$/,
    );
  }, 60_000);
});

describe('dateline publish', () => {
  it.each([
    ['a store that it does not know', ['--store', 's3:x'], 'It must be kv:<namespace id> or r2:<bucket>.'],
    ['no store', [], "required option '--store <name>' not specified"],
    ['no namespace', ['--store', 'kv'], '--store kv names no store; write kv:<namespace id>, or add --local'],
    ['no account', ['--store', 'kv:x'], 'CLOUDFLARE_ACCOUNT_ID is not set in the environment'],
  ])('says what is wrong with %s', async (_, args, message) => {
    const { code, stderr } = await publish(makeCheckout(), args);
    const expected = stderr.startsWith('error: ') ? 2 : 1;
    expect({ code, stderr }).toEqual({ code: expected, stderr: expect.stringContaining(message) });
  });

  it('reports that wrangler.toml binds no store', async () => {
    const cwd = makeCheckout();
    writeFileSync(join(cwd, 'wrangler.toml'), 'name = "here"\ncompatibility_date = "2026-10-20"\n');
    const { code, stderr } = await publish(cwd, ['--store', 'kv', '--local']);
    expect(code).toBe(1);
    expect(stderr).toContain('wrangler.toml binds no "KV"');
  });
});
