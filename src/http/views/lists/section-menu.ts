import { html } from 'hono/html';
import type { Site } from '../../../publication/site/site.ts';
import { sliceTitle } from '../../../publication/site/slice-title.ts';
import type { Menu } from '../../../publication/slices/menu.ts';
import { slicePath } from '../../../publication/slices/slice.ts';
import { type Html, ownWords } from '../language-view.ts';

/** Links the sections, under the nameplate. */
export function sectionMenu(menu: Menu | undefined, site: Site, root: string, here: string | undefined): Html | string {
  if (menu === undefined || menu.sections.length === 0) return '';
  const { words, own } = ownWords(site);
  const links = menu.sections.map((section) => menuLink(slicePath(section), sliceTitle(section, site), root, here));
  return html`<nav class="sections" aria-label="${words.sections}"${own}><ul lang="${site.language}">${links.map((link) => html`<li>${link}</li>`)}</ul></nav>
`;
}

/** Links a page by its path below the site's address, unless it is the page with the link. */
export function menuLink(path: string, name: string, root: string, here: string | undefined): Html {
  return path === here ? html`<a aria-current="page">${name}</a>` : html`<a href="${root}${path}">${name}</a>`;
}
