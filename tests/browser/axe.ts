import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Lists what is not accessible on a page, outside the element `except`. The page must bypass its policy. */
export async function violations(page: Page, except?: string): Promise<string[]> {
  await page.evaluate(axe);
  const context = except === undefined ? 'document' : JSON.stringify({ exclude: [except] });
  const { violations } = (await page.evaluate(`axe.run(${context})`)) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)).sort();
}
