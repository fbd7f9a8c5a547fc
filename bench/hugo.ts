/** Hugo as a peer: the same articles, with layouts that write about as much as Dateline does. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { timeOf } from './process.ts';

/** Returns the version of Hugo; `undefined` if it is not installed. */
export function hugoVersion(): string | undefined {
  const { status, stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  return status === 0 ? /v[\d.]+/.exec(stdout)?.[0] : undefined;
}

/** Builds a site into `out`, which is emptied first, and returns the milliseconds of {@link timeOf}. */
export function timeHugo(source: string, out: string): number {
  rmSync(out, { recursive: true, force: true });
  return timeOf('hugo', ['--quiet', '-s', source, '-d', out]);
}

const settings = `baseURL = "https://bench.example/"
title = "Bench"
timeout = "300s"
paginate = 50
`;

/** Writes only one RSS file of the newest 50 articles. */
export const rssAlone: Readonly<Record<string, string>> = {
  'hugo.toml': `${settings}disableKinds = ["section", "taxonomy", "term", "404", "sitemap", "robotsTXT"]
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

/** Writes a page for each article, and pages of 50 and three feeds for the home page, each tag and each author. */
export const everything: Readonly<Record<string, string>> = {
  'hugo.toml': `${settings}disableKinds = ["section", "404"]
[outputs]
home = ["HTML", "RSS", "Atom", "Feed"]
term = ["HTML", "RSS", "Atom", "Feed"]
taxonomy = ["HTML"]
[taxonomies]
tag = "tags"
author = "authors"
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
