import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { assignFields, licenses } from '../rolldown.config.ts';
import { builtCommand, checkout } from './node/command.ts';
import { makeFolder } from './node/temporary-folder.ts';

const text = readFileSync(join(builtCommand, '../LICENSES.txt'), 'utf8');
/** Packages with their texts, which follow a line such as `yaml 2.9.1: ISC`. */
const parts = text.split(/^((?:@[\w.-]+\/)?[\w.-]+) \d+\.\d+\.\d+\S*: [^\n]+\n\n/m).slice(1);
const texts = new Map(parts.flatMap((name, i) => (i % 2 === 0 ? [[name, parts[i + 1] ?? ''] as const] : [])));

describe('the licenses of the bundled command', () => {
  it('are complete for every package', () => {
    expect([...texts.keys()]).toEqual(expect.arrayContaining(['hono', 'yaml', 'saxes', 'feedsmith', 'sanitize-html']));
    expect(texts.size).toBeGreaterThan(60);
    const short = [...texts].filter(([, license]) => license.length < 400 || !/copyright/i.test(license));
    expect(short.map(([name]) => name)).toEqual([]);
  });

  it('are kept only for packages that are bundled and publish no text', () => {
    const kept = readdirSync(join(checkout, 'licenses'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.txt'))
      .map((file) => file.slice(0, -'.txt'.length));
    expect(kept.length).toBeGreaterThan(0);
    for (const name of kept) {
      expect(texts.has(name)).toBe(true);
      expect(readdirSync(join(checkout, 'node_modules', name)).filter((file) => /^licen[cs]e/i.test(file))).toEqual([]);
    }
  });

  it('stop a build that would bundle a package without one', async () => {
    const manifest = JSON.stringify({ name: 'bare', version: '1.2.3', license: 'MIT', main: 'index.js' });
    const files = {
      'entry.js': "import bare from 'bare';\nconsole.log(bare());\n",
      'node_modules/bare/package.json': manifest,
      'node_modules/bare/index.js': 'export default () => document.title;\n',
    };
    const build = async (more: Readonly<Record<string, string>>) => {
      const bundle = await rolldown({
        input: join(makeFolder({ ...files, ...more }), 'entry.js'),
        plugins: [licenses()],
      });
      const { output } = await bundle.generate();
      return output.flatMap((part) => (part.type === 'asset' ? [part.source] : [])).join('');
    };
    await expect(build({})).rejects.toThrow(
      'bare 1.2.3 has no license text; put that of its repository into licenses/',
    );
    await expect(build({ 'node_modules/bare/LICENSE': ' \n' })).rejects.toThrow('bare 1.2.3 has no license text');
    expect(await build({ 'node_modules/bare/LICENCE.md': 'Do as you like.' })).toBe(
      'bare 1.2.3: MIT\n\nDo as you like.\n\n',
    );
  });
});

describe('markdown-it in the bundled command', () => {
  it('assigns the fields that its package defines with a helper', async () => {
    const input = join(makeFolder(), 'entry.js');
    writeFileSync(
      input,
      `export { default } from '${join(checkout, 'node_modules/markdown-it/dist/markdown-it.mjs')}';`,
    );
    const fieldsIn = async (plugins: Plugin[]) => {
      const { output } = await (await rolldown({ input, plugins })).generate();
      return output[0].code.match(/_defineProperty\(\s*this,/g)?.length ?? 0;
    };
    // Once it publishes plain fields, the workaround can go.
    expect(await fieldsIn([])).toBeGreaterThan(40);
    expect(await fieldsIn([assignFields()])).toBe(0);
  });
});

describe('the scheduled check', () => {
  const workflow = parse(readFileSync(join(checkout, '.github/workflows/check.yml'), 'utf8')) as {
    readonly on: { readonly schedule: readonly { readonly cron: string }[] };
    readonly jobs: Readonly<
      Record<string, { readonly if?: string; readonly steps: readonly { readonly run?: string }[] }>
    >;
  };

  it('runs daily and fails on any advisory for a package that is bundled', () => {
    expect(workflow.on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }]);
    const { dependencies } = workflow.jobs;
    expect(dependencies?.if).toBeUndefined();
    expect(dependencies?.steps.map(({ run }) => run)).toContain('npm audit --omit=dev');
  });

  it('covers every package that the command bundles', () => {
    const lock: { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> } = JSON.parse(
      readFileSync(join(checkout, 'package-lock.json'), 'utf8'),
    );
    const installed = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true);
    const names = new Set(installed.map(([path]) => path.replace(/^.*node_modules\//, '')));
    expect([...texts.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});
