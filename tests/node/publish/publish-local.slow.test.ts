import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startWorker } from '../../edge/workerd.ts';
import { type Ended, startDateline } from '../command.ts';
import { makeFolder, seed } from '../temporary-folder.ts';
import { makeCheckout, noAccount } from './checkout.ts';

const publish = (cwd: string, args: readonly string[]): Promise<Ended> =>
  startDateline(['publish', ...args], { cwd, env: noAccount });

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

describe('dateline publish --local', () => {
  it('reports that wrangler.toml binds no store', async () => {
    const cwd = makeCheckout();
    writeFileSync(join(cwd, 'wrangler.toml'), 'name = "here"\ncompatibility_date = "2026-10-20"\n');
    const { code, stderr } = await publish(cwd, ['--store', 'kv', '--local']);
    expect(code).toBe(1);
    expect(stderr).toContain('wrangler.toml binds no "KV"');
  });
});
