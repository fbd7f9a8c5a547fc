import { stringify } from 'yaml';
import type { NewPublication } from '../publication-template.ts';
import type { FoundSite } from './found-site.ts';

/** Settings for the feeds of an existing site. */
export interface NewBeside extends NewPublication {
  readonly site: FoundSite;
}

/** Returns a publication file for the root of an existing site. */
export function besideText({ site, title, url, id, language, timezone, schema }: NewBeside): string {
  const { description, authors, articles, permalink, generator, ids } = site;
  const isElsewhere = url !== undefined && site.url !== undefined && url !== site.url;
  return `# yaml-language-server: $schema=${schema}
# The feeds of this site, whose pages link to nothing here. Every key is optional.

${entry({ title })}
${description === undefined ? '# description: What it is about, in a sentence.' : entry({ description })}

# The address of the feeds${isElsewhere ? ', and that of the site' : ', which is that of the site'}.
${url === undefined ? '# url: https://example.org/' : entry({ url })}
${isElsewhere ? `${entry({ site: site.url })}\n` : ''}
# The id of the feeds begins with this. Never change it.
${entry({ id })}
${entry({ language })}
${authors === undefined ? '' : entry({ authors })}
# The time zone of dates without one, also in addresses.
${entry({ timezone })}

# The articles, and the files that the site serves at "/".
${entry({ articles })}
${site.static === undefined ? '' : entry({ static: site.static })}
# How the site makes the addresses of its articles. "dateline check --against" compares with its feed.
${entry({ permalink })}
${entry({ generator })}

# Ids as in the feed of the site: "address", "jekyll-feed", or "name" for new ones.
${entry({ ids })}

# The site has the pages.
pages: false
`.replace(/\n{3,}/g, '\n\n');
}

/** Returns a key and its value, quoted if YAML requires it. */
function entry(value: Readonly<Record<string, unknown>>): string {
  return `${stringify(value, { lineWidth: 0, blockQuote: false })}`.trimEnd();
}
