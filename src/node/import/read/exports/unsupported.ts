import { isRow, parseRow, type Row } from './json-rows.ts';

/** What an unsupported document is, and what to do instead. */
type Name = string;

const throughWordPress =
  'import it into WordPress (Tools › Import), which WordPress.com offers without charge, and import what WordPress exports';
const feedInstead = 'import the feed of the site instead';
const copyFiles =
  'unpack it and copy its articles into the folder, since Dateline reads Markdown with front matter as it is';

/** Identifies a document that is neither a feed nor a supported export. Returns `undefined` for an unknown one. */
export function nameUnsupported(text: string): Name | undefined {
  const start = text.slice(0, 20_000).replace(/^\uFEFF?\s+/, '');
  if (/^[[{]/.test(start)) return nameJson(text);
  return documents.find(([mark]) => mark.test(start))?.[1];
}

/** By marks near the beginning. */
const documents: readonly (readonly [RegExp, Name])[] = [
  [
    /^(?:AUTHOR|TITLE|BASENAME|STATUS|DATE): [\s\S]*^-{5}\r?\n/m,
    `is a Movable Type or TypePad export; ${throughWordPress}`,
  ],
  [
    /<(?:livejournal|lj_export)[\s>]|<event(?:_|time>|>)[\s\S]*<itemid>|<itemid>[\s\S]*<(?:eventtime|logtime)>/i,
    `is a LiveJournal or Dreamwidth export; ${throughWordPress}`,
  ],
  [/<tumblr[\s>]/i, 'is an answer of the Tumblr API; import the feed of the blog, https://NAME.tumblr.com/rss'],
  [
    /<j2xml[\s>]|<install[^<>]*type=["']component|<joomla/i,
    `is a Joomla export; ${feedInstead}, or export to WordPress`,
  ],
  [
    /<node_export|<drupal|xmlns:drupal|<nodes>\s*<node[\s>]|^title: .*\nbundle:/i,
    `is a Drupal export; ${feedInstead}, such as https://SITE/rss.xml`,
  ],
  [/<!doctype\s+plist|<plist[\s>]/i, `is a property list; ${feedInstead}`],
  [
    /^(?:--|\/\*).*(?:MySQL|MariaDB|PostgreSQL|SQLite|phpMyAdmin)|^(?:CREATE TABLE|INSERT INTO|BEGIN TRANSACTION)/im,
    `is a database dump; use the export of the system that filled it, or ${feedInstead}`,
  ],
  [/^SQLite format 3\0/, `is a database; use the export of the system that filled it, or ${feedInstead}`],
  [/^(?:7z\xBC\xAF|7z¼¯|Rar!|\xFD7zXZ|BZh)/, 'is an archive; pack it as a zip file instead'],
  [/^[\s\S]{257}ustar/, 'is a tar archive; pack it as a zip file instead'],
  [/^%PDF-/, 'is a PDF file; give the feed or an export of the site'],
  [/<(?:urlset|sitemapindex)[\s>]/i, `is a sitemap, which names pages without their texts; ${feedInstead}`],
  [/<ENEX?[\s>]|<en-export[\s>]/i, 'is an Evernote export; export the notes as Markdown and copy them into the folder'],
  [
    /^(?:---|\+\+\+)\s*\n[\s\S]*?\n(?:---|\+\+\+)\s*(?:\n|$)/,
    'is an article with front matter; copy it into the folder, since Dateline reads it as it is',
  ],
  [
    /^(?:post_)?id,.*(?:title|subject)|^"?(?:title|name)"?,|^email,/i,
    'is a table; give the feed or the whole export, such as the zip file that holds it',
  ],
  [/^#\s+\S/, 'is Markdown; copy it into the folder, since Dateline reads it as it is'],
];

function nameJson(text: string): Name | undefined {
  const list: unknown = parseList(text);
  if (Array.isArray(list)) {
    const [first] = list.filter(isRow);
    if (isRow(first?.content) && 'rendered' in first.content)
      return `is an answer of WordPress's API; ${feedInstead}, or a WordPress export (Tools › Export)`;
    return 'is a JSON list; give the feed or the export itself';
  }
  const root = parseRow(text);
  if (root === undefined) return undefined;
  return objects.find(([test]) => test(root))?.[1];
}

function parseList(text: string): unknown {
  try {
    return text.trimStart().startsWith('[') ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

const objects: readonly (readonly [(root: Row) => boolean, Name])[] = [
  [
    ({ response, tumblelog, posts }) =>
      tumblelog !== undefined ||
      (isRow(response) && 'blog' in response) ||
      (Array.isArray(posts) && posts.some((one) => isRow(one) && 'blog_name' in one)),
    'is an answer of the Tumblr API; import the feed of the blog, https://NAME.tumblr.com/rss',
  ],
  [
    ({ website, collection }) => isRow(website) || isRow(collection),
    'is a page of Squarespace as JSON; export the site for WordPress (Settings › Import & export) and give that file',
  ],
  [
    (root) => 'orderedItems' in root || /activitystreams/.test(JSON.stringify(root['@context'] ?? '')),
    'is an ActivityPub archive; import the feed of the account, such as https://SERVER/@NAME.rss',
  ],
  [({ data }) => isRow(data) && 'jsonapi' in data, `is an answer of Drupal's API; ${feedInstead}`],
  [(root) => 'jsonapi' in root, `is an answer of an API, such as Drupal's; ${feedInstead}`],
];

/** Identifies an unsupported archive by the paths of its files. */
export function nameArchive(paths: readonly string[]): Name | undefined {
  const has = (mark: RegExp): boolean => paths.some((path) => mark.test(path));
  return archives.find(([mark]) => has(mark))?.[1];
}

const archives: readonly (readonly [RegExp, Name])[] = [
  [/^\[Content_Types\]\.xml$/, 'is an Office document; give the feed or an export of the site'],
  [/^META-INF\/container\.xml$/, 'is an EPUB book; give the feed or an export of the site'],
  [
    /(?:^|\/)payload-\d+\.json$|(?:^|\/)posts_index\.html$/,
    'is a Tumblr export; import the feed of the blog, https://NAME.tumblr.com/rss',
  ],
  [
    /(?:^|\/)(?:outbox\.json|actor\.json)$/,
    'is a Mastodon archive; import the feed of the account, such as https://SERVER/@NAME.rss',
  ],
  [/ [\da-f]{32}\.(?:md|html|csv)$/, `is a Notion export; export it as Markdown, ${copyFiles}`],
  [/(?:^|\/)_posts\/|(?:^|\/)_config\.ya?ml$/, `is the folder of a Jekyll or Hexo site; ${copyFiles}`],
  [/(?:^|\/)(?:hugo|zola|config)\.toml$/, `is the folder of a Hugo or Zola site; ${copyFiles}`],
  [/(?:^|\/)wp-(?:content|config)/, 'is a backup of a WordPress server; give a WordPress export (Tools › Export)'],
  [
    /\.sql$/,
    'is a backup with a database; use the export of the system that filled it, or import the feed of the site',
  ],
  [/\.(?:md|mdx|markdown)$/i, `is a folder of Markdown; ${copyFiles}`],
];
