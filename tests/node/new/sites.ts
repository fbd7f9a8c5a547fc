import type { Files } from '../temporary-folder.ts';

const post = (more = ''): string => `---\ntitle: Hello\ndate: 2026-02-01\n${more}---\nText.\n`;

/** A small site of each generator, what `init` writes for it, and the address that the generator gives its article. */
export const sites: Readonly<Record<string, { files: Files; settings: object; address: string }>> = {
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
        'export default {\n  author: { name: "Ana", email: "ana@11ty.example", url: "https://ana.example/" },\n  title: "Daily",\n  url: "https://11ty.example/",\n  language: "en" };\n',
      'src/posts/posts.11tydata.js': 'module.exports = { permalink: "/words/{{ page.fileSlug }}/" };\n',
      'src/posts/2026-02-01-hello.md': post(),
    },
    settings: {
      ...{ title: 'Daily', url: 'https://11ty.example/', language: 'en', timezone: 'UTC' },
      authors: [{ name: 'Ana', email: 'ana@11ty.example', url: 'https://ana.example/' }],
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
  'docusaurus with more sections, and a constant': {
    files: {
      'docusaurus.config.ts':
        "const baseUrl = 'https://github.com/x/edit';\nexport default { title: 'Daily', url: 'https://docs.example', baseUrl: '/',\n presets: [['classic', { blog: { feedOptions: { type: 'all' }, path: 'blog' } }]],\n plugins: [['content-docs', { id: 'a', routeBasePath: '/architecture' }]] };\n",
      'blog/2026-02-01-hello.md': post(),
    },
    settings: { url: 'https://docs.example/', articles: 'blog', permalink: '/blog/:path', generator: 'docusaurus' },
    address: 'https://docs.example/blog/2026/02/01/hello',
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
  'nuxt with an address for development': {
    files: {
      'nuxt.config.ts':
        "export default defineNuxtConfig({ $development: { site: { url: 'http://localhost:3000' } },\n app: { head: { meta: [{ name: 'theme-color', content: '#fff' }] } },\n site: { url: 'https://nuxt.example', name: 'Daily', description: 'All' },\n content: { database: { type: 'libsql', url: 'file:/tmp/a.db' } } });\n",
      'content/blog/2.0.md': post(),
    },
    settings: {
      ...{ title: 'Daily', description: 'All', url: 'https://nuxt.example/' },
      ...{ articles: 'content/blog', permalink: '/blog/:path', generator: 'nuxt' },
    },
    address: 'https://nuxt.example/blog/2.0',
  },
};
