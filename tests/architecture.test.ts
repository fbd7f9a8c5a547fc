import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

interface Import {
  /** A package's or module's name, or the path of a file of ours, below src. */
  readonly from: string;
  readonly isType: boolean;
}

interface SourceFile {
  readonly path: string;
  readonly lines: number;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

const files = new Map<string, SourceFile>();
for (const name of readdirSync(src, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!name.endsWith('.ts')) continue;
  const path = name.replaceAll('\\', '/');
  const text = readFileSync(join(src, name), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');
  files.set(path, { path, lines: text.split('\n').length - 1, code, imports: importsOf(path, code) });
}

function importsOf(path: string, code: string): Import[] {
  const statement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  return [...code.matchAll(statement)].map(([, type, named, dynamic]) => {
    const from = named ?? dynamic ?? '';
    return {
      from: from.startsWith('.') ? join(dirname(path), from).replaceAll('\\', '/') : from,
      isType: type !== undefined,
    };
  });
}

/** Every import that a file of ours makes, as `file → what`. */
function importers(of: RegExp, except: RegExp): string[] {
  return [...files.values()]
    .filter(({ path }) => !except.test(path))
    .flatMap(({ path, imports }) => imports.filter(({ from }) => of.test(from)).map(({ from }) => `${path} → ${from}`));
}

/** Every file whose code has this text, except those that may have it. */
function users(of: RegExp, except: RegExp): string[] {
  return [...files.values()].filter(({ path, code }) => !except.test(path) && of.test(code)).map(({ path }) => path);
}

const never = /(?!)/;

const layerOf = (path: string): string => path.split('/')[0] ?? '';

describe('the layers', () => {
  const order = ['article', 'publication', 'feed', 'http', 'library', 'store', 'node', 'edge'];

  it('are the folders of src', () => {
    const folders = new Set([...files.keys()].filter((path) => path !== 'index.ts').map(layerOf));
    expect([...folders].sort()).toEqual(order.toSorted());
  });

  it.each(order)('let %s import nothing of a later one', (layer) => {
    const later = order.slice(order.indexOf(layer) + 1);
    const found = [...files.values()]
      .filter(({ path }) => layerOf(path) === layer)
      .flatMap(({ path, imports }) => imports.map(({ from }) => ({ path, from })))
      .filter(({ from }) => files.has(from) && (later.includes(layerOf(from)) || from === 'index.ts'));
    expect(found).toEqual([]);
  });

  it('keep node and edge apart', () => {
    expect(importers(/^node\/(?!:)/, /^node\//)).toEqual([]);
    expect(importers(/^edge\//, /^edge\//)).toEqual([]);
  });

  it('import files that exist', () => {
    const ours = [...files.values()].flatMap(({ imports }) => imports.filter(({ from }) => /\.ts$/.test(from)));
    expect(ours.length).toBeGreaterThan(50);
    expect(ours.filter(({ from }) => !files.has(from))).toEqual([]);
  });
});

/** Rooms inside a task: each may import those that it names, and the folder itself imports all of them. */
const inner = (folder: string, outside: readonly string[], table: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries([
    ...Object.entries(table).map(([room, beside]) => [
      `${folder}/${room}`,
      [...outside, ...beside.map((one) => `${folder}/${one}`)],
    ]),
    [folder, [...outside, folder]],
  ]);

/** Which other folders the files of a folder may import. Subfolders without a row count as the folder. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  'article/parse.ts': [
    ...['article', 'article/body', 'article/seed'],
    ...['article/front-matter', 'article/media', 'article/permalink', 'article/shortcodes'],
  ],
  article: ['article/media'],
  'article/media': ['article'],
  ...inner('article/body', ['article'], { tags: [], html: ['tags'], markdown: ['html', 'tags'] }),
  'article/seed': ['article', 'article/body'],
  ...inner('article/front-matter', ['article', 'article/body', 'article/media', 'article/seed'], {
    syntax: [],
    withheld: ['syntax'],
    episode: ['syntax'],
  }),
  'article/permalink': ['article', 'article/seed', 'article/front-matter'],
  'article/shortcodes': ['article', 'article/body', 'article/seed'],
  'node/disk': [],
  'node/terminal': ['node/disk'],
  'node/state': ['node/disk', 'node/terminal'],
  'node/search': ['node/disk', 'node/state'],
  'node/pictures': ['node/disk'],
  ...inner('node/folder', ['node/disk', 'node/state', 'node/terminal'], {
    options: [],
    changes: [],
    files: ['options'],
    render: ['files'],
    rules: ['changes'],
    seeds: ['files', 'render', 'rules'],
    ids: ['seeds'],
  }),
  'node/published': ['node/disk', 'node/terminal'],
  'node/store': ['node/disk', 'node/terminal'],
  ...Object.fromEntries(
    Object.entries({
      audience: [],
      check: ['node/import/read', 'node/ledger', 'node/new'],
      import: [],
      ledger: ['node/build', 'node/publish', 'node/store'],
      library: ['node/serve', 'node/store'],
      new: [],
      publish: ['node/build', 'node/purge', 'node/store'],
      purge: ['node/store', 'node/websub'],
      serve: [
        ...[
          'node/audience',
          'node/check/lint',
          'node/ledger',
          'node/pictures',
          'node/purge',
          'node/search',
          'node/store',
          'node/websub',
        ],
      ],
      websub: ['node/build', 'node/ledger'],
    }).map(([task, beside]) => [
      `node/${task}`,
      ['node/disk', 'node/folder', 'node/published', 'node/state', 'node/terminal', ...beside],
    ]),
  ),
  ...inner('node/build', ['node/disk', 'node/folder', 'node/pictures', 'node/search', 'node/state', 'node/terminal'], {
    parallel: [],
    objects: ['parallel'],
    draft: ['objects', 'parallel'],
    earlier: ['draft', 'parallel'],
    static: ['draft', 'parallel'],
    edge: ['draft', 'earlier', 'objects', 'parallel', 'static'],
  }),
};

/** Rooms that everything else in their layer may use. */
const foundations: Readonly<Record<string, readonly string[]>> = {
  'publication/words': [],
  'publication/site': ['publication/words'],
  'publication/slices': ['publication/site', 'publication/words'],
  'publication/addresses': ['publication/site', 'publication/slices', 'publication/words'],
  'http/cache': [],
};

describe('the folders', () => {
  it('hold one idea each, in at most 18 files', () => {
    const counts = [...Map.groupBy(files.keys(), dirname)].map(([folder, inside]) => ({
      folder,
      files: inside.length,
    }));
    expect(counts.filter(({ files: many }) => many > 18)).toEqual([]);
  });

  it.each(Object.keys(foundations))('let %s import only what it builds on', (room) => {
    const found = [...files.values()]
      .filter(({ path }) => dirname(path) === room)
      .flatMap(({ path, imports }) => imports.map(({ from }) => ({ path, from })))
      .filter(({ from }) => layerOf(from) === layerOf(room) && files.has(from) && dirname(from) !== room)
      .filter(({ from }) => foundations[room]?.includes(dirname(from)) !== true);
    expect(found).toEqual([]);
  });
});

describe('the folders of article and node', () => {
  const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
  /** The innermost folder of the table that holds a file. */
  const roomOf = (path: string): string | undefined =>
    Object.keys(rooms)
      .filter((room) => (room === 'article' ? dirname(path) === room : isIn(path, room)))
      .sort((a, b) => b.length - a.length)[0];
  const paths = [...files.keys()].filter((path) => /^article\/|^node\/.*\//.test(path));

  it('are all in the table', () => {
    expect(paths.filter((path) => roomOf(path) === undefined)).toEqual([]);
  });

  it('import what the table allows', () => {
    const found = paths.flatMap((path) => {
      const room = roomOf(path) ?? '';
      const allowed = rooms[room] ?? [];
      return (files.get(path)?.imports ?? [])
        .filter(({ from }) => paths.includes(from) && layerOf(from) === layerOf(path))
        .filter(({ from }) => {
          const other = roomOf(from);
          return other !== room && !allowed.some((one) => one === other || (one !== 'article' && isIn(from, one)));
        })
        .map(({ from }) => `${path} → ${from}`);
    });
    expect(found).toEqual([]);
  });
});

describe('the imports', () => {
  it('make no cycles', () => {
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (path: string, above: readonly string[]): void => {
      const start = above.indexOf(path);
      if (start !== -1) cycles.push([...above.slice(start), path].join(' → '));
      if (start !== -1 || done.has(path)) return;
      for (const { from } of files.get(path)?.imports ?? []) if (files.has(from)) walk(from, [...above, path]);
      done.add(path);
    };
    for (const path of files.keys()) walk(path, []);
    expect(cycles).toEqual([]);
  });
});

describe('what belongs to one place', () => {
  it.each([
    ['Node.js modules', /^node:/, /^node\//],
    ['@hono/node-server', /^@hono\/node-server/, /^node\//],
    ['commander', /^commander/, /^node\//],
    ['feedsmith', /^feedsmith/, /^node\//],
    ['HTML to Markdown', /^(?:unified|re(?:hype|mark)-)/, /^node\/import\//],
    ['date-fns', /^@?date-fns/, /^article\/seed\/date\.ts$/],
    ['markdown-it and sanitize-html', /^(?:markdown-it|sanitize-html)/, /^article\/|^node\/terminal\/page-text\.ts$/],
    ['the library feed', /^feed$/, /^feed\//],
    ['Cloudflare modules', /^cloudflare:/, /^edge\//],
  ])('is imported there only: %s', (_, of, place) => {
    expect(importers(of, place)).toEqual([]);
  });

  it('is imported there only: hono, except its type in the library and at the edge', () => {
    expect(importers(/^hono(?:\/|$)/, /^http\/|^edge\/|^library\//)).toEqual([]);
    const others = [...files.values()].filter(({ path }) => /^edge\/|^library\//.test(path));
    const values = others.flatMap(({ imports }) => imports.filter((one) => /^hono/.test(one.from) && !one.isType));
    expect(values).toEqual([]);
  });

  it.each([
    ['the environment', /\bprocess\b/, /^node\/|^store\/zlib\.ts$/],
    [
      'the clock',
      /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\bperformance\./,
      /^node\/|^edge\/|^store\/|^library\/(?:create-|publish)|^http\/app\.ts$/,
    ],
    ['randomness', /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/, /^node\/|^edge\//],
    ['timers', /\bset(?:Timeout|Interval|Immediate)\b/, /^node\/|^edge\/|^store\//],
    [
      'Cloudflare bindings',
      /\b(?:ASSETS|KV|R2)\b|\bcaches\b|\bcloudflare:\w/,
      /^edge\/|^node\/store\/|^node\/new\/wrangler-template/,
    ],
    ['the console', /\bconsole\b/, /^edge\/|^library\/create-app\.ts$/],
  ])('is used there only: %s', (_, of, place) => {
    expect(users(of, place)).toEqual([]);
  });

  it('is used there only: the clock in http, once, as a default', () => {
    const uses = files.get('http/app.ts')?.code.match(/Date\.now|new Date\(\s*\)/g);
    expect(uses).toEqual(['Date.now']);
    expect(files.get('http/app.ts')?.code).toContain('now = Date.now,');
  });
});

describe('the worker', () => {
  it('reaches no parser, no sanitizer and nothing of Node.js', () => {
    const reached = new Set<string>();
    const walk = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const { from, isType } of files.get(path)?.imports ?? []) if (!isType) walk(from);
    };
    walk('edge/worker.ts');
    const packages = [...reached].filter((path) => !files.has(path));
    expect(packages.sort()).toEqual(['feed', 'hono', 'hono/html']);
    expect(reached).toContain('feed/rss/rss.ts');
  });
});

describe('the command line', () => {
  it('loads the parsers of an import when it runs one', () => {
    const reached = new Set<string>();
    const walk = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      const { code = '', imports = [] } = files.get(path) ?? {};
      for (const { from, isType } of imports) {
        const isLazy = new RegExp(`import\\('[./]*${from.replace(/^.*\//, '')}'`).test(code);
        if (!isType && !isLazy) walk(from);
      }
    };
    // A command is loaded when it is typed; all of them are for --help.
    for (const path of files.keys()) if (/^node\/(?:.*-command|cli|command-line)\.ts$/.test(path)) walk(path);
    expect(reached).toContain('node/import/import-command.ts');
    expect(
      [...reached].filter((path) => /^(?:unified|saxes|re(?:hype|mark)-)|^node\/import\/import-source/.test(path)),
    ).toEqual([]);
  });
});

describe('the files', () => {
  it.each([...files.values()].map(({ path, lines }) => [path, lines] as const))(
    'have at most 200 lines: %s',
    (_, lines) => {
      expect(lines).toBeLessThanOrEqual(200);
    },
  );

  it('have no default export, except the worker, which must have one', () => {
    expect(users(/^export default\b/m, never)).toEqual(['edge/worker.ts']);
  });
});

describe('the public API', () => {
  const code = files.get('index.ts')?.code ?? '';

  it('is re-exports only', () => {
    expect(code.replace(/export (?:type )?\{[^}]*\} from '\.\/[^']+';/g, '').trim()).toBe('');
  });

  it('has these values', async () => {
    expect(Object.keys(await import('../src/index.ts')).sort()).toEqual([
      'createApp',
      'createFeeds',
      'formatProblem',
      'formats',
      'parsePublicationFile',
      'parseSeed',
      'publish',
      'renderFeed',
    ]);
  });
});
