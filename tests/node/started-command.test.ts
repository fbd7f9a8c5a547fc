import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { builtCommand, checkout, dateline, manifest, startDateline } from './command.ts';
import { makeFolder, seed } from './temporary-folder.ts';

const files = {
  'seeds/publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\nhub: https://hub.example/\n',
  'seeds/a.md': seed('A'),
  'drafts/b.md': '# B\n\nsoon\n',
  'old.json': JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Old',
    items: [{ id: 'urn:x', title: 'Old', content_html: '<p>It was.</p>', date_published: '2019-03-02T00:00:00Z' }],
  }),
};
const env = { CLOUDFLARE_ACCOUNT_ID: '', CLOUDFLARE_API_TOKEN: '' };

/** As it is bundled or, in `npm run test:slow`, as npx starts it in a checkout, which takes twice as long. */
const command = inject('step') === 'quick' ? builtCommand : join(checkout, manifest.bin.dateline);

// Other tests run commands inside the process of the tests. `serve` is started in serve/serve.test.ts.
describe(`a command that is started by ${basename(command)}`, () => {
  it.each([
    { args: ['init', 'blog', '--url', 'https://blog.example/'], code: 0 },
    { args: ['import', 'old.json', 'seeds'], code: 0 },
    { args: ['new', 'Hello', 'seeds'], code: 0 },
    { args: ['check', 'seeds'], code: 0 },
    { args: ['check', 'drafts'], code: 1 },
    { args: ['build', 'seeds'], code: 0 },
    { args: ['publish', '--store', 'kv:x'], code: 1 },
    { args: ['ping', 'seeds', '--dry-run'], code: 0 },
    { args: ['srve'], code: 2 },
  ])('ends by itself, as it does inside a program: $args', async ({ args, code }) => {
    const [there, here] = [makeFolder(files), makeFolder(files)];
    const started = await startDateline(args, { command, cwd: there, env });
    const { stdout, stderr } = await dateline(args, { cwd: here, env });
    expect(started).toEqual({
      code,
      stdout: stdout.replaceAll(here, there),
      stderr: stderr.replaceAll(here, there),
    });
    const list = (folder: string) => readdirSync(folder, { recursive: true }).toSorted();
    expect(list(there)).toEqual(list(here));
  });
});
