import type { ParseOptions } from '../../../article/parse.ts';
import { articlePath } from '../../../publication/address.ts';
import { mintId } from '../../../publication/identity.ts';
import type { Site } from '../../../publication/site.ts';
import { alertWordsFor } from '../../../publication/words/alert-words.ts';

/** Returns the options for parsing the seeds of a site, apart from the files beside them. */
export function parseOptions({ timezone, id, url, language: usual }: Site): Omit<ParseOptions, 'findFile'> {
  // The paths of a site are relative to the folder of its address.
  const folder = new URL('.', url).href;
  return {
    timezone,
    articleUrl: (slug) => folder + articlePath(slug),
    mintId: (slug) => mintId(id, slug),
    alertWords: (language = usual) => alertWordsFor(language),
  };
}
