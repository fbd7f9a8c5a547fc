import { stringify } from 'yaml';

/** What a new publication is known by. */
export interface NewPublication {
  readonly title: string;
  /** Absolute address; left out where nobody knows it yet. */
  readonly url?: string;
  /** The beginning of its ids. */
  readonly id: string;
  readonly language: string;
  readonly timezone: string;
  /** The path or address of the schema, as the publication file sees it. */
  readonly schema: string;
}

/** Writes a publication file with what a newcomer needs; the rest stands there as comments. */
export function publicationText({ title, url, id, language, timezone, schema }: NewPublication): string {
  const address = url === undefined ? '# url: https://news.example.org/' : entry('url', url);
  return `# yaml-language-server: $schema=${schema}
# What the feeds say about the publication as a whole. Every key may be left out; take away the # of those you want.

${entry('title', title)}
# description: What it is about, in a sentence.

# The public address. Links in feeds begin with it, so set it before you deploy.
${address}

# Ids of articles begin with this. Keep it for ever, also when url and title change: readers show an article whose
# id changes as a new one.
${entry('id', id)}

# A language tag: en, pt-BR.
${entry('language', language)}

# Stand for every article that names no author of its own.
# authors:
#   - name: A. Writer
#     email: writer@example.org
#     url: https://example.org/writer

# The zone of dates that name none.
${entry('timezone', timezone)}

# Newest articles in a feed, and articles on an archive page.
# items: 50

# "summary" keeps the articles at home: feeds then carry each summary and a link on.
# content: full

# Minutes for which an answer stays fresh.
# ttl: 60

# A WebSub hub that tells readers of new articles at once.
# hub: https://hub.example.org/

# Square pictures: an address, or a path on this site.
# icon: /icon.png
# favicon: /favicon.png

# copyright: Copyright, and by whom.

# Old paths, each with the path or address to which it moved, or "gone".
# redirects:
#   /2019/hello/: /articles/hello
#   /old: gone

# If recordings are a podcast. "dateline check" says what directories miss.
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

/** One line, whatever the text: quoted where it would be something else in YAML. */
function entry(key: string, text: string): string {
  return stringify({ [key]: text }, { lineWidth: 0, blockQuote: false }).trimEnd();
}

/** What git is to leave alone. */
export const ignored = ['node_modules/', 'dist/', '.wrangler/'] as const;
