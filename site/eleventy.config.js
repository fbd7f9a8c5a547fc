/** The site of the documents, for `npm run site`. */
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { versionsIn } from './changelog.ts';
import { addressOf, anchorOf, describe, fileAddress, linkedFiles, navigationIn, resolveLink } from './documents.ts';

const documents = ['*.md', 'docs/**/*.md', 'examples/README.md'].flatMap((pattern) => globSync(pattern));

const output = 'dist/site-docs';

export default function configure(eleventy) {
  // Pages that are gone would stay.
  rmSync(output, { recursive: true, force: true });
  eleventy.setTemplateFormats(['md']);
  eleventy.setUseGitIgnore(false);
  eleventy.ignores.add('!(docs|examples|site)/**/*');
  eleventy.ignores.add('{docs/api,examples/*}/**/*');
  eleventy.addPassthroughCopy({
    'public/style.css': 'style.css',
    'site/site.css': 'site.css',
    'public/icon.svg': 'icon.svg',
  });
  for (const path of linkedFiles(documents)) eleventy.addPassthroughCopy({ [path]: fileAddress(path).slice(1) });
  const hasApi = existsSync('docs/api/index.html');
  if (hasApi) eleventy.addPassthroughCopy({ 'docs/api': 'api' });
  eleventy.addGlobalData('hasApi', hasApi);
  eleventy.addGlobalData('layout', 'layout.html');
  eleventy.addGlobalData('groups', navigationIn(readFileSync('README.md', 'utf8')));
  eleventy.addGlobalData('eleventyComputed', {
    permalink: ({ page, permalink }) => permalink || addressOf(pathOf(page.inputPath)),
    about: ({ page }) => describe(page.rawInput ?? ''),
  });
  for (const { slug, title, date, text } of versionsIn(readFileSync('CHANGELOG.md', 'utf8')))
    eleventy.addTemplate(`changelog-${slug}.md`, `# ${title}\n\n${date}\n\n${text.replace(/^###/gm, '##')}\n`, {
      permalink: `/changelog/${slug}/`,
    });
  eleventy.amendLibrary('md', adapt);
  return {
    dir: { input: '.', includes: 'site', output },
    // Braces in the documents are examples.
    markdownTemplateEngine: false,
    htmlTemplateEngine: 'liquid',
    pathPrefix: new URL(process.env.SITE_URL ?? 'http://localhost/').pathname,
  };
}

function pathOf(inputPath) {
  return relative('.', inputPath).replaceAll('\\', '/');
}

/** Adapts Markdown as GitHub shows it: anchors of headings, links between files, tables that may be wider than a phone. */
function adapt(markdown) {
  const prefix = new URL(process.env.SITE_URL ?? 'http://localhost/').pathname.replace(/\/$/, '');
  markdown.core.ruler.push('documents', ({ tokens, env }) => {
    const from = env.page.inputPath.includes('changelog-') ? 'CHANGELOG.md' : pathOf(env.page.inputPath);
    const adaptLink = (token, name) => {
      const link = resolveLink(from, token.attrGet(name) ?? '');
      token.attrSet(name, link.startsWith('/') ? prefix + link : link);
    };
    tokens.forEach((token, i) => {
      if (token.type === 'heading_open') token.attrSet('id', anchorOf(textOf(tokens[i + 1])));
      for (const child of token.children ?? []) {
        if (child.type === 'link_open') adaptLink(child, 'href');
        if (child.type === 'image') adaptLink(child, 'src');
      }
    });
  });
  const { rules } = markdown.renderer;
  rules.table_open = (tokens, i) => {
    const number = tokens.slice(0, i + 1).filter(({ type }) => type === 'table_open').length;
    return `<div class="wide" role="region" aria-label="Table ${number}" tabindex="0"><table>\n`;
  };
  const { fence } = rules;
  // Wide code scrolls, also by the keyboard.
  rules.fence = (...args) => fence(...args).replace('<pre', '<pre tabindex="0"');
  rules.table_close = () => '</table></div>\n';
}

function textOf({ children = [] }) {
  return children.map(({ content }) => content).join('');
}
