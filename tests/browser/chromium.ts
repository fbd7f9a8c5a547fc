import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { executable } from './executable.ts';

export { executable };

/** Stands in the names of the tests that need it. */
export const skipped = 'skipped where none is at /usr/bin/chromium or $CHROMIUM';

/** Connects to the browser of the run, whose tests have contexts of their own; `close` ends the connection. */
export function launch(): Promise<Browser> {
  return chromium.connect(inject('browser'));
}

/** A page, and what happened on it that must not. */
export interface Watched {
  readonly page: Page;
  /** Dialogs, errors, windows, warnings of the console and requests to other hosts than the page's own. */
  readonly seen: string[];
}

/** Opens a page of its own at an address and keeps an eye on it. */
export async function open(browser: Browser, address: URL, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  page.on('popup', () => seen.push('popup'));
  page.on('console', (message) => {
    if (/^(?:error|warning)$/.test(message.type())) seen.push(`${message.type()}: ${message.text()}`);
  });
  await page.route(
    ({ host }) => host !== address.host,
    (route) => {
      const request = route.request();
      seen.push(`${request.resourceType()}: ${request.url()}`);
      return route.abort();
    },
  );
  await page.goto(address.href);
  return { page, seen };
}
