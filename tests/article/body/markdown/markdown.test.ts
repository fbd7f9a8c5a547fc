import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { newMarkdown } from '../../../../src/article/body/markdown/markdown.ts';

const ours = newMarkdown();
const theirs = new MarkdownIt({ html: true, linkify: true });
theirs.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

// biome-ignore format: groups in rows
const parts = fc.constantFrom(
  'http', 'https', 'ftp', 'mailto', 'x', ':', '/', '//', '://', 'a', 'b-c', '-', '.', '..', 'example', '.org', 'xn--', 'ö', 'é', 'ß', '日本',
  'A', '_', '~', '%', '%20', '%zz', '#', '#a', '?', '?a=b', '&', '@', ' ', '\\', '<', '>', '|', '｜', '[', ']', '(', ')', '*', "'", '"', ':80', '0', '1.2.3.4',
);
const texts = fc.array(parts, { maxLength: 8 }).map((all) => all.join(''));
const addresses = fc
  .tuple(
    fc.constantFrom('https://', 'http://', 'HTTPS://', ''),
    fc.constantFrom('a.example', 'a-b.c.example', 'xn--bcher-kva.example', 'A.example', '-a.example', '1.2', ''),
    fc.constantFrom('/', '/a/b.html', '', ':80/'),
    texts,
  )
  .map((all) => all.join(''));

test('an address is spelled as the library spells it', () => {
  let same = 0;
  fc.assert(
    fc.property(fc.oneof(addresses, texts), (address) => {
      const expected = theirs.normalizeLink(address);
      expect(ours.normalizeLink(address)).toBe(expected);
      if (address === expected) same += 1;
    }),
    { numRuns: 20_000 },
  );
  expect(same).toBeGreaterThan(2000);
});

test('a text has an address where the library finds one', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.oneof(addresses, texts), (text) => {
      const expected = theirs.linkify.test(text);
      expect(ours.linkify.test(text)).toBe(expected);
      if (expected) found += 1;
    }),
    { numRuns: 20_000 },
  );
  expect(found).toBeGreaterThan(2000);
});
