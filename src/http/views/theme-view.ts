import { omitUndefined } from '../../article/omit-undefined.ts';
import { makeDocument, type RenderedDocument } from '../../feed/document.ts';
import type { Edition } from '../../publication/publication.ts';

/** Gives the publisher's own stylesheet; `undefined` where there is none. */
export async function renderTheme({ site, changed }: Edition): Promise<RenderedDocument | undefined> {
  const { style } = site.theme ?? {};
  if (style === undefined) return undefined;
  return makeDocument(style, 'text/css; charset=utf-8', omitUndefined({ articles: [], changed }));
}
