import { parentPort } from 'node:worker_threads';
import type { Article } from '../../article/article.ts';
import type { Inherited } from '../../article/front-matter/inherited.ts';
import { parseSeed, type Seed } from '../../article/parse.ts';
import type { Site } from '../../publication/site.ts';
import { ArticleFiles } from './article-files.ts';
import { parseOptions } from './parse-options.ts';

/** A long article to render. A worker gets a copy. */
export interface RenderJob {
  /** The folder of the publication. */
  readonly dir: string;
  readonly site: Site;
  readonly seed: Seed;
  readonly slug: string;
  readonly inherited: Inherited | undefined;
}

export interface Rendered {
  /** Absent if the article cannot be rendered. */
  readonly article?: Article | undefined;
  readonly error?: string | undefined;
  /** The files that the article refers to, as it writes them. */
  readonly written: readonly string[];
}

function render({ dir, site, seed, slug, inherited }: RenderJob): Rendered {
  const findFile = new ArticleFiles(dir).finderFor(seed.path, site.url);
  const written = new Set<string>();
  const options = {
    ...parseOptions(site),
    inherited,
    findFile: (address: string) => {
      written.add(address);
      return findFile(address);
    },
  };
  try {
    const { source, withLongSlug } = parseSeed(seed, options);
    const parsed = [source, withLongSlug].find((one) => one?.head.slug === slug);
    return { article: parsed?.article(), written: [...written] };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), written: [...written] };
  }
}

parentPort?.on('message', (job: RenderJob) => parentPort?.postMessage(render(job)));
