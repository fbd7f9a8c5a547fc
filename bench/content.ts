import { marked } from 'marked';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { parseSeed } from '../src/article/parse.ts';
import { median, quick } from './measure.ts';
import { variedArticle } from './varied.ts';

const count = quick ? 20 : 2000;
const rounds = quick ? 1 : 7;
const options = {
  timezone: 'UTC',
  articleUrl: (slug: string) => `https://bench.example/articles/${slug}`,
  mintId: (slug: string) => `tag:bench.example,2020:${slug}`,
};
const safely = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeSanitize)
  .use(rehypeStringify);

/** Functions that turn a seed into HTML. */
const renderers: Readonly<Record<string, (text: string, index: number) => string>> = {
  'Dateline: seed to article': (text, index) => {
    const { source } = parseSeed({ path: `${index}.md`, text }, options);
    if (source === undefined) throw new Error(`article ${index} does not parse`);
    return source.article().content;
  },
  'marked alone: not sanitized': (text) => marked.parse(text, { async: false }),
  'unified: GFM, raw HTML, sanitized': (text) => String(safely.processSync(text)),
};

for (const [kind, withHtml] of [
  ['a tenth with raw HTML', 0.1],
  ['none with raw HTML', 0],
  ['all with raw HTML', 1],
] as const) {
  const texts = Array.from({ length: count }, (_, index) => variedArticle(index, withHtml));
  const kilobytes = texts.reduce((sum, text) => sum + text.length, 0) / count / 1000;
  console.log(
    `${count} articles of ${kilobytes.toFixed(1)} kB, ${kind}; Node ${process.version}. Articles a second, medians of ${rounds} rounds.\n`,
  );
  const speeds = measure(texts);
  const ours = median(speeds[0] ?? []);
  for (const [index, name] of Object.keys(renderers).entries()) {
    const speed = median(speeds[index] ?? []);
    console.log(`${name.padEnd(34)}${speed.toFixed(0).padStart(8)}${(ours / speed).toFixed(2).padStart(8)}`);
  }
  console.log('');
}

/** Runs the renderers in turn, after a round that is not counted. Returns articles a second by renderer and round. */
function measure(texts: readonly string[]): number[][] {
  const speeds: number[][] = Object.keys(renderers).map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, render] of Object.values(renderers).entries()) {
      const start = performance.now();
      let length = 0;
      for (const [index, text] of texts.entries()) length += render(text, index).length;
      const speed = (texts.length * 1000) / (performance.now() - start);
      if (length === 0) throw new Error('nothing was rendered');
      if (round > 0) speeds[index]?.push(speed);
    }
  }
  return speeds;
}
