import { html } from 'hono/html';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { type WrittenDocument, writeDocument } from '../../../feed/document.ts';
import { pagePath, rootFrom } from '../../../publication/addresses/address.ts';
import { latest } from '../../../publication/moments.ts';
import type { NoticesLink } from '../../../publication/notices.ts';
import { lastUpdate, type Page } from '../../../publication/page.ts';
import { sliceTitle } from '../../../publication/site/slice-title.ts';
import { datedWith, type Menu } from '../../../publication/slices/menu.ts';
import { slicePath } from '../../../publication/slices/slice.ts';
import type { NewerPage } from '../../newer-page.ts';
import { correctionsFeed } from '../corrections-view.ts';
import { ownWords } from '../language-view.ts';
import { htmlType, layout } from '../layout.ts';
import { feedFacts } from '../person-view.ts';
import { haveEpisode, liveShows } from '../podcast-view.ts';
import { breadcrumbList } from './breadcrumbs.ts';
import { pageLinks } from './page-links.ts';
import { listHeading } from './slice-heading.ts';
import { stories } from './stories.ts';
import { storyAnchor } from './story.ts';

/** Renders a page as a list of articles, with links to older and newer pages. */
export async function listView(
  page: Page,
  newerPage?: NewerPage,
  menu?: Menu,
  corrections: Partial<NoticesLink> = {},
): Promise<WrittenDocument> {
  const { site, whole = site, slice, articles, address } = page;
  const { archive } = address;
  const path = pagePath(address);
  const root = rootFrom(path);
  const older =
    page.olderArchive === undefined ? undefined : root + pagePath({ ...address, archive: page.olderArchive });
  const newer = newerPage && root + pagePath(newerPage.address);
  const canonical = new URL(path, site.url).href;
  const { words, own } = ownWords(whole);
  const body = html`${listHeading(page, whole, root)}${liveShows(page, whole)}${
    articles.length === 0 ? html`<p${own}>${words.nothing}</p>\n` : ''
  }${stories(articles, { site: whole, root, slice, isCurrent: archive === undefined })}${pageLinks(page, { older: older && older + lastStory(page), newer }, whole)}${feedFacts(site.title, canonical, whole.authors)}`;
  const archiveName = archive === undefined ? undefined : words.archivePage.replace('{}', String(archive));
  const text = await layout(
    omitUndefined({
      site: whole,
      slice,
      title: archiveName === undefined ? site.title : `${site.title}: ${archiveName}`,
      description: slice === undefined ? undefined : site.description,
      root,
      path,
      menu,
      isFeed: true,
      feed: corrections.isListed ? correctionsFeed(whole) : undefined,
      canonical,
      hasEpisode: (slice === undefined || slice.kind === 'podcast') && haveEpisode(articles, whole),
      older,
      newer,
      crumbs:
        path === ''
          ? undefined
          : breadcrumbList(
              [
                { name: whole.title, path: '' },
                ...(slice === undefined ? [] : [{ name: sliceTitle(slice, whole), path: slicePath(slice) }]),
                ...(archiveName === undefined ? [] : [{ name: archiveName, path }]),
              ],
              whole,
            ),
      body,
    }),
  );
  const updated = latest([lastUpdate(page), newerPage?.since]) ?? '';
  return writeDocument(text, htmlType, datedWith(datedWith({ ...page, updated }, menu), corrections));
}

/** Returns the fragment of a page's last article, if the page with older articles repeats it. */
function lastStory({ overlaps, articles }: Page): string {
  const last = overlaps === true ? articles.at(-1) : undefined;
  return last === undefined ? '' : `#${storyAnchor(last.slug)}`;
}
