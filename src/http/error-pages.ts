import { html } from 'hono/html';
import type { Instant } from '../article/article.ts';
import type { Edition } from '../publication/publication.ts';
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
  503: { heading: 'outOfOrder', sentence: 'outOfOrderMeans' },
} as const satisfies Readonly<Record<number, Failure>>;

export type FailureStatus = keyof typeof failures;

/** Describes an error in one sentence, for a plain text answer. */
export function failureLine(status: FailureStatus): string {
  return status === 503 ? unreadable : en[failures[status].sentence];
}

const unreadable = 'The publication cannot be read right now. Try again in a minute.';

/**
 * Reports whether people visit a path or a route: it is not a feed, a file, or a path at which readers guess feeds.
 * Errors there are HTML pages; elsewhere they are plain text, for programs.
 */
export function isForPeople(path: string): boolean {
  return !/(?:\.[a-z0-9]+|\/(?:feeds?|rss|atom))\/*$/i.test(path);
}

/** Where and when an error is shown. */
interface ErrorPlace {
  readonly edition: Edition;
  readonly now: Instant;
  /** The path of the request. */
  readonly pathname: string;
  /** Why the publisher withdrew what was there. */
  readonly reason?: string | undefined;
}

/** Writes the error page for a path; `undefined` if the publication has no pages. */
export async function errorPage(
  status: FailureStatus,
  { pathname, ...place }: ErrorPlace,
): Promise<string | undefined> {
  const { site } = place.edition;
  return hasPages(site) ? errorView(failures[status], place, rootFrom(pathname, site)) : undefined;
}

/** Writes the page for 404; `root` is the URL of the site's root. */
export function notFoundPage(edition: Edition, now: Instant, root: string): Promise<string> {
  return errorView(failures[404], { edition, now }, root);
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

/** Writes an error page, which links to the articles, the sections and the feeds. */
async function errorView(
  { heading, sentence }: Failure,
  { edition, now, reason }: Omit<ErrorPlace, 'pathname'>,
  root: string,
): Promise<string> {
  const { site } = edition;
  const { words, own } = ownWords(site);
  const body = html`<section class="failure"${own}>
<h1>${words[heading]}</h1>
<p>${words[sentence]}</p>${reason === undefined ? '' : html`\n<p lang="${site.language}">${reason}</p>`}
<p><a href="${root}">${words.lead}</a></p>
</section>`;
  return layout({ site, title: `${words[heading]} – ${site.title}`, root, menu: await edition.menu?.(now), body });
}
