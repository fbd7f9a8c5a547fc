import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scriptlessPolicy, svgPolicy } from '../../src/http/response/header-fields.ts';
import { routes } from '../../src/http/routes.ts';
import { dateline } from '../node/command.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { buildSite, served } from '../static/site.ts';

const folder = fileURLToPath(new URL('../../docs/deploy/', import.meta.url));
const files = readdirSync(join(folder, 'files'));
const read = (name: string): string => readFileSync(join(folder, 'files', name), 'utf8');
const toml = (name: string) => getStaticTOMLValue(parseTOML(read(name)));

let site: string;
beforeAll(async () => {
  site = await buildSite();
});

describe('docs/deploy', () => {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const text = pages.map((page) => readFileSync(join(folder, page), 'utf8')).join('\n');
  const caches = readFileSync(join(folder, '../caches.md'), 'utf8');

  it.each(files)('links to the file %s', (name) => {
    expect(text + caches).toContain(`files/${name})`);
  });

  it('links only to what is there, and lists each page', () => {
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
    const index = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const page of pages) if (page !== 'README.md') expect(index).toContain(`(${page})`);
  });

  /** The words after `dateline` in a file, with its other forms of quoting. */
  const commands = [...files.map((name) => [name, read(name)] as const), ['the pages', text] as const].flatMap(
    ([name, text]) => {
      const calls = text.matchAll(/(?:npx dateline|dateline\.cjs["',]*) ?([^\n`\]]*)/g);
      return [...calls].map(([, words = '']) => [name, words.replace(/["',]/g, ' ').trim().split(/\s+/)] as const);
    },
  );

  it.each(commands)('%s calls a command with options that it has: %j', async (_, [command = '', ...words]) => {
    const { code, stdout } = await dateline([command, '--help']);
    expect({ code, command: stdout.split('\n')[0] }).toEqual({ code: 0, command: expect.stringContaining(command) });
    for (const option of words.filter((word) => /^--[a-z]/.test(word))) expect(stdout).toContain(` ${option}`);
  });
});

describe('the recipe for Netlify', () => {
  it('publishes what it builds, with the rules that Netlify reads', () => {
    const { build } = toml('netlify.toml') as { build: { command: string; publish: string } };
    expect(build.command).toContain(`--out ${build.publish}`);
    expect(existsSync(join(site, '_headers')) && existsSync(join(site, '_redirects'))).toBe(true);
  });

  it('answers 410 with the page of a withdrawn article', () => {
    const { build } = toml('netlify.toml') as { build: { command: string } };
    const built = makeFolder({
      'articles/a.html': '',
      'articles/b.html': '',
      'articles/b.gone': '',
      _redirects: '/x /y\n',
    });
    const [, rest = ''] = /(?=\bfind )([\s\S]*)/.exec(build.command) ?? [];
    expect(spawnSync('sh', ['-c', rest], { cwd: built }).status).toBe(0);
    expect(readFileSync(join(built, '_redirects'), 'utf8')).toBe('/x /y\n/articles/b /articles/b 410!\n');
  });
});

describe('the recipe for Vercel', () => {
  interface Rules {
    readonly buildCommand: string;
    readonly outputDirectory: string;
    readonly headers: readonly { source: string; headers: readonly { key: string; value: string }[] }[];
    readonly rewrites: readonly { source: string; destination: string }[];
  }
  const { buildCommand, outputDirectory, headers, rewrites } = JSON.parse(read('vercel.json')) as Rules;
  const fieldsAt = (path: string) =>
    Object.fromEntries(
      headers
        .filter(({ source }) => new RegExp(`^${source}$`).test(path))
        .flatMap((rule) => rule.headers.map(({ key, value }) => [key, value])),
    );

  it('publishes what it builds', () => {
    expect(buildCommand).toContain(`--out ${outputDirectory}`);
  });

  it.each(served.filter(([, type]) => !type.startsWith('text/html')))('gives %s the type %s', (path, type) => {
    expect(fieldsAt(path)).toMatchObject({ 'Content-Type': type, 'Access-Control-Allow-Origin': '*' });
  });

  it('runs no script in a picture, and leaves the type of pages alone', () => {
    for (const path of ['/media/a/mark.svg', '/media/a/mark.Svg', '/own.SVG'])
      expect(fieldsAt(path)).toMatchObject({ 'Content-Security-Policy': svgPolicy });
    for (const path of ['/google1234', '/own.xml', '/own/page.html', '/a.xhtml'])
      expect(fieldsAt(path)).toMatchObject({ 'Content-Security-Policy': scriptlessPolicy });
    for (const path of ['/', '/articles/hello', '/archive/3', '/tags/a', '/subscribe', '/404'])
      expect(fieldsAt(path)).not.toHaveProperty('Content-Security-Policy');
    expect(fieldsAt('/articles/rss.xml-explained')).not.toHaveProperty('Content-Type');
  });

  it.each(routes.flatMap(({ path, aliases = [] }) => aliases.map((alias) => [alias, path] as const)))(
    'answers %s with %s',
    (alias, path) => {
      const asked = alias.replace(/(.)\/$/, '$1');
      const found = rewrites.find(({ source }) => new RegExp(`^${source}$`).test(asked));
      expect(found?.destination).toBe(path);
    },
  );
});

describe('the recipe for S3 and CloudFront', () => {
  const fileOf = (uri: string): string =>
    runInNewContext(`${read('cloudfront.js')}\nhandler({ request: { uri } }).uri`, { uri });

  it.each([...served.map(([path]) => path), '/tags/gr%C3%B6%C3%9Fe/', '/media/mark.svg'])(
    'finds the file of %s',
    (path) => {
      expect(existsSync(join(site, decodeURIComponent(fileOf(path))))).toBe(true);
    },
  );

  it.each(routes.flatMap(({ path, aliases = [] }) => aliases.map((alias) => [alias, path] as const)))(
    'answers %s with %s',
    (alias, path) => {
      expect(fileOf(alias)).toBe(path);
    },
  );

  it('finds an article with a dot in its name, and another file of the site', () => {
    expect(fileOf('/articles/node.js')).toBe('/articles/node.js.html');
    expect(fileOf('/.well-known/security.txt')).toBe('/.well-known/security.txt');
  });

  it('lets no script run in a file, and leaves pages their own policy', () => {
    const policyOf = (uri: string): string | undefined =>
      runInNewContext(
        `${read('cloudfront-response.js')}\nhandler({ request: { uri }, response: { headers: {} } }).headers`,
        { uri },
      )['content-security-policy']?.value;
    for (const uri of ['/media/a.svg', '/media/a.Svg', '/own.SVG']) expect(policyOf(uri)).toBe(svgPolicy);
    for (const uri of ['/google1234.html', '/own.xml', '/a.xhtml', '/rss.xml', '/own/x.html'])
      expect(policyOf(uri)).toBe(scriptlessPolicy);
    for (const uri of ['/index.html', '/articles/a.html', '/archive/3.html', '/tags/a.html', '/subscribe.html'])
      expect(policyOf(uri)).toBeUndefined();
  });

  it('uploads each feed with its type', () => {
    const script = read('upload.sh');
    execFileSync('bash', ['-n', join(folder, 'files/upload.sh')]);
    for (const [path, type] of served) {
      const name = path.split('/').at(-1) ?? '';
      if (!type.startsWith('text/html'))
        expect(script).toMatch(new RegExp(`^upload '\\*?${name}' '${type.replace('+', '\\+')}'$`, 'm'));
    }
  });
});

describe('the recipes for containers', () => {
  const port = '8080';

  it.each(['Dockerfile', 'lambda.Dockerfile'])('%s starts one process as a user without rights', (name) => {
    const text = read(name);
    const stages = [...text.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(stages).toEqual(['node:24-slim', 'node:24-slim']);
    const [, last = ''] = text.split(/^USER node$/m);
    expect(last).not.toMatch(/^(?:RUN|COPY|USER)/m);
    const [, command = ''] = /^CMD (\[.*\])$/m.exec(last) ?? [];
    expect(JSON.parse(command)).toEqual(expect.arrayContaining(['node', 'serve', '--port', port]));
  });

  it('agree on the port, the check of health and the volume', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile).toContain(`EXPOSE ${port}\n`);
    expect(dockerfile).toContain(`http://127.0.0.1:${port}/healthz`);
    const fly = toml('fly.toml') as {
      http_service: { internal_port: number; checks: { path: string }[] };
      mounts: { destination: string }[];
    };
    expect(fly.http_service).toMatchObject({ internal_port: Number(port), checks: [{ path: '/healthz' }] });
    expect(dockerfile).toContain(`VOLUME ${fly.mounts[0]?.destination}\n`);
    const { spec } = parse(read('cloud-run.yaml'));
    const [container] = spec.template.spec.containers;
    expect(container.ports).toEqual([{ containerPort: Number(port) }]);
    expect(container.startupProbe.httpGet.path).toBe('/healthz');
    expect(read('lambda.Dockerfile')).toContain(`AWS_LWA_PORT=${port} AWS_LWA_READINESS_CHECK_PATH=/healthz`);
  });
});

describe('the workflow of GitHub Actions', () => {
  it('keeps between runs what the commands remember', () => {
    const { jobs } = parse(read('publish.yml'));
    const steps: { uses?: string; run?: string; with?: Record<string, unknown> }[] = jobs.publish.steps;
    const cache = steps.findIndex(({ uses }) => uses?.startsWith('actions/cache@'));
    expect(String(steps[cache]?.with?.path).trim().split(/\s+/)).toEqual(['seeds/.dateline', 'dist/site-pinged.json']);
    const order = steps.map(({ run = '' }) => /dateline (\w+)/.exec(run)?.[1]).filter(Boolean);
    expect(order).toEqual(['check', 'publish', 'ping']);
    expect(steps.findIndex(({ run }) => run?.includes('dateline'))).toBeGreaterThan(cache);
  });
});
