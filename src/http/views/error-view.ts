import { html } from 'hono/html';
import type { Site } from '../../publication/site.ts';
import { ownLanguage } from './language-view.ts';
import { layout } from './layout.ts';

/** What went wrong, in a heading and a sentence. */
export interface Failure {
  readonly heading: string;
  readonly sentence: string;
}

/** Shows an error as a page that leads on to the articles and the feeds; `root` is the way to the site's root. */
export function errorView({ heading, sentence }: Failure, site: Site, root: string): Promise<string> {
  const body = html`<section class="failure"${ownLanguage(site)}>
<h1>${heading}</h1>
<p>${sentence}</p>
<p><a href="${root}">The latest articles</a> are on the front page.</p>
</section>`;
  return layout({ site, title: `${heading} – ${site.title}`, root, body });
}
