/** Links to the files of other articles, as site generators and note-taking programs write them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SeedFolder } from '../../../../src/node/folder/seed-folder.ts';
import { dateline } from '../../command.ts';
import { makeFolder } from '../../temporary-folder.ts';

const article = (title: string, more = '', body = 'Text.') =>
  `---\ntitle: ${title}\ndate: 2026-01-02\n${more}---\n${body}\n`;
const settings = 'title: Daily\nurl: https://daily.example/\nid: "tag:daily.example,2026:"\n';

const makeArticles = (body: string, path = 'posts/a.md') =>
  makeFolder({
    'publication.yaml': settings,
    'posts/two.md': article('Two', 'slug: second\n'),
    'posts/2026-01-02-dated.md': article('Dated'),
    'posts/bundle/index.md': article('Bundle'),
    'posts/deep/A note (1).md': article('Note'),
    'posts/draft.md': article('Draft', 'draft: true\n'),
    'one/same.md': article('Same 1'),
    'three/same.md': article('Same 3'),
    'three/b.md': article('B', '', '[[same]]'),
    [path]: article('A', '', body),
  });

function contentOf(dir: string, path = 'posts/a.md'): string {
  const { sources, articles } = new SeedFolder(dir, { url: 'https://daily.example/' }).read();
  return sources[articles.findIndex(({ file }) => file.endsWith(path))]?.article().content ?? '';
}

const link = (slug: string, words = 'x') => `<a href="https://daily.example/articles/${slug}">${words}</a>`;

it.each([
  ['[x](two.md)', link('second')],
  ['[x](./two.md#part)', link('second#part')],
  ['[x](two.md?a=1 "T")', link('second').replace('">', '" title="T">')],
  ['[x][1]\n\n[1]: two.md', link('second')],
  ['<a href="two.md">x</a>', link('second')],
  ['[x](bundle/index.md)', link('bundle')],
  ['[x](deep/A%20note%20\\(1\\).md)', link('a-note-1')],
  ['[x](<deep/A note (1).md>)', link('a-note-1')],
  ['[x](/posts/two.md)', link('second')],
  ['[x](@/posts/two.md#h)', link('second#h')],
  ['[x](@/two.md)', link('second')],
  ['[x](@site/posts/two.md)', link('second')],
  ['[x]({{< relref "two.md" >}})', link('second')],
  ['[x]({{% ref "/posts/two#h" %}})', link('second#h')],
  ['[x]({{< relref path="two.md" lang="en" >}})', link('second')],
  ['[x]({{< ref "bundle" >}})', link('bundle')],
  ['<a href="{{< relref "two.md" >}}">x</a>', link('second')],
  ['[x]({% post_url 2026-01-02-dated %})', link('2026-01-02-dated')],
  ['[x]({{ site.baseurl }}{% post_url 2026-01-02-dated %}#h)', link('2026-01-02-dated#h')],
  ['[x](https://daily.example{% post_url 2026-01-02-dated %})', link('2026-01-02-dated')],
  ['[x]({% link posts/two.md %})', link('second')],
  ['{% post_link two %}', link('second', 'Two')],
  ['{% post_link two "The other" %}', link('second', 'The other')],
  ['[x]({% post_path two %})', link('second')],
  ['[x]({filename}two.md)', link('second')],
  ['[x]({filename}/posts/two.md)', link('second')],
  ['[[two|x]]', link('second')],
  ['[[A note (1)|x]]', link('a-note-1')],
  ['[[deep/a NOTE (1)#Part|x]]', link('a-note-1')],
  ['| a |\n|---|\n| [[two\\|x]] |', link('second')],
  ['<p>[[two|x]]</p>', link('second')],
])('%j leads to the article', (written, html) => {
  expect(contentOf(makeArticles(written))).toContain(html);
});

it.each([
  ['[x](draft.md)', '<p>x</p>'],
  ['[x](two.html.md)', '<p>x</p>'],
  ['[x](../two.md)', '<p>x</p>'],
  ['[x]({{< ref "draft" >}})', '<p>x</p>'],
  ['[x]({% link index.html %})', '<p>x</p>'],
  ['[[draft|x]]', '<p>x</p>'],
  ['[[same|x]]', '<p>x</p>'],
  ['![x](two.md)', '<p>x</p>'],
])('%j keeps its words and names no address', (written, html) => {
  expect(contentOf(makeArticles(written))).toBe(html);
});

it('means the nearest of several articles with one name', () => {
  expect(contentOf(makeArticles('x'), 'three/b.md')).toContain(link('three-same', 'same'));
});

it('means the translation in the language of the article', () => {
  const dir = makeArticles('[x](two.md) [y](bundle/index.md)', 'posts/a.de.md');
  writeFileSync(join(dir, 'posts/two.de.md'), article('Zwei'));
  expect(contentOf(dir, 'a.de.md')).toBe(`<p>${link('two-de')} ${link('bundle', 'y')}</p>`);
});

it('leads to the page of the site beside the publication', () => {
  const dir = makeFolder({
    'publication.yaml': `${settings}articles: content/blog\npermalink: /blog/:slug/\npages: false\n`,
    'content/blog/two.md': article('Two'),
    'content/blog/a.md': article('A', '', '[x](@/blog/two.md#h) [y](../blog/two.md) [z](@/docs/two.md)'),
  });
  const { sources } = new SeedFolder(join(dir, 'content/blog'), { url: 'http://localhost/' }).read();
  const address = 'https://daily.example/blog/two/';
  expect(sources.find(({ head }) => head.title === 'A')?.article().content).toBe(
    `<p><a href="${address}#h">x</a> <a href="${address}">y</a> z</p>`,
  );
});

it('changes with the address of the other article', () => {
  const dir = makeArticles('[[two|x]]');
  const folder = new SeedFolder(dir, { url: 'https://daily.example/' });
  const read = (named?: Parameters<SeedFolder['read']>[0]) => {
    const { articles } = folder.read(named);
    const source = articles.find(({ file }) => file.endsWith('posts/a.md'))?.source;
    return [source?.article().content, source?.version];
  };
  const [first, version] = read();
  expect(first).toBe(`<p>${link('second')}</p>`);
  writeFileSync(join(dir, 'posts/two.md'), article('Two', 'slug: third\n'));
  const [second, next] = read();
  expect([second, next === version]).toEqual([`<p>${link('third')}</p>`, false]);
  writeFileSync(join(dir, 'posts/two.md'), article('Two', 'draft: true\n'));
  expect(read()[0]).toBe('<p>x</p>');
});

it('is the same in a build, also of a long article, and after a change of the other article alone', async () => {
  const long = `[x](two.md)\n\n${'Words and more words. '.repeat(3000)}`;
  const dir = makeArticles(long);
  const out = join(makeFolder(), 'site');
  const built = async () => {
    await dateline(['build', dir, '--out', out]);
    const { items } = JSON.parse(readFileSync(join(out, 'feed.json'), 'utf8'));
    return items.find(({ title }: { title: string }) => title === 'A').content_html;
  };
  expect(await built()).toBe(contentOf(dir));
  expect(await built()).toContain(link('second'));
  writeFileSync(join(dir, 'posts/two.md'), article('Two', 'slug: third\n'));
  expect(await built()).toContain(link('third'));
});

it('is reported by check if it leads nowhere', async () => {
  const { stdout } = await dateline(['check', makeArticles('[x]({{< ref "draft" >}}) [y](two.md) [[nowhere]]')]);
  expect(stdout).toContain('the site has no page "draft.md", so only the link\'s text is shown');
  expect(stdout).toContain('the site has no page "nowhere.md"');
  expect(stdout.match(/markdown-link/g)).toHaveLength(2);
});
