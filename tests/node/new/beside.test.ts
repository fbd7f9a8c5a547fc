/** `init` in the root of a site that exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readPublication } from '../../../src/node/folder/read-publication.ts';
import { dateline } from '../command.ts';
import { type Files, makeFolder } from '../temporary-folder.ts';

const post = (more = ''): string => `---\ntitle: Hello\ndate: 2026-02-01\n${more}---\nText.\n`;

/** A small site of each generator, what `init` writes for it, and the address that the generator gives its article. */
const sites: Readonly<Record<string, { files: Files; settings: object; address: string }>> = {
  hugo: {
    files: {
      'hugo.toml':
        'baseURL = "https://hugo.example/blog/"\ntitle = "Daily"\nlanguageCode = "en-gb"\ntimeZone = "Europe/Vienna"\n[permalinks.page]\nposts = "/:section/:year/:contentbasename/"\n[params]\ndescription = "All"\n[params.author]\nname = "Ana"\nemail = "ana@hugo.example"\n',
      'content/posts/Hello There.md': post(),
      'content/posts/_index.md': '---\ntitle: Posts\n---\n',
      'content/about.md': '---\ntitle: About\n---\nUs.\n',
      'static/a.txt': '',
    },
    settings: {
      ...{ title: 'Daily', description: 'All', url: 'https://hugo.example/blog/', language: 'en-GB' },
      ...{ authors: [{ name: 'Ana', email: 'ana@hugo.example' }], timezone: 'Europe/Vienna', static: 'static' },
      ...{ articles: 'content/posts', permalink: '/posts/:year/:filename/', generator: 'hugo', ids: 'address' },
    },
    address: 'https://hugo.example/blog/posts/2026/hello-there/',
  },
  'hugo with config/_default': {
    files: {
      'config/_default/config.yaml': 'baseURL: https://hugo.example\ndefaultContentLanguage: de\n',
      'config/_default/languages.toml': '[de]\ntitle = "Täglich"\ncontentDir = "content/de"\n',
      'config/_default/params.yaml': 'mainSections: [notes]\n',
      'content/de/notes/a/index.md': post('slug: Own\n'),
      'content/de/log/b.md': post(),
      'content/de/log/c.md': post(),
    },
    settings: {
      ...{ title: 'Täglich', url: 'https://hugo.example/', language: 'de', timezone: 'UTC' },
      ...{ articles: 'content/de/notes', permalink: '/notes/:path/', generator: 'hugo', ids: 'address' },
    },
    address: 'https://hugo.example/notes/own/',
  },
  jekyll: {
    files: {
      '_config.yml':
        'title: Daily\nurl: https://jekyll.example\nbaseurl: /blog\npermalink: pretty\ntimezone: Europe/Vienna\nauthor: Ana\nplugins: [jekyll-feed]\n',
      '_posts/2026-02-01-Hello There.md': post('categories: News\n'),
    },
    settings: {
      ...{ title: 'Daily', url: 'https://jekyll.example/blog/', language: 'en', timezone: 'Europe/Vienna' },
      ...{ authors: [{ name: 'Ana' }], articles: '_posts', static: '.', ids: 'jekyll-feed' },
      ...{ permalink: '/:categories/:year/:month/:day/:title/', generator: 'jekyll' },
    },
    address: 'https://jekyll.example/blog/news/2026/02/01/Hello-There/',
  },
  'jekyll without settings': {
    files: {
      Gemfile: 'gem "jekyll"\n',
      CNAME: 'jekyll.example\n',
      'atom.xml': '---\n---\n',
      '_posts/2026-02-01-hello.md': post('permalink: /x/:title.html\n'),
    },
    settings: {
      ...{ url: 'https://jekyll.example/', articles: '_posts', static: '.', ids: 'address' },
      ...{ permalink: '/:categories/:year/:month/:day/:title.html', generator: 'jekyll' },
    },
    address: 'https://jekyll.example/x/hello.html',
  },
  eleventy: {
    files: {
      'eleventy.config.js': 'export default () => ({ dir: { input: "src", output: "_site" } });\n',
      'src/_data/metadata.js':
        'export default {\n  title: "Daily",\n  url: "https://11ty.example/",\n  language: "en",\n  author: { name: "Ana" } };\n',
      'src/posts/posts.11tydata.js': 'module.exports = { permalink: "/words/{{ page.fileSlug }}/" };\n',
      'src/posts/2026-02-01-hello.md': post(),
    },
    settings: {
      ...{ title: 'Daily', url: 'https://11ty.example/', language: 'en', timezone: 'UTC' },
      ...{
        articles: 'src/posts',
        static: 'src',
        permalink: '/words/:filename/',
        generator: 'eleventy',
        ids: 'address',
      },
    },
    address: 'https://11ty.example/words/hello/',
  },
  astro: {
    files: {
      'astro.config.mjs': "export default defineConfig({ site: 'https://astro.example', base: '/b' });\n",
      'src/consts.ts': "export const SITE_TITLE = 'Daily';\nexport const SITE_DESCRIPTION = 'All';\n",
      'src/pages/words/[...slug].astro': "---\nconst posts = await getCollection('blog');\n---\n",
      'src/content/blog/Hello There!.md': '---\ntitle: Hello\npubDate: 2026-02-01\n---\nText.\n',
      'public/a.txt': '',
    },
    settings: {
      ...{ title: 'Daily', description: 'All', url: 'https://astro.example/b/', language: 'en', timezone: 'UTC' },
      ...{
        articles: 'src/content/blog',
        static: 'public',
        permalink: '/words/:path/',
        generator: 'astro',
        ids: 'address',
      },
    },
    address: 'https://astro.example/b/words/hello-there/',
  },
  zola: {
    files: {
      'config.toml': 'base_url = "https://zola.example"\ntitle = "Daily"\ndefault_language = "en"\n',
      'content/blog/_index.md': '+++\ntitle = "Blog"\n+++\n',
      'content/blog/2026-02-01-hello.md': '+++\ntitle = "Hello"\n+++\nText.\n',
      'static/a.txt': '',
    },
    settings: {
      ...{ title: 'Daily', url: 'https://zola.example/', language: 'en', timezone: 'UTC' },
      ...{ articles: 'content/blog', static: 'static', permalink: '/blog/:path/', generator: 'zola', ids: 'address' },
    },
    address: 'https://zola.example/blog/hello/',
  },
  docusaurus: {
    files: {
      'docusaurus.config.js':
        "module.exports = { title: 'Daily', tagline: 'All', url: 'https://docs.example', baseUrl: '/base/',\n presets: [['classic', { docs: false, blog: { routeBasePath: '/news', path: './posts' } }]] };\n",
      'posts/2026-02-01-hello.md': post(),
    },
    settings: {
      ...{ title: 'Daily', description: 'All', url: 'https://docs.example/base/', language: 'en', timezone: 'UTC' },
      ...{ articles: 'posts', static: 'static', permalink: '/news/:path', generator: 'docusaurus', ids: 'address' },
    },
    address: 'https://docs.example/base/news/2026/02/01/hello',
  },
  hexo: {
    files: {
      'package.json': '{"dependencies": {"hexo": "8"}}',
      '_config.yml':
        'title: Daily\ndescription: All\nauthor: Ana\nlanguage: [de, en]\ntimezone: Asia/Tokyo\nurl: https://hexo.example/base\nroot: /base/\npermalink: :year/:title/\nnew_post_name: :year-:month-:day-:title.md\n',
      'source/_posts/2026-02-01-Hello.md': post(),
    },
    settings: {
      ...{ title: 'Daily', description: 'All', url: 'https://hexo.example/base/', language: 'de' },
      ...{ authors: [{ name: 'Ana' }], timezone: 'Asia/Tokyo', articles: 'source/_posts', static: 'source' },
      ...{ permalink: '/:year/:filename/', generator: 'hexo', ids: 'address' },
    },
    address: 'https://hexo.example/base/2026/Hello/',
  },
  nuxt: {
    files: {
      'nuxt.config.ts': "export default defineNuxtConfig({ site: { url: 'https://nuxt.example', name: 'Daily' } });\n",
      'content/2.blog/1.hello.md': post(),
    },
    settings: {
      ...{ title: 'Daily', url: 'https://nuxt.example/', language: 'en', timezone: 'UTC' },
      ...{ articles: 'content/2.blog', static: 'public', permalink: '/blog/:path', generator: 'nuxt', ids: 'address' },
    },
    address: 'https://nuxt.example/blog/hello',
  },
};

describe.each(Object.entries(sites))('init in the root of a site of %s', (_, { files, settings, address }) => {
  it('reads its settings, and links to its pages', async () => {
    const cwd = makeFolder(files);
    const before = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).sort();
    const { code, stdout, stderr } = await dateline(['init'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^wrote publication\.yaml\n/);
    const after = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).sort();
    expect(after).toEqual([...before, 'publication.yaml'].sort());
    const written = parse(readFileSync(join(cwd, 'publication.yaml'), 'utf8'));
    expect(written).toMatchObject({ ...settings, id: expect.stringContaining(`tag:${new URL(address).hostname},`) });
    expect(written.pages).toBe(false);
    const { articles, problems } = readPublication(join(cwd, written.articles));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(articles.map(({ source: { head } }) => head.permalink)).toContain(address);
    expect((await dateline(['init'], { cwd })).stdout).toMatch(/^kept publication\.yaml, which exists already\n/);
  });
});

describe('init in the root of a site', () => {
  const { files } = sites.hugo ?? { files: {} };
  const init = async (...args: string[]) => {
    const cwd = makeFolder({ ...files, 'package-lock.json': '{}' });
    return { cwd, ...(await dateline(['init', ...args], { cwd })) };
  };
  const text = (cwd: string, path: string): string => readFileSync(join(cwd, path), 'utf8');

  it('writes a worker for feeds with an address of their own', async () => {
    const { cwd, code } = await init('--url', 'https://feeds.hugo.example');
    expect(code).toBe(0);
    expect(parse(text(cwd, 'publication.yaml'))).toMatchObject({
      url: 'https://feeds.hugo.example/',
      site: 'https://hugo.example/blog/',
    });
    const worker = text(cwd, 'wrangler.toml');
    for (const line of [
      'command = "npx --no dateline build --edge-only --out .dateline/worker"',
      'watch_dir = "content/posts"',
      'directory = ".dateline/worker-edge"',
    ])
      expect(worker).toContain(`\n${line}\n`);
    expect((await dateline(['build', '--edge-only', '--out', '.dateline/worker'], { cwd })).code).toBe(0);
    expect([existsSync(join(cwd, '.dateline/worker-edge')), existsSync(join(cwd, 'dist'))]).toEqual([true, false]);
    expect(existsSync(join(cwd, 'seeds'))).toBe(false);
  });

  it.each([
    ['feeds of the site', [], false],
    ['feeds elsewhere', ['--url', 'https://feeds.hugo.example'], true],
  ])('writes a workflow for %s', async (_, args, deploys) => {
    const { cwd, stdout } = await init('--ci', ...args);
    expect(stdout).toContain('wrote .github/workflows/feeds.yml\n');
    const { on, permissions, jobs } = parse(text(cwd, '.github/workflows/feeds.yml'));
    expect([Object.keys(on), permissions]).toEqual([['push', 'pull_request'], { contents: 'read' }]);
    const steps = jobs.feeds.steps.flatMap(({ run }: { run?: string }) => run ?? []);
    const deploy = deploys ? ['npx --no wrangler deploy'] : [];
    expect(steps).toEqual(['npm ci', 'npx --no dateline check --format github', ...deploy]);
  });

  it.each([
    ['address', 'https://hugo.example/blog/posts/2026/hello-there/'],
    ['jekyll-feed', 'https://hugo.example/blog/posts/2026/Hello%20There'],
    ['name', 'of another kind'],
  ])('keeps ids that are %s', async (ids, id) => {
    const cwd = makeFolder({
      ...files,
      'feed.xml': `<rss version="2.0"><channel><title>D</title><item><title>Hello</title><link>https://hugo.example/blog/posts/2026/hello-there/</link><guid isPermaLink="false">${id}</guid></item></channel></rss>`,
    });
    const { code, stdout } = await dateline(['init', '--against', 'feed.xml'], { cwd });
    expect(code).toBe(0);
    const kept = ids === 'name' ? 0 : 1;
    expect(stdout).toContain(`${kept} of 1 item of feed.xml keep their ids`);
    if (kept === 1) expect(parse(text(cwd, 'publication.yaml')).ids).toBe(ids);
    else expect(stdout).toContain('"dateline check --against feed.xml" lists the others');
    expect(stdout).toMatch(/adopted 1 article into \.dateline\/ledger\.db/);
  });

  it('starts no publication in a site without articles', async () => {
    const cwd = makeFolder({ 'hugo.toml': 'title = "A"\n', 'content/about.md': '---\ntitle: A\n---\n' });
    const { code, stderr } = await dateline(['init'], { cwd });
    expect([code, stderr]).toEqual([1, expect.stringContaining('hugo.toml belongs to a site')]);
    expect(readdirSync(cwd).sort()).toEqual(['content', 'hugo.toml']);
  });

  it('takes --against only there', async () => {
    const cwd = makeFolder();
    expect((await dateline(['init', '--against', 'feed.xml'], { cwd })).stderr).toContain('needs the root of a site');
  });
});
