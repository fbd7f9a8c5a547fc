import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../../src/article/problem.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { type Files, makeFolder, seed, writeFiles } from '../temporary-folder.ts';

/** The published articles by slug, and the problems without the folder's name. */
function read(files: Files) {
  const dir = makeFolder(files);
  const { sources, problems } = new SeedFolder(dir, { url: 'https://site.example/' }).read();
  return {
    articles: Object.fromEntries(sources.map((source) => [source.head.slug, source.article()])),
    problems: problems.map((problem) => formatProblem(problem).replaceAll(`${dir}/`, '')),
  };
}

const post = (title: string, date: string, body = 'It happened.') =>
  `---\ntitle: ${title}\ndate: ${date}\n---\n\n${body}\n`;

describe('the folder of a blog is published unchanged', () => {
  test('of Hugo', () => {
    const { articles, problems } = read({
      '_index.md': '---\ntitle: Home\n---\n',
      'posts/_index.md': '+++\ntitle = "Posts"\ndate = 2025-01-01\n+++\n',
      'posts/ferry.md':
        '+++\ntitle = "The ferry"\ndate = 2025-02-25T08:00:00+01:00\ntags = ["harbour"]\nslug = "new-ferry"\n+++\n\n{{< figure src="ferry.jpg" caption="At sea" >}}\n',
      'posts/bridge/index.md': post('The bridge', '2025-03-01'),
      'posts/bridge/bridge.jpg': new Uint8Array([0xff]),
      'posts/bridge/sources.txt': 'Notes for the editor.',
      'posts/bridge/index.de.md': post('Die Brücke', '2025-03-01'),
      'posts/later.md': '+++\ntitle = "Later"\ndate = 2025-04-01\ndraft = true\n+++\n',
      'about.md': '---\ntitle: About\n---\nUs.',
      'now.md': '---\ntitle: Now\ndate: git Last Modified\n---\nUs.',
    });
    expect(Object.keys(articles).toSorted()).toEqual(['bridge', 'bridge-de', 'new-ferry']);
    expect(articles['new-ferry']).toMatchObject({ published: '2025-02-25T07:00:00Z', tags: ['harbour'] });
    expect(articles['bridge-de']?.language).toBe('de');
    expect(problems).toEqual([
      'about.md:1:1: warning: front matter without a date, in it, in the text or in the path, makes this a page and not an article; add a "date" to publish it (page)',
      'now.md:1:1: warning: "git Last Modified" is no date that stays the same, so this is a page and not an article; write a "date" such as 2026-03-02 to publish it (page)',
      'posts/ferry.md:8:1: warning: "{{< figure src=\\"ferry.jpg\\" caption=\\"At sea\\" >}}" only works in its framework; it is shown as a picture; write Markdown if that is not what you mean (shortcode)',
    ]);
  });

  test('of Zola', () => {
    const { articles, problems } = read({
      '_index.md': '+++\nsort_by = "date"\n+++\n',
      'ferry/index.md':
        '+++\ntitle = "The ferry"\npath = "2025/02/25/ferry"\nauthors = ["Ana Ruiz"]\n[taxonomies]\ntags = ["harbour"]\n+++\nSee [it](@/bridge.md).\n',
      'bridge.md': '+++\ntitle = "The bridge"\ndate = 2025-02-26\n+++\nIt stands.\n',
    });
    expect(articles.ferry).toMatchObject({
      published: '2025-02-25T00:00:00Z',
      authors: [{ name: 'Ana Ruiz' }],
      tags: ['harbour'],
      content: '<p>See <a href="https://site.example/articles/bridge">it</a>.</p>',
    });
    expect(problems).toEqual([]);
  });

  test('of Jekyll', () => {
    const { articles, problems } = read({
      '_posts/2025-02-25-ferry.markdown':
        '---\nlayout: post\ntitle: "The ferry"\ncategories: harbour city\n---\n\n{% highlight ruby %}\nputs 1\n{% endhighlight %}\n',
      '_posts/2025-03-01-bridge.md': '---\nlayout: post\n---\nIt stands.\n',
      '_posts/2025-03-02-hidden.md': '---\ntitle: Hidden\npublished: false\n---\n',
      '_drafts/idea.md': '---\ntitle: Idea\n---\n',
      'README.md': '# Our blog\n\nHow to write for it.',
    });
    expect(Object.keys(articles)).toEqual(['2025-02-25-ferry', '2025-03-01-bridge']);
    expect(articles['2025-02-25-ferry']).toMatchObject({
      title: 'The ferry',
      published: '2025-02-25T00:00:00Z',
      tags: ['harbour', 'city'],
      content: '<pre><code class="language-ruby">puts 1\n</code></pre>',
    });
    expect(articles['2025-03-01-bridge']?.title).toBe('Bridge');
    expect(problems).toEqual([expect.stringMatching(/^_posts\/2025-03-01-bridge\.md:1:1: warning: no title/)]);
  });

  test('of Astro', () => {
    const { articles } = read({
      'ferry.mdx':
        "---\ntitle: The ferry\npubDate: Feb 25 2025\nheroImage: /ferry.png\n---\nimport Box from '../Box.astro';\n\n<Box>It sails.</Box>\n",
    });
    expect(articles.ferry).toMatchObject({
      published: '2025-02-25T00:00:00Z',
      image: { url: 'https://site.example/ferry.png', type: 'image/png' },
      summary: 'It sails.',
    });
  });

  test('of Eleventy', () => {
    const { articles, problems } = read({
      '2025/ferry.md':
        "---\ntitle: 'The `ferry`'\ndate: 2025-02-25\nauthor: Ana\n---\n## Sails { #sails }\n\n[Home]({{ '/' | url }})\n",
    });
    expect(articles.ferry).toMatchObject({ title: 'The ferry', authors: [{ name: 'Ana' }] });
    expect(articles.ferry?.content).toMatch(/Sails<\/h2>\n<p><a href="https:\/\/site\.example\/">Home<\/a><\/p>$/);
    expect(problems).toEqual([]);
  });
});

describe('two articles with the same name in two folders', () => {
  const files = { '2024/hello.md': post('Old', '2024-05-01'), '2025/hello.md': post('New', '2025-05-01') };
  const titles = (files: Files) =>
    Object.fromEntries(Object.entries(read(files).articles).map(([slug, { title }]) => [slug, title]));

  test('are both published, the older one without its folder in the address', () => {
    expect(titles(files)).toEqual({ hello: 'Old', '2025-hello': 'New' });
    expect(titles({ 'a/hello.md': post('New', '2025-05-01'), 'b/hello.md': post('Old', '2024-05-01') })).toEqual({
      hello: 'Old',
      'a-hello': 'New',
    });
  });

  test('keep their addresses when a newer one is added', () => {
    expect(titles({ ...files, '2023/hello.md': post('Newest', '2026-01-01') })).toEqual({
      hello: 'Old',
      '2025-hello': 'New',
      '2023-hello': 'Newest',
    });
  });

  test('are an error if neither has an alternative address', () => {
    const { problems } = read({ 'a/hello.md': seed('A'), 'b/hello.md': seed('B', '2026-03-03') });
    expect(problems).toEqual([expect.stringMatching(/\(duplicate-slug\)$/)]);
  });
});

test('an article that becomes a draft is withdrawn, and one with new errors is not', () => {
  const dir = makeFolder({ 'a.md': post('A', '2025-01-01'), 'b.md': post('B', '2025-01-01') });
  const folder = new SeedFolder(dir, { url: 'https://site.example/' });
  folder.read();
  writeFiles(dir, { 'a.md': '---\ntitle: A\ndraft: true\n---\n', 'b.md': '---\ntitle: [\n---\n' });
  const { sources, staleFiles } = folder.read();
  expect(sources.map(({ head }) => head.title)).toEqual(['B']);
  expect(staleFiles).toEqual([expect.stringMatching(/b\.md$/)]);
});
