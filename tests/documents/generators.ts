/** What stands for the generator of a site that is not installed: it writes a page, and the feed that the site has. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../node/temporary-folder.ts';

/** A generator as its page calls it. */
export interface GeneratorCall {
  /** The command that builds the site. */
  readonly command: string;
  /** Whether the generator itself is run where it is installed: the site of the test has all that it needs. */
  readonly canRun?: true;
  /** The folder of the built site, and its feed there. */
  readonly out: string;
  readonly feed?: string;
  /** A file without which the site has no feed, or a text that it must contain. */
  readonly feedNeeds?: readonly [path: string, text: string];
  /** Files that its templates have beside the articles. */
  readonly files?: Readonly<Record<string, string>>;
  /** What its feed has as id of an article, if not its address. */
  readonly idOf?: (address: string) => string;
}

export const generatorCalls: Readonly<Record<string, GeneratorCall>> = {
  hugo: { command: 'hugo', canRun: true, out: 'public', feed: 'index.xml' },
  jekyll: {
    command: 'bundle exec jekyll build',
    out: '_site',
    feed: 'feed.xml',
    // The file's name, as jekyll-feed makes ids.
    idOf: (address) => address.replace(/Hello-There\/$/, 'Hello%20There'),
  },
  eleventy: { command: 'npx @11ty/eleventy', out: '_site', feed: 'feed/feed.xml' },
  astro: {
    command: 'npx astro build',
    out: 'dist',
    feed: 'rss.xml',
    feedNeeds: ['src/pages/rss.xml.js', ''],
    files: { 'src/pages/rss.xml.js': 'export const GET = () => {};\n' },
  },
  zola: {
    command: 'zola build',
    out: 'public',
    feed: 'atom.xml',
    feedNeeds: ['config.toml', 'generate_feeds = true'],
    files: { 'config.toml': 'base_url = "https://zola.example"\ntitle = "Daily"\ngenerate_feeds = true\n' },
  },
  docusaurus: { command: 'npx docusaurus build', out: 'build', feed: 'blog/rss.xml' },
  hexo: {
    command: 'npx hexo generate',
    out: 'public',
    feed: 'atom.xml',
    feedNeeds: ['package.json', 'hexo-generator-feed'],
    files: { 'package.json': '{"dependencies": {"hexo": "8", "hexo-generator-feed": "4"}}' },
  },
  nuxt: { command: 'npx nuxt generate', out: '.output/public' },
};

/** Builds a site with one article anew. */
export function standIn(
  cwd: string,
  { out, feed, feedNeeds, idOf = (id) => id }: GeneratorCall,
  address: string,
): void {
  const kept = join(cwd, out, '.dateline-feeds');
  // Generators empty the folder that they write, or leave files of others in it.
  if (!existsSync(kept)) rmSync(join(cwd, out), { recursive: true, force: true });
  writeFiles(join(cwd, out), { 'index.html': '<!doctype html><title>Daily</title>' });
  if (feed === undefined) return;
  const [path, text] = feedNeeds ?? [];
  const hasFeed =
    path === undefined || (existsSync(join(cwd, path)) && readFileSync(join(cwd, path), 'utf8').includes(text ?? ''));
  if (!hasFeed) rmSync(join(cwd, out, feed), { force: true });
  else writeFiles(join(cwd, out), { [feed]: feedOf(address, idOf(address)) });
}

function feedOf(address: string, id: string): string {
  return `<rss version="2.0"><channel><title>Daily</title><link>${new URL('/', address)}</link><description>All</description>
<item><title>Hello</title><link>${address}</link><guid isPermaLink="false">${id}</guid>
<pubDate>Sun, 01 Feb 2026 00:00:00 GMT</pubDate></item></channel></rss>\n`;
}

/** Removes a package as npm does, without asking a registry. */
export function uninstall(cwd: string, name: string): void {
  const path = join(cwd, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  delete manifest.dependencies[name];
  writeFileSync(path, JSON.stringify(manifest));
}
