import { html } from 'hono/html';
import type { Site } from '../publication/site.ts';
import { en, type Words } from '../publication/words/en.ts';
import { ownWords } from './views/language-view.ts';
import { layout } from './views/layout.ts';

/** What can go wrong, by its status, in the words of its page. */
const failures = {
  404: { heading: 'notFound', sentence: 'notFoundMeans' },
  405: { heading: 'notPossible', sentence: 'notPossibleMeans' },
  410: { heading: 'withdrawn', sentence: 'withdrawnMeans' },
  500: { heading: 'outOfOrder', sentence: 'outOfOrderMeans' },
} as const satisfies Readonly<Record<number, Failure>>;

export type FailureStatus = keyof typeof failures;

/** What went wrong, in a sentence for a program's log. */
export function failureLine(status: FailureStatus): string {
  return en[failures[status].sentence];
}

/**
 * Tells whether an address, or a route's pattern of addresses, is one that people visit: no feed, no file, and none at
 * which readers look for feeds. Errors there are pages; elsewhere a program reads them, if anybody does.
 */
export function isForPeople(path: string): boolean {
  return !/(?:\.[a-z0-9]+|\/(?:feeds?|rss|atom))\/*$/i.test(path);
}

/** Writes the page of an error at the path of a request. */
export function errorPage(status: FailureStatus, site: Site, pathname: string): Promise<string> {
  return errorView(failures[status], site, rootFrom(pathname, site));
}

/** Writes the page for where nothing is, of which `root` is the way to the site's root. */
export function notFoundPage(site: Site, root: string): Promise<string> {
  return errorView(failures[404], site, root);
}

/** The way back from any path; a path of very many folders, which only an attacker has, would make a page of ways. */
function rootFrom(pathname: string, { url }: Site): string {
  const depth = pathname.split('/', deepest + 3).length - 2;
  if (depth > deepest) return new URL(url).pathname;
  return '../'.repeat(depth) || './';
}

const deepest = 20;

/** What went wrong: the words for a heading and for a sentence. */
interface Failure {
  readonly heading: keyof Words;
  readonly sentence: keyof Words;
}

/** Shows an error as a page that leads on to the articles and the feeds; `root` is the way to the site's root. */
function errorView({ heading, sentence }: Failure, site: Site, root: string): Promise<string> {
  const { words, own } = ownWords(site);
  const body = html`<section class="failure"${own}>
<h1>${words[heading]}</h1>
<p>${words[sentence]}</p>
<p><a href="${root}">${words.lead}</a></p>
</section>`;
  return layout({ site, title: `${words[heading]} – ${site.title}`, root, body });
}
