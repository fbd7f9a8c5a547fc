import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArticlePlace, anchorName } from '../../../../src/article/body/html/addresses.ts';
import { safeHtml } from '../../../../src/article/body/html/safe-html.ts';
import { markdown, parseBody } from '../../../../src/article/body/markdown/markdown.ts';
import { hasRawHtml, renderTokens } from '../../../../src/article/body/markdown/safe-tokens.ts';
import { legalText } from '../../../../src/article/plain-text.ts';
import { propertyRuns } from '../../../effort.ts';
import { anyMarkdown } from '../markdowns.ts';

const places: readonly ArticlePlace[] = [
  { permalink: 'https://publisher.example/2025/a?b=c&d="e"#f', slug: 'größe-1' },
  {
    permalink: 'https://site.example/articles/seed',
    slug: 'seed',
    findFile: (written) =>
      /\.(?:png|pdf)/.test(written)
        ? {
            url: `https://site.example/media/${encodeURIComponent(written)}`,
            type: 'a/b',
            length: 1,
            width: 2,
            height: 3,
          }
        : undefined,
  },
];

test('Markdown without raw HTML is written as cleaning what markdown-it writes would write it', () => {
  const runs = propertyRuns(3000);
  let compared = 0;
  fc.assert(
    fc.property(anyMarkdown, fc.constantFrom(...places), (body, place) => {
      const parse = () => parseBody(legalText(body), 'Heading');
      const tokens = parse();
      if (hasRawHtml(tokens)) return;
      compared++;
      const html = markdown.renderer.render(parse(), markdown.options, { anchor: anchorName(place.slug) });
      expect(renderTokens(tokens, place)).toBe(safeHtml(html, place));
    }),
    { numRuns: runs },
  );
  expect(compared).toBeGreaterThan(runs / 3);
});
