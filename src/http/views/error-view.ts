import { html } from 'hono/html';
import type { Site } from '../../publication/site.ts';
import type { Words } from '../../publication/words/words.ts';
import { ownWords } from './language-view.ts';
import { layout } from './layout.ts';

/** What went wrong: the words for a heading and for a sentence. */
export interface Failure {
  readonly heading: keyof Words;
  readonly sentence: keyof Words;
}

/** Shows an error as a page that leads on to the articles and the feeds; `root` is the way to the site's root. */
export function errorView({ heading, sentence }: Failure, site: Site, root: string): Promise<string> {
  const { words, own } = ownWords(site);
  const body = html`<section class="failure"${own}>
<h1>${words[heading]}</h1>
<p>${words[sentence]}</p>
<p><a href="${root}">${words.lead}</a></p>
</section>`;
  return layout({ site, title: `${words[heading]} – ${site.title}`, root, body });
}
