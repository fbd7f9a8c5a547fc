import type { Site } from '../publication/site.ts';
import { errorView, type Failure } from './views/error-view.ts';

/** What can go wrong, by its status. */
export const failures = {
  404: { heading: 'Not found', sentence: 'There is nothing at this address.' },
  405: { heading: 'Not possible', sentence: 'This address answers GET and HEAD.' },
  410: { heading: 'Withdrawn', sentence: 'What was at this address has been withdrawn.' },
  500: { heading: 'Out of order', sentence: 'The server failed to answer. Try again later.' },
} as const satisfies Readonly<Record<number, Failure>>;

export type FailureStatus = keyof typeof failures;

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

/** The way back from any path; a path of very many folders, which only an attacker has, would make a page of ways. */
function rootFrom(pathname: string, { url }: Site): string {
  const depth = pathname.split('/', deepest + 3).length - 2;
  if (depth > deepest) return new URL(url).pathname;
  return '../'.repeat(depth) || './';
}

const deepest = 20;
