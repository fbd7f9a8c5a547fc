/** The text of a seed or of publication.yaml reaches the readers of all three formats. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSeed } from '../../src/article/parse.ts';
import { renderFeed } from '../../src/feed/document.ts';
import { formats } from '../../src/feed/formats.ts';
import { parsePublicationFile } from '../../src/publication/file/publication-file.ts';
import { publish } from '../../src/publication/memory.ts';
import { hostileText } from './hostile-text.ts';
import { decode } from './pages.ts';
import { legal, type Reading, read } from './readings.ts';

const runs = { numRuns: 300 };

/** Text that is not empty as one line. */
const line = hostileText.filter((text) => folded(text) !== '');

/** Publishes a seed and reads it in every format. */
async function published(seed: string, publication: string): Promise<readonly Reading[]> {
  const { site, problems } = parsePublicationFile(
    { path: 'publication.yaml', text: publication },
    { title: 'Untitled', url: 'https://example.org/' },
  );
  const parsed = parseSeed(
    { path: 'seeds/a.md', text: seed },
    { timezone: 'UTC', articleUrl: (slug) => site.url + slug, mintId: (slug) => site.id + slug },
  );
  expect([...problems, ...parsed.problems]).toEqual([]);
  const sources = parsed.source === undefined ? [] : [parsed.source];
  const now = '2026-01-01T00:00:00Z';
  const page = (await publish(site, sources, now).page({}, now)) ?? expect.fail('no page');
  return Promise.all(formats.map(async (format) => read(format.name, decode((await renderFeed(page, format)).bytes))));
}

describe('in every format', () => {
  test("a seed's headline and lede read back", () =>
    fc.assert(
      fc.asyncProperty(line, line, async (headline, lede) => {
        const seed = `# ${markdown(headline)}\n\n2025-02-25\n\nSo ${markdown(lede)} it is.\n`;
        const text = folded(`So ${lede} it is.`);
        for (const { items } of await published(seed, ''))
          expect(
            items.map(({ title, summary, content }) => ({
              title,
              summary,
              content: folded(textOfParagraph(content)),
            })),
          ).toEqual([{ title: folded(headline), summary: text, content: text }]);
      }),
      runs,
    ));

  test("a publication's title, description and authors read back", () =>
    fc.assert(
      fc.asyncProperty(line, line, line, async (title, description, name) => {
        const readings = await published(
          '# Headline\n\n2025-02-25\n\nBody.\n',
          `title: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(description)}\n` +
            `authors: [{ name: ${JSON.stringify(name)}, email: ann@example.org }]\n`,
        );
        for (const { items, ...feed } of readings) {
          expect(feed).toEqual({ title: folded(title), description: folded(description), language: 'en' });
          expect(items.map(({ authors }) => authors)).toEqual([[folded(name)]]);
        }
      }),
      runs,
    ));
});

/** Normalizes a title: one line, without white space at its ends or runs of it inside. */
function folded(text: string): string {
  return legal(text)
    .replace(/[\s\u0085]+/g, ' ')
    .trim();
}

/** Writes text as one line of Markdown that renders to this text. */
function markdown(text: string): string {
  return text.replace(/[\n\r]/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Reads an HTML paragraph without elements. */
function textOfParagraph(html: string): string {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  const [, inner = `no paragraph: ${html}`] = /^<p>([^<>]*)<\/p>\s*$/.exec(html) ?? [];
  return inner.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => characters[name] ?? '');
}
