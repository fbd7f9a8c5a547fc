/** Hugo as a peer: the same articles, and layouts that write as much as ours as a small theme can. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { articleText } from './articles.ts';

/** Hugo's version; `undefined` where there is none. */
export function hugoVersion(): string | undefined {
  const { status, stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  return status === 0 ? /v[\d.]+/.exec(stdout)?.[0] : undefined;
}

/** Writes an article as {@link articleText} does, with front matter, which both read, and with two of twenty tags. */
export function articleWithFrontMatter(index: number, minutes: number): string {
  const [title = '', date = '', ...body] = articleText(index, minutes).split('\n\n');
  const tags = `[topic-${index % 10}, topic-${10 + (index % 7)}]`;
  return `---\ntitle: "${title.slice(2)}"\ndate: ${date}\ntags: ${tags}\n---\n\n${body.join('\n\n')}`;
}

/** Makes a folder that goes when the process ends. */
export function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Milliseconds that Hugo takes to build a site into `out`. */
export function timeHugo(source: string, out: string): number {
  const start = performance.now();
  const { status, stderr, stdout } = spawnSync('hugo', ['--quiet', '-s', source, '-d', out], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`hugo: ${stderr}${stdout}`);
  return performance.now() - start;
}

const facts = `baseURL = "https://bench.example/"
title = "Bench"
timeout = "300s"
paginate = 50
`;

/** A site that writes the newest 50 articles as one RSS file and nothing else. */
export const rssAlone: Readonly<Record<string, string>> = {
  'hugo.toml': `${facts}disableKinds = ["section", "taxonomy", "term", "404", "sitemap", "robotsTXT"]
[outputs]
home = ["RSS"]
[[cascade]]
[cascade._target]
kind = "page"
[cascade._build]
render = "never"
list = "always"
`,
  'layouts/index.rss.xml': feed('rss'),
};

/** A site that writes a page for each article, and for the home page and each tag pages of 50 and three feeds. */
export const everything: Readonly<Record<string, string>> = {
  'hugo.toml': `${facts}disableKinds = ["section", "404"]
[outputs]
home = ["HTML", "RSS", "Atom", "Feed"]
term = ["HTML", "RSS", "Atom", "Feed"]
taxonomy = ["HTML"]
[mediaTypes."application/atom+xml"]
suffixes = ["atom"]
[mediaTypes."application/feed+json"]
suffixes = ["json"]
[outputFormats.Atom]
mediaType = "application/atom+xml"
[outputFormats.Feed]
mediaType = "application/feed+json"
isPlainText = true
`,
  'layouts/_default/single.html': page('<h1>{{ .Title }}</h1>\n{{ .Content }}'),
  'layouts/_default/list.html': page(
    '{{ range (.Paginate .RegularPages).Pages }}<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>\n<p>{{ .Summary }}</p>\n{{ end }}{{ template "_internal/pagination.html" . }}',
  ),
  'layouts/_default/list.rss.xml': feed('rss'),
  'layouts/_default/list.atom.atom': feed('atom'),
  'layouts/_default/list.feed.json': `{"version":"https://jsonfeed.org/version/1.1","title":{{ .Title | jsonify }},"items":[{{ range $i, $p := first 50 .RegularPages }}{{ if $i }},{{ end }}{"id":{{ .Permalink | jsonify }},"title":{{ .Title | jsonify }},"date_published":"{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}","content_html":{{ string .Content | jsonify }}}{{ end }}]}\n`,
};

function page(body: string): string {
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>\n<body>\n${body}\n</body></html>\n`;
}

function feed(kind: 'rss' | 'atom'): string {
  const declaration = '{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}\n';
  return kind === 'rss'
    ? `${declaration}<rss version="2.0"><channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link>{{ range first 50 .RegularPages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><description>{{ .Content | html }}</description></item>\n{{ end }}</channel></rss>\n`
    : `${declaration}<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title><id>{{ .Permalink }}</id>{{ range first 50 .RegularPages }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id><updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated><content type="html">{{ .Content | html }}</content></entry>\n{{ end }}</feed>\n`;
}
