/** The site of the documents as it is built. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../node/command.ts';

/** The path of cmd.cjs in the package @11ty/eleventy. */
const { ELEVENTY } = process.env;
const prefix = '/dateline';
const site = join(checkout, 'dist/site-docs');

interface Node {
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Node[];
}

function attributesOf(node: Node): readonly { readonly name: string; readonly value: string }[] {
  return [...(node.attrs ?? []), ...(node.childNodes ?? []).flatMap(attributesOf)];
}

describe.skipIf(ELEVENTY === undefined)(
  'the site of the documents (ELEVENTY)',
  () => {
    const pages = new Map<string, readonly { readonly name: string; readonly value: string }[]>();
    beforeAll(() => {
      const options = { cwd: checkout, env: { ...process.env, SITE_URL: `https://docs.example${prefix}/` } };
      execFileSync(process.execPath, [ELEVENTY ?? '', '--config=site/eleventy.config.js', '--quiet'], options);
      execFileSync('npm', ['run', '--silent', 'site:feeds'], options);
      for (const path of globSync('**/*.html', { cwd: site, exclude: ['api/**'] }))
        pages.set(
          `/${path.replace(/(?:^|(?<=\/))index\.html$/, '')}`,
          attributesOf(parse(readFileSync(join(site, path), 'utf8')) as Node),
        );
    });

    it('has links only to pages, files and headings that exist', () => {
      expect(pages.size).toBeGreaterThan(100);
      const broken = [...pages].flatMap(([page, attributes]) =>
        attributes
          .filter(({ name, value }) => ['href', 'src'].includes(name) && !/^[a-z]+:/.test(value))
          .filter(({ value }) => !leads(page, value))
          .map(({ value }) => `${page} → ${value}`),
      );
      expect(broken).toEqual([]);
    });

    function leads(page: string, link: string): boolean {
      const [written = '', anchor] = link.split('#');
      if (written !== '' && !written.startsWith(`${prefix}/`)) return false;
      const path = written === '' ? page : decodeURIComponent(written.slice(prefix.length));
      if (path.startsWith('/api/')) return existsSync(join(site, path));
      if (!path.endsWith('/')) return statSync(join(site, path), { throwIfNoEntry: false })?.isFile() === true;
      const target = pages.get(path);
      const isThere = (id: string) => target?.some(({ name, value }) => name === 'id' && value === id);
      return target !== undefined && (anchor === undefined || isThere(decodeURIComponent(anchor)) === true);
    }

    it('has the feeds of the changelog, which every page names', () => {
      const { items, feed_url } = JSON.parse(readFileSync(join(site, 'feed.json'), 'utf8'));
      expect(feed_url).toBe(`https://docs.example${prefix}/feed.json`);
      expect(items.length).toBeGreaterThan(0);
      for (const { url } of items) expect(pages.has(new URL(url).pathname.slice(prefix.length))).toBe(true);
      for (const attributes of pages.values())
        for (const file of ['rss.xml', 'atom.xml', 'feed.json'])
          expect(attributes).toContainEqual(expect.objectContaining({ name: 'href', value: `${prefix}/${file}` }));
    });
  },
  120_000,
);
