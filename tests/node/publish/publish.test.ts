import { afterEach, describe, expect, it } from 'vitest';
import { dateline, type Ended } from '../command.ts';
import { type StandIn, startStandIn } from '../store/cloudflare-stand-in.ts';
import { makeCheckout, noAccount } from './checkout.ts';

const publish = (cwd: string, args: readonly string[], env = {}): Promise<Ended> =>
  dateline(['publish', ...args], { cwd, env: { ...noAccount, ...env } });

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
    expect(keys.slice(-2)).toEqual([expect.stringMatching(/^_dateline\/editions-6\//), '_dateline/edition-6.json']);
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
    expect(refused.stderr).toMatch(/^dateline: Cloudflare answered 403 to \S+: Invalid access token \(9109\)\n$/);
  }, 60_000);
});

describe('dateline publish', () => {
  it.each([
    [
      'a store that it does not know',
      ['--store', 's3:x'],
      'It must be a folder such as ./store or /srv/news, s3://bucket/prefix, kv:<namespace id> or r2:<bucket>, these with /prefix or without.',
    ],
    ['no store', [], "required option '--store <name>' not specified"],
    ['no namespace', ['--store', 'kv'], '--store kv names no store; write kv:<namespace id>, or add --local'],
    ['no bucket', ['--store', 's3://'], 's3:// is no bucket; write s3://bucket or s3://bucket/prefix'],
    ['no key', ['--store', 's3://news'], 'AWS_ACCESS_KEY_ID is not set in the environment; s3://news needs it'],
    ['no account', ['--store', 'kv:x'], 'CLOUDFLARE_ACCOUNT_ID is not set in the environment'],
  ])('says what is wrong with %s', async (_, args, message) => {
    const { code, stderr } = await publish(makeCheckout(), args);
    const expected = stderr.startsWith('error: ') ? 2 : 1;
    expect({ code, stderr }).toEqual({ code: expected, stderr: expect.stringContaining(message) });
  });
});
