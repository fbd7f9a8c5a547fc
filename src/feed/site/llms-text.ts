import type { Article, Instant } from '../../article/article.ts';
import { escapeMarkdown } from '../../article/body/markdown/html-as-markdown.ts';
import { archivePath, canonicalAddress, pageAddress, pagePath } from '../../publication/addresses/address.ts';
import type { Edition } from '../../publication/publication.ts';
import { hasTwins } from '../../publication/site/markdown-uses.ts';
import type { Site } from '../../publication/site/site.ts';
import { sliceTitle } from '../../publication/site/slice-title.ts';
import { slicedBy } from '../../publication/slices/membership.ts';
import { wordsFor } from '../../publication/words/words.ts';
import { type WrittenDocument, writeDocument } from '../document.ts';

/**
 * Writes `/llms.txt` (llmstxt.org): what the publication is, and its current page by section, with links to the
 * articles in Markdown. `undefined` unless the publication asks for it.
 */
export async function writeLlms(edition: Edition, _: unknown, now: Instant): Promise<WrittenDocument | undefined> {
  const { site } = edition;
  if (site.markdown?.includes('llms') !== true) return undefined;
  const page = await edition.page({}, now);
  if (page === undefined) return undefined;
  const sections = new Map<string, string[]>();
  for (const article of page.articles) {
    const section = sectionOf(article, site);
    sections.set(section, [...(sections.get(section) ?? []), articleLine(article, site)]);
  }
  const feed = `- [RSS](${new URL('rss.xml', site.url).href})\n`;
  const rest =
    page.olderArchive === undefined
      ? [`- [Sitemap](${new URL('sitemap.xml', site.url).href})\n`]
      : [archivePath, pagePath({ archive: page.olderArchive })].map(
          (path) => `- [${path}](${new URL(path, site.url).href})\n`,
        );
  const parts = [
    `# ${escapeMarkdown(site.title)}\n`,
    `> ${escapeMarkdown(site.description)}\n`,
    ...[...sections].map(([name, lines]) => `## ${name}\n\n${lines.join('')}`),
    // The name that llmstxt.org gives to what can be left out.
    `## Optional\n\n${feed}${rest.join('')}`,
  ];
  return writeDocument(parts.join('\n'), 'text/plain; charset=utf-8', page);
}

function sectionOf({ section }: Article, site: Site): string {
  return escapeMarkdown(
    section === undefined ? wordsFor(site.language).words.latest : sliceTitle(slicedBy('section', section)[1], site),
  );
}

function articleLine(article: Article, site: Site): string {
  const { title, summary, slug } = article;
  const url = hasTwins(site) ? `${pageAddress(slug, site)}.md` : canonicalAddress(article, site);
  return `- [${escapeMarkdown(title)}](${url.replace(/[()]/g, '\\$&')})${summary === '' ? '' : `: ${escapeMarkdown(summary)}`}\n`;
}
