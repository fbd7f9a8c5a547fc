import type { ParseOptions } from '../../article/parse.ts';
import type { PermalinkRule } from '../../article/permalink/parts.ts';
import { mintId } from '../site/identity.ts';
import { needsMarkdown } from '../site/markdown-uses.ts';
import { homeOf, type Site } from '../site/site.ts';
import { alertWordsFor } from '../words/alert-words.ts';
import { articlePath } from './address.ts';

/** Returns the options for parsing the seeds of a site, apart from the files beside them. */
export function parseOptions(site: Site): Omit<ParseOptions, 'findFile'> {
  const { timezone, id, url, language: usual, people } = site;
  // The paths of a site are relative to the folder of its address.
  const folder = new URL('.', url).href;
  return {
    timezone,
    articleUrl: (slug) => folder + articlePath(slug),
    mintId: (slug) => mintId(id, slug),
    rule: permalinkRule(site),
    people,
    inMarkdown: needsMarkdown(site),
    alertWords: (language = usual) => alertWordsFor(language),
  };
}

/** Returns the rule for permalinks, if the site has one. */
export function permalinkRule(site: Site): PermalinkRule | undefined {
  const { permalink, language, timezone } = site;
  return permalink && { ...permalink, home: homeOf(site), language, timezone };
}
