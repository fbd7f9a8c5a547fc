import { html } from 'hono/html';
import { hasPages, type Site } from '../publication/site/site.ts';
import { en, type Words } from '../publication/words/en.ts';
import { ownWords } from './views/language-view.ts';
import { layout } from './views/layout.ts';

/** The words of the error pages, by status. */
const failures = {
  404: { heading: 'notFound', sentence: 'notFoundMeans' },
  405: { heading: 'notPossible', sentence: 'notPossibleMeans' },
  410: { heading: 'withdrawn', sentence: 'withdrawnMeans' },
  500: { heading: 'outOfOrder', sentence: 'outOfOrderMeans' },
} as const satisfies Readonly<Record<number, Failure>>;

export type FailureStatus = keyof typeof failures;

/** Describes an error in one sentence, for a plain text answer. */
export function failureLine(status: FailureStatus): string {
  return en[failures[status].sentence];
}

/**
 * Reports whether people visit a path or a route: it is not a feed, a file, or a path at which readers guess feeds.
 * Errors there are HTML pages; elsewhere they are plain text, for programs.
 */
export function isForPeople(path: string): boolean {
  return !/(?:\.[a-z0-9]+|\/(?:feeds?|rss|atom))\/*$/i.test(path);
}

/** Writes the error page for a path, with the publisher's reason; `undefined` if the publication has no pages. */
export async function errorPage(
  status: FailureStatus,
  site: Site,
  pathname: string,
  reason?: string,
): Promise<string | undefined> {
  if (!hasPages(site)) return undefined;
  return errorView(failures[status], site, rootFrom(pathname, site), reason);
}

/** Writes the page for 404; `root` is the relative URL of the site's root. */
export function notFoundPage(site: Site, root: string): Promise<string> {
  return errorView(failures[404], site, root);
}

/** Returns the relative URL of the site's root from a path; an absolute one from paths that only attackers use. */
function rootFrom(pathname: string, { url }: Site): string {
  const depth = pathname.split('/', deepest + 3).length - 2;
  if (depth > deepest) return new URL(url).pathname;
  return '../'.repeat(depth) || './';
}

const deepest = 20;

/** The words of an error page. */
interface Failure {
  readonly heading: keyof Words;
  readonly sentence: keyof Words;
}

/** Writes an error page, which links to the articles and the feeds. */
function errorView({ heading, sentence }: Failure, site: Site, root: string, reason?: string): Promise<string> {
  const { words, own } = ownWords(site);
  const body = html`<section class="failure"${own}>
<h1>${words[heading]}</h1>
<p>${words[sentence]}</p>${reason === undefined ? '' : html`\n<p lang="${site.language}">${reason}</p>`}
<p><a href="${root}">${words.lead}</a></p>
</section>`;
  return layout({ site, title: `${words[heading]} – ${site.title}`, root, body });
}
