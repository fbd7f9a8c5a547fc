import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, startServe } from '../node/command.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { hostileFiles, scriptsThatRan, siteFolder } from '../static/site.ts';
import { serveStatic } from '../static/static-server.ts';
import { executable, launch, skipped } from './chromium.ts';

describe.skipIf(executable === undefined)(`own files in Chromium (${skipped})`, () => {
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    served = await startServe([siteFolder()]);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  it('run no script on a Node server', async () => {
    // Only static hosts answer without the ending.
    const paths = hostileFiles.map((path) => (path.includes('.') ? path : `${path}.html`));
    expect(await scriptsThatRan(browser, served.url, paths)).toEqual([]);
  });

  it('would run one on a host without a policy', async () => {
    const { url, close } = await serveStatic(
      makeFolder({ 'page.html': "<script>location.hash = 'ran'</script>", '404.html': 'none' }),
    );
    expect(await scriptsThatRan(browser, url, ['/page.html'])).toEqual(['/page.html']);
    await close();
  });
});
