import { stringify } from 'yaml';

/** The settings of a new publication. */
export interface NewPublication {
  readonly title: string;
  /** Absolute URL; absent if not known yet. */
  readonly url?: string;
  /** The beginning of its ids. */
  readonly id: string;
  readonly language: string;
  readonly timezone: string;
  /** The path or URL of the schema, relative to the publication file. */
  readonly schema: string;
}

/** Returns a publication file with the main settings; all others are comments. */
export function publicationText({ title, url, id, language, timezone, schema }: NewPublication): string {
  const address = url === undefined ? '# url: https://news.example.org/' : entry('url', url);
  return `# yaml-language-server: $schema=${schema}
# Settings of the publication as a whole. Every key is optional; remove the # of those you want.

${entry('title', title)}
# description: What it is about, in a sentence.

# The public address. All links in feeds begin with it, so set it before you deploy.
${address}

# The ids of articles begin with this. Never change it, even if url or title change: readers show an article again,
# as new, when its id changes.
${entry('id', id)}

# A language tag: en, pt-BR.
${entry('language', language)}

# The authors of articles without their own.
# authors:
#   - name: A. Writer
#     email: writer@example.org
#     url: https://example.org/writer
#     fediverse: "@writer@social.example"

# The time zone of dates without one.
${entry('timezone', timezone)}

# The number of articles in a feed and on an archive page.
# items: 50

# With "summary", feeds carry only the summary of each article and a link to it.
# content: full

# Minutes for which clients may cache a document.
# ttl: 60

# A WebSub hub, which notifies readers of new articles at once.
# hub: https://hub.example.org/

# The cache in front of the site, such as a CDN, in which
# changed answers are purged: an address, cloudflare:<zone id> or fastly:<service id>.
# purge: https://cache.example.org/purge

# What programs may do with the articles, for those that heed it.
# machines:
#   search: true
#   ai-input: true
#   ai-train: false
#   license: https://creativecommons.org/licenses/by/4.0/
#   contact: rights@example.org

# Where articles are in Markdown, for programs: beside each page, listed in /llms.txt, and in RSS.
# markdown: [pages, llms, rss]

# Lists the articles of the last two days in /news-sitemap.xml, for Google News.
# news: true

# Whether RSS has what Flipboard and MSN look for: videos as Media RSS, and pictures as enclosures.
# aggregators: true

# Counts readers from their requests alone, for "dateline audience"; and after how many identical whole feeds in an hour
# a client gets 429.
# audience: true
# patience: 12

# Whether Atom feeds say for 30 days which articles were withdrawn.
# tombstones: true

# Square pictures: a URL, or a path on this site.
# icon: /icon.png
# favicon: /favicon.png

# A color for browsers and link previews.
# color: "#8b1a1a"

# Whether pages offer a search, whether pictures get smaller versions, and whether articles without a picture get one
# for link previews. The last two need the package sharp.
# search: true
# pictures: sharp
# cards: true

# Sections by folder and tags by name. Sections are in the menu in this order.
# sections:
#   world-news:
#     title: World news
#     description: What happens elsewhere.
# tags:
#   sea:
#     title: The sea

# Feeds of chosen articles.
# feeds:
#   engineering:
#     title: Engineering
#     tags: [postgres]
#     not:
#       tags: [ads]

# copyright: Copyright, and by whom.

# Old paths, each with its new path or URL, or "gone".
# redirects:
#   /2019/hello/: /articles/hello
#   /old: gone

# If an existing site has the pages. "dateline init" in the root of that site sets all of these.
# articles: content/posts
# static: static
# site: https://example.org/
# permalink: /posts/:slug/
# generator: hugo
# ids: address
# pages: false

# If recordings are a podcast. "dateline check" lists what directories require.
# podcast:
#   category: Technology
#   explicit: false
#   image: /artwork.jpg
#   author: A. Writer
#   owner:
#     name: A. Writer
#     email: writer@example.org
#   type: episodic
`;
}

/** Returns a key and its value on one line, quoted if YAML requires it. */
function entry(key: string, text: string): string {
  return stringify({ [key]: text }, { lineWidth: 0, blockQuote: false }).trimEnd();
}
