import type { Hono } from 'hono';
import { createApp as createBareApp } from '../http/app.ts';
import type { Edition, Publication } from '../publication/publication.ts';
import { answerPackageFile, packageFiles } from './package-files.ts';

export interface AppOptions {
  /** Returns milliseconds since 1970; by default the runtime's clock. */
  readonly now?: () => number;
  /** Answers requests that no address of the app matches, such as those for media files. */
  readonly files?: (request: Request) => Promise<Response | undefined>;
  /** Called with each error that the app answers with 500 or 503; by default, errors are written to the console. */
  readonly onError?: (error: Error) => void;
}

/**
 * Makes the web app of a publication or of a single edition, for every runtime with Fetch requests and responses. It
 * serves the stylesheets of its pages, too. Mounted in another app, it leaves unknown addresses to that app. If the
 * publication's address has a path, the app answers below that path, too.
 *
 * @example export default { fetch: createApp(publication).fetch };
 */
export function createApp(source: Publication | Edition, options: AppOptions = {}): Hono {
  const publication = publicationOf(source);
  const app = createBareApp(publication, { ...options, onError: options.onError ?? logError });
  for (const [path, file] of packageFiles)
    app.all(path, async ({ req }) => {
      const { ttl } = (await publication.edition()).site;
      return answerPackageFile(req.raw, file, ttl, options.now ?? Date.now);
    });
  return app;
}

function publicationOf(source: Publication | Edition): Publication {
  if (typeof source === 'object' && source !== null) {
    if ('edition' in source && typeof source.edition === 'function') return source;
    if ('page' in source && typeof source.page === 'function') return { edition: () => source };
  }
  throw new TypeError('createApp: expected a publication or an edition');
}

export function logError(error: Error): void {
  console.error(error);
}
