import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { routes } from '../src/http/routes.ts';
import { createFeeds } from '../src/index.ts';
import { podcastKeys } from '../src/publication/file/podcast-keys.ts';
import { publicationKeys } from '../src/publication/file/publication-file.ts';
import { dateline } from './node/command.ts';

const root = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');

/** The pages for users, by path. */
const pages = new Map(
  [
    'README.md',
    ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
  ]
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/decisions/'))
    .map((path) => [path, readFileSync(new URL(path, root), 'utf8')] as const),
);
const documents = [...pages.values()].join('\n');
const architecture = readFileSync(new URL('ARCHITECTURE.md', root), 'utf8');

/** Returns what the command line says about itself, so that no command or option is forgotten. */
async function help(...command: readonly string[]): Promise<string> {
  return (await dateline([...command, '--help'])).stdout;
}

/** Returns the names that a help text lists under a heading: `serve`, `--port`. */
function listed(text: string, heading: string): string[] {
  const section = text.split(`${heading}:\n`)[1]?.split('\n\n')[0] ?? '';
  return [...section.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+|[a-z]+)/gm)].map(([, name = '']) => name);
}

const commands = listed(await help(), 'Commands').filter((name) => name !== 'help');
const options = listed(await help(), 'Options').filter((name) => !['--help', '--version'].includes(name));
for (const command of commands)
  options.push(...listed(await help(command), 'Options').filter((name) => name !== '--help'));

describe('docs/embedding.md shows', () => {
  const page = pages.get('docs/embedding.md') ?? '';
  const examples = [...page.matchAll(/```ts\n(import[\s\S]*?)```/g)]
    .map(([, code = '']) => code)
    .filter((code) => code.includes('const feeds'));

  it('examples', () => expect(examples.length).toBeGreaterThan(1));

  it.each(examples)('feeds that answer: %#', (code) => {
    const here = code.replace(/'dateline-feeds'/g, `'${new URL('src/index.ts', root)}'`);
    const asked = `${here}
const response = await feeds.request('/news/rss.xml');
console.log(JSON.stringify([response.status, await response.text()]));`;
    const [status, feed] = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module-typescript', '--eval', asked], { encoding: 'utf8' }),
    );
    expect(status).toBe(200);
    expect(feed).toMatch(/https:\/\/example\.org\/news\/(?:articles\/hello|1)</);
  });
});

describe('The loader in docs/embedding.md', () => {
  const page = pages.get('docs/embedding.md') ?? '';
  const [, code = ''] = /```ts\n(const feeds = createFeeds[\s\S]*?)```/.exec(page) ?? [];
  const rows = Array.from({ length: 60 }, (_, i) => ({
    id: i,
    slug: `post-${i}`,
    title: `Post ${i}`,
    html: `<p>Text ${i}.</p>`,
    published: new Date(Date.UTC(2026, 0, 60 - i)),
  }));
  const db = {
    query: async (_: string, [before, slug, limit]: [Date, string | null, number]) => ({
      rows: rows.filter((row) => row.published < before && (slug === null || row.slug === slug)).slice(0, limit),
    }),
  };
  const site = { title: 'News', url: 'https://example.org/news/' };
  const feeds = new Function('createFeeds', 'site', 'db', `${code}; return feeds;`)(createFeeds, site, db);

  it('finds each page that an archive links to', async () => {
    const front = await (await feeds.request('/news/')).text();
    const [, older = ''] = /href="\.\/(archive\/\d+)"/.exec(front) ?? [];
    const archive = await (await feeds.request(`/news/${older}`)).text();
    expect(archive).toContain('articles/post-59"');
    expect((await feeds.request('/news/articles/post-59')).status).toBe(200);
  });
});

describe('A page for users documents', () => {
  it.each(commands)('the command %s', (command) => {
    expect(documents).toMatch(new RegExp(`^\\| \`dateline ${command}[ \`]`, 'm'));
  });
  it.each([...new Set(options)])('the option %s', (option) => {
    expect(documents).toContain(`\`${option}\``);
  });
  it.each([...routes.flatMap(({ path, aliases = [] }) => [path, ...aliases]), '/healthz'])(
    'the address %s',
    (address) => {
      // The addresses of a slice are those of the publication, below its own.
      const path = address
        .replace(/\{.*?\}/, '')
        .replace(/^(\/(?:feeds|tags|authors|languages|podcast|sections)\/:slug).+/, '$1/…');
      expect(documents).toContain(`\`${path.replace(':archive', '{n}').replace(/:(\w+)/g, '{$1}')}\``);
    },
  );
  it.each(Object.keys(publicationKeys))('the key %s', (key) => {
    expect(documents).toMatch(new RegExp(`^\\| \`${key}\` \\|`, 'm'));
  });
  it.each(Object.keys(podcastKeys))('the key podcast.%s', (key) => {
    expect(documents).toMatch(new RegExp(`^\\| \`podcast.${key}\` \\|`, 'm'));
  });
  it.each(['SITE_URL', 'PORT', 'HOST'])('the environment variable %s', (name) => {
    expect(documents).toContain(`\`${name}\``);
  });
  it.each(
    [...new Set(readFileSync(new URL('public/style.css', root), 'utf8').match(/^ +--\w+(?=:)/gm))].map((name) =>
      name.trim(),
    ),
  )('the property %s of the stylesheet', (name) => {
    expect(documents).toContain(`${name}: `);
  });
  it('no option that no command takes', () => {
    const written = [...documents.matchAll(/`(--[a-z-]+)`/g)].map(([, option]) => option);
    expect(written.filter((option) => !options.includes(option ?? ''))).toEqual([]);
  });
});

describe('README.md', () => {
  it('is one screen', () => {
    expect(readme.split(/\s+/).length).toBeLessThanOrEqual(600);
  });

  it.each([...pages.keys()].filter((path) => path !== 'README.md'))('leads to %s', (path) => {
    // Pages in a folder of docs/ may have a page that leads to them: docs/deploy/README.md, docs/beside-a-site.md.
    const inFolder = [path.replace(/[^/]+$/, 'README.md'), `${dirname(path)}.md`];
    const from = inFolder.find((page) => page !== 'docs/README.md' && pages.has(page)) ?? 'README.md';
    expect(path === from || pages.get(from)?.includes(`](${relative(dirname(from), path)}`)).toBe(true);
  });
});

/** Returns the anchors that GitHub gives to the headings of a page. */
function anchors(text: string): string[] {
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('A link in a document leads to a page and heading that exist', () => {
  const all = new Map(
    [...readdirSync(root), ...readdirSync(new URL('docs/', root), { recursive: true }).map((name) => `docs/${name}`)]
      .filter((path) => path.endsWith('.md'))
      .map((path) => [path, readFileSync(new URL(path, root), 'utf8')] as const),
  );
  it.each([...all.keys()])('from %s', (path) => {
    const links = [...(all.get(path) ?? '').replace(/^```[\s\S]*?^```|`[^`\n]+`/gm, '').matchAll(/\]\(([^)\s]+)\)/g)];
    const broken = links
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        if (!existsSync(new URL(target, root))) return true;
        return anchor !== undefined && !anchors(all.get(target) ?? '').includes(anchor);
      });
    expect(broken).toEqual([]);
  });
});

/** Returns the folders of the map, a tree indented by two spaces. */
function mapped(text: string): string[] {
  const [, map = ''] = /The folders of `src\/`:\n\n```\n([^`]*)```/.exec(text) ?? [];
  const above: string[] = [];
  return [...map.matchAll(/^( *)(\S+)\//gm)].map(([, indent = '', name = '']) => {
    above.splice(indent.length / 2, Number.POSITIVE_INFINITY, name);
    return above.join('/');
  });
}

describe('ARCHITECTURE.md', () => {
  const source = new URL('src/', root);
  const folders = readdirSync(source, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => join(relative(fileURLToPath(source), parentPath), name));

  it('maps each folder of src, and no other', () => {
    expect(mapped(architecture).sort()).toEqual(folders.sort());
  });

  it('is one page', () => {
    expect(architecture.split(/\s+/).length).toBeLessThan(900);
  });
});

/** In bytes, milliseconds or pieces. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  characters: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  MB: 1_000_000,
  GB: 1_000_000_000,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
};

describe('docs/security.md', () => {
  const page = readFileSync(new URL('docs/security.md', root), 'utf8');
  const row = /^\| (.*) \| ([\d,]+)(?: (\w+))? \| `(\S+)`, `(\w+)` \|$/gm;
  const limits = [...page.matchAll(row)].map(([, what = '', number = '', unit = '', file = '', name = '']) => ({
    what,
    value: Number(number.replaceAll(',', '')) * (units[unit] ?? Number.NaN),
    file,
    name,
  }));

  it('has all rows of its table in the form that is compared', () => {
    const [, table = ''] = page.split('| what | limit | set in |\n|---|---|---|\n');
    expect(limits.length).toBeGreaterThan(25);
    expect(limits).toHaveLength(table.split('\n\n')[0]?.split('\n').length ?? 0);
  });

  it.each(limits)('states what $file sets: $what', ({ value, file, name }) => {
    const code = readFileSync(new URL(file, root), 'utf8');
    const set = [...code.matchAll(new RegExp(`\\b${name}\\s*[:=]\\s*([1-9][\\d_* ]*)`, 'g'))].map(([, product = '']) =>
      product.split('*').reduce((all, factor) => all * Number(factor.replaceAll('_', '')), 1),
    );
    expect(set).toEqual([value]);
  });
});

describe('docs/decisions', () => {
  const folder = new URL('docs/decisions/', root);
  const pages = readdirSync(folder).filter((name) => name !== 'README.md');
  const index = readFileSync(new URL('README.md', folder), 'utf8');

  it.each(pages)('%s has a context, a decision and consequences, and stands in the list', (page) => {
    const text = readFileSync(new URL(page, folder), 'utf8');
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, name]) => name)).toEqual(['Context', 'Decision', 'Consequences']);
    expect(index).toContain(`(${page})`);
  });

  it('weighs every dependency that is installed with the package', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const page = readFileSync(new URL('dependencies.md', folder), 'utf8');
    expect(Object.keys(dependencies).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
