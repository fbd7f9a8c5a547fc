import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/article/edit.ts';
import { parseSeed } from '../../../src/article/parse.ts';
import { formatProblem } from '../../../src/article/problem.ts';
import { findShortcodes } from '../../../src/article/shortcodes/shortcodes.ts';
import { parseOptions } from '../../../src/publication/addresses/parse-options.ts';
import { hostileLength, propertyRuns } from '../../effort.ts';
import { site as defaultSite } from '../../publication/articles.ts';
import { countOperations } from '../count-operations.ts';
import { textOf } from '../seeds.ts';

/** The Markdown of a body after all edits. */
function shown(body: string, path = 'a.md'): string {
  return applyEdits(
    body,
    0,
    findShortcodes(body, 0, path, () => {}),
  );
}

function parse(body: string, path = 'posts/a.md') {
  return parseSeed(
    { path, text: `---\ntitle: A\ndate: 2025-02-25\n---\n${body}` },
    {
      timezone: 'UTC',
      articleUrl: (slug) => `https://site.example/articles/${slug}`,
      mintId: (slug) => `tag:site.example,2025:${slug}`,
    },
  );
}

const untouched = (body: string): void => {
  expect(shown(body)).toBe(body);
};

describe('Hugo’s shortcodes', () => {
  test.each([
    ['a {{< x >}} b', 'a  b'],
    ['{{% x y="z" %}}', ''],
    ['{{< x >}}in *ner*{{< /x >}}', 'in *ner*'],
    ['{{% panel title="Mind this" %}}\ninner\n{{% /panel %}}', 'Mind this\ninner\n'],
    ['{{< figure src="a.png" alt="Dusk" caption="The bay" >}}', '![Dusk](<a.png>) *The bay*'],
    ['{{< figure src="/a b.png" title="A [bay]" />}}', '![A \\[bay\\]](</a b.png>) *A [bay]*'],
    ['{{% img src="a.gif" %}}', '![](<a.gif>)'],
    ['{{< img src="a.png" alt="Dusk" description="The bay" >}}', '![Dusk](<a.png>) *The bay*'],
    ['{{< video src="a.mp4" caption="The [bay]" >}}', '[The \\[bay\\]](<a.mp4>)'],
    ['{{< audio "b/a.mp3" >}}', '[a.mp3](<b/a.mp3>)'],
    ['{{< card description="The bay" >}}', 'The bay'],
    ['{{< youtube abc-_1 >}}', '<https://www.youtube.com/watch?v=abc-_1>'],
    ['{{< youtube id="abc" autoplay="true" >}}', '<https://www.youtube.com/watch?v=abc>'],
    ['{{< codepen ab >}}', '<https://codepen.io/pen/ab>'],
    ['{{< sidenote "About b" >}}a{{< /sidenote >}}', 'a (About b)'],
    ['{{< vimeo 12 >}}', '<https://vimeo.com/12>'],
    ['{{< gist ana 12ab >}}', '<https://gist.github.com/ana/12ab>'],
    ['{{< tweet user="ana" id="12" >}}', '<https://x.com/ana/status/12>'],
    ['{{< button href="https://a.example/b" text="Go" >}}', '[Go](<https://a.example/b>)'],
    ['{{< highlight go "linenos=table" >}}\nx := `a`\n{{< /highlight >}}', '```go\nx := `a`\n```'],
    ['{{< highlight >}}```{{< /highlight >}}', '````\n```\n````'],
    ['[a]({{< ref "b.md" >}}) c', '[a](#) c'],
    ['[a]({{% relref "b.md#c" %}}#d) e', '[a](#) e'],
    ['{{< comment >}}no *word*{{< /comment >}}b', 'b'],
    ['{{< t.inline >}}{{ now }}{{< /t.inline >}}b', 'b'],
    ['{{</* ref "a" */>}}', '{{< ref "a" >}}'],
    ['`{{%/* a */%}}`', '`{{% a %}}`'],
    ['{{< open', '{{< open'],
    ['a {{< ref b.\n\n# C\n\nd {{< x >}} e', 'a {{< ref b.\n\n# C\n\nd  e'],
    ['a {{< b {{% x %}} c', 'a {{< b  c'],
    ['a {{% b {{< x >}} c', 'a {{% b  c'],
    ['a {{< b\n \t\nc >}} d', 'a {{< b\n \t\nc >}} d'],
    ['{{< figure\n  src="/a.png"\n  alt="b"\n>}}', '![b](</a.png>)'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
  });
});

describe('tags of Liquid, Nunjucks and Tera', () => {
  test.each([
    ['{% assign a = 1 %}b{%- if c -%}d{% endif %}', 'bd'],
    ['a{%- for b in c -%}\n<a href="{{ b }}"\n  title="{{ b.d }} e">f</a>\n{%- endfor %}g', 'ag'],
    ['a {% for b in c %}d{% endfor %} e', 'a d e'],
    ['<p style={{ a: "}", b: { c: 1 } }} id="d">e</p>', '<p id="d">e</p>'],
    ['<a href={{ b }}>', '<a href=#>'],
    ['a {% footnoteref "x" "About *b*." %}b{% endfootnoteref %}, c', 'a b (About *b*.), c'],
    ["a {% sidenote 'x' 'About\nb' %}{% marginnote x %}c", 'a  (About b)c'],
    ['{% include "codepen.liquid" id: "ab", user: "ana", title: "C" %}', '<https://codepen.io/ana/pen/ab>'],
    ['{{ page.title }}a{{page.title}}', 'a'],
    ['{{ "a b" | upcase }}', 'a b'],
    ['[a]({{ "/b" | relative_url }})', '[a](/b)'],
    ['[a]({{ site.baseurl }}/b)', '[a](/b)'],
    ['[a]({{ site.repo }}/b/{{ c }}) d', '[a](#) d'],
    ['[a](https://b.example/{{ c }}) d', '[a](#) d'],
    ['<a href="{{ c }}">d</a>', '<a href="#">d</a>'],
    ['- <{{ a.b }}>', '- '],
    ['[a]({% post_url 2025-01-01-b %}#c) d', '[a](#) d'],
    ['[a]({%link _posts/b.md%}) d', '[a](#) d'],
    ['{% raw %}{{ a }}{% endraw %}', '{{ a }}'],
    ['{% highlight ruby linenos %}\nx {{ y }}\n{% endhighlight %}', '```ruby\nx {{ y }}\n```'],
    ['a {% highlight js %}b{% endhighlight %} c', 'a \n\n```js\nb\n```\n c'],
    ['- a\n  {% highlight js %}\n  b\n  {% endhighlight %}\n', '- a\n  ```js\n  b\n  ```\n'],
    ['{% comment %}a{% endcomment %}b{# c #}', 'b'],
    ['{% include image.html src="/a.jpg" alt="A" %}', '![A](</a.jpg>)'],
    ['{% include youtube.html id="ab" %}', '<https://www.youtube.com/watch?v=ab>'],
    ['{% youtube "https://youtu.be/ab" %}', '<https://youtu.be/ab>'],
    ['{% img right /a.png 10 20 "The bay" %}', '![The bay](</a.png>) *The bay*'],
    ['{{ youtube(id="ab", width=5) }}', '<https://www.youtube.com/watch?v=ab>'],
    ['{% note(title="T") %}a{% end %}', 'Ta'],
    ['a {% b.\n\n# C\n\nd {% x %} e', 'a {% b.\n\n# C\n\nd  e'],
    ['a {% b {% x %} c', 'a {% b  c'],
    ['a {{ b {{ x }} c', 'a {{ b  c'],
    ['a {{{ b {{ x }} c', 'a {{{ b  c'],
    ['a {# b\n\nc {# x #} d', 'a {# b\n\nc  d'],
    ['a {% b\n\nc %} d {{ e\n\nf }}', 'a {% b\n\nc %} d {{ e\n\nf }}'],
    ['{{ a }}{{b}}{{{c}}}{% d %}{{e}}', ''],
    ['{{ "{{" }} a {{ \'}}\' }}', '{{ a }}'],
    ['{{#if a}}b{{else}}c{{/if}} {{> d}}{{>e}}', 'bc '],
    ['{{ 1 | plus: 2 }}{{ [1, 2] | join }}{{ (a or b) | c }}', ''],
    ['[a](@/blog/b.md#c) d\n\n[e]: @/f.md', '[a](#) d\n\n[e]: #'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
  });
});

describe('what dialects of Markdown add', () => {
  test.each([
    ['# A {#b}', '# A'],
    ['## A { #b .c }\n', '## A\n'],
    ['[a](#b)\n\n## A {#b}\n', '[a](#b)\n\n## A <span id="b"></span>\n'],
    ['[a](#b)\n\n## A {: #b}\n', '[a](#b)\n\n## A <span id="b"></span>\n'],
    ['[a](#c)\n\n## A {#b}\n', '[a](#c)\n\n## A\n'],
    ['A\n{: .note title="x"}\n', 'A\n\n'],
    ['* TOC\n{:toc}\n\na', '\n\na'],
    ['[[toc]]\n\na', '\n\na'],
    ['![a](b){width=50%} c', '![a](b) c'],
    ['::: tip Mind this\na\n:::', '<blockquote>\n\n**Tip:** Mind this\n\na\n\n</blockquote>\n'],
    [':::note[Mind *this*]{.x}\na\n:::\n', '<blockquote>\n\n**Note:** Mind *this*\n\na\n\n</blockquote>\n\n'],
    ['::: {.callout-note title="Q"}\na\n:::', '<blockquote>\n\n**Note:** Q\n\na\n\n</blockquote>\n'],
    [':::{note} M\n:class: x\na\n:::', '<blockquote>\n\n**Note:** M\n\na\n\n</blockquote>\n'],
    ['::callout{type="tip" to="/b"}\na\n::', '<blockquote>\n\n[**Tip**](</b>)\n\na\n\n</blockquote>\n'],
    ['::note\na\n::', '<blockquote>\n\n**Note**\n\na\n\n</blockquote>\n'],
    ['::card\n---\nicon: x\n---\na\n::', '\na\n'],
    ['::video{src="https://e.example/v.mp4"}\n::', '<https://e.example/v.mp4>\n\n'],
    ['::a\n---\ntitle: T\nto: /b\n---\n:::c\nd\n:::\n::', '[T](</b>)\n\n\nd\n\n'],
    ['::a\nb\n#title\nc\n#text{.d}\ne\n::\n#title', '\nb\n\n\nc\n\n\ne\n\n#title'],
    ['Some [text]{.red} and :badge[New]{color="red"}.', 'Some text and New.'],
    ['`a`{lang="ts"} **b**{.c} [d](/e){target="_blank"}', '`a` **b** [d](/e)'],
    [':read-more{to="/docs/x"}', '[/docs/x](</docs/x>)'],
    [':button-link[Go]{to="/x"} :icon{name="y"}', '[Go](</x>)'],
    ['::youtube{#abc}\n\nb', '<https://www.youtube.com/watch?v=abc>\n\n\nb'],
    [':read-more{to="/docs" title="Docs"}', '[Docs](</docs>)'],
    [':::note\na', '\na'],
  ])('%j', (body, out) => {
    expect(shown(body).replace(/ +$/gm, '')).toBe(out);
  });
});

describe('a box', () => {
  const note = '<blockquote>\n\n**Note:** T\n\n\na\n\n\n</blockquote>\n\n';
  test.each([
    ['{{< callout type="note" title="T" >}}\na\n{{< /callout >}}', note],
    ['{{% note title="T" %}}\na\n{{% /note %}}', note],
    ['{% hint style="note" title="T" %}\na\n{% endhint %}', note],
    ['{% callout type="note" title="T" %}\na\n{% /callout %}', note],
    ['<Aside type="note" title="T">\na\n</Aside>', note],
    ['- {{< tip >}}a{{< /tip >}}', '- a'],
    ['{{< note >}}a{{< /note >}} b', 'a b'],
    ['<div>\n{{< note >}}\na\n{{< /note >}}\n</div>', '<div>\na\n</div>'],
    ['{{< note >}}\na', '\na'],
  ])('%j', (body, out) => {
    expect(shown(body, body.startsWith('<A') ? 'a.mdx' : 'a.md')).toBe(out);
  });

  test('is in the language of the article', () => {
    const text =
      '---\ntitle: A\ndate: 2025-02-25\nlang: fr\n---\n:::note[B]\na\n:::\n\n> [!TIP]\n> c\n\n!!! warning\n    d';
    const options = parseOptions({ ...defaultSite, language: 'de' });
    const content = (path: string, text: string) => parseSeed({ path, text }, options).source?.article().content;
    const heads = (path: string, text: string) => content(path, text)?.match(/(?<=<p><strong>).*(?=<\/p>)/g);
    expect(heads('a.md', text)).toEqual(['Remarque\u00a0:</strong> B', 'Astuce</strong>', 'Avertissement</strong>']);
    expect(heads('a.md', text.replace('lang: fr\n', ''))).toEqual([
      'Hinweis:</strong> B',
      'Tipp</strong>',
      'Warnung</strong>',
    ]);
    expect(heads('a.md', '# A\n\n2025-02-25\n\n> [!NOTE]\n> b')).toEqual(['Hinweis</strong>']);
    expect(heads('a.md', text.replace('fr', 'sw'))).toEqual(['Note:</strong> B', 'Tip</strong>', 'Warning</strong>']);
  });
});

describe('a value of front matter is shown where the body names it:', () => {
  const matter = 'image: /img/a.png\nog-image: /b.png\nextra:\n  by: Ana\nnumber: 12\nlist: [a]';
  const content = (body: string, path = 'a.md') => {
    const text = `---\ntitle: A\ndate: 2025-02-25\n${matter}\n---\n${body}`;
    const { source, problems } = parseSeed({ path, text }, parseOptions(defaultSite));
    return { content: source?.article().content, warnings: problems.length };
  };
  test.each([
    ['![b]({{ page.image }})', '<img src="https://daily.example/img/a.png" alt="b" />'],
    ['![b]({{ page.image | relative_url }})', '<img src="https://daily.example/img/a.png" alt="b" />'],
    ['![b]({{ site.url }}{{ page.image }})', '<img src="https://daily.example/img/a.png" alt="b" />'],
    ['![b]({{ page["og-image"] | absolute_url }})', '<img src="https://daily.example/b.png" alt="b" />'],
    ['![b]({{< param "image" >}})', '<img src="https://daily.example/img/a.png" alt="b" />'],
    ['{{ page.extra.by }} {{ page.by }} {{ number }} {{ $frontmatter.title }} {{ $doc.title }}', 'Ana Ana 12 A A'],
    ['{{ page.none | default: "c" }} {{ $doc.none || \'d\' }}', 'c d'],
  ])('%s', (body, shown) => {
    expect(content(body)).toEqual({ content: `<p>${shown}</p>`, warnings: 0 });
  });

  test('in MDX', () => {
    expect(content('{frontMatter.title} <img src={frontmatter.image} alt="b" />', 'a.mdx')).toEqual({
      content: '<p>A <img src="https://daily.example/img/a.png" alt="b" /></p>',
      warnings: 0,
    });
  });

  test.each([
    '![b]({{ page.none }})',
    '![b]({{< param "none" >}})',
    'b{{ page.date | date: "%Y" }}',
    'b{{ page.list }}',
  ])('but not %s', (body) => {
    expect(content(body)).toEqual({ content: '<p>b</p>', warnings: 1 });
  });
});

describe('MDX', () => {
  test.each([
    ['import A from "./a"\nimport {\n  B,\n} from "b"\n\ntext', '\n\ntext'],
    ['export const a = {\n  b: 1,\n}\n\ntext', '\n\ntext'],
    ['<Box size={3} onClick={() => a > b}>in <B.C />ner</Box>', 'in ner'],
    ['<>a</>', 'a'],
    ['<Image src="./a.png" alt={"Dusk"} />', '![Dusk](<./a.png>)'],
    ['<YouTube id="ab" />', '<https://www.youtube.com/watch?v=ab>'],
    ['<Film src="./a.webm" title="Dusk" description="The bay" />', '[Dusk](<./a.webm>) *The bay*'],
    ['a <a\n\thref="b"\n\thidden\n>\nc</a>', 'a <a href="b" hidden="">\nc</a>'],
    ['a <br\n/> b', 'a <br /> b'],
    ['a {/* b */}{"c"} {d.e({ f: "}" })}', 'a c '],
    ['<p className="a" style={{ color: "b>c" }}>d</p>', '<p className="a">d</p>'],
    ['\\{a} 1 < 2', '\\{a} 1 < 2'],
    ['```js\nimport a from "b"\n{c}\n```\n\n`<D>{e}`', '```js\nimport a from "b"\n{c}\n```\n\n`<D>{e}`'],
    ['Important: import taxes.', 'Important: import taxes.'],
  ])('%j', (body, out) => {
    expect(shown(body, 'a.mdx')).toBe(out);
  });

  test.each(['import A from "./a"\n\n{b} <C>d</C>', '<div>\n*a*\n</div>'])('other files are unchanged: %j', untouched);

  test.each([
    ['<div>\n*a*\n</div>', '<div>\n\n*a*\n\n</div>'],
    ['<div>\n  <b>\n    a\n    [b](c)\n  </b>\n</div>', '<div>\n  <b>\n\na\n[b](c)\n\n  </b>\n</div>'],
    ['<p>\na\n</p>', '<p>\na\n</p>'],
    ['<pre>\n<b>\na\n</pre>', '<pre>\n<b>\na\n</pre>'],
    ['<div>\n\na\n\n</div>', '<div>\n\na\n\n</div>'],
    ['a <b>\nc\n</b> d', 'a <b>\nc\n</b> d'],
  ])('Markdown between two tags is Markdown: %j', (body, out) => {
    expect(shown(body, 'a.mdx')).toBe(out);
  });
});

const marks = ['{{< a >}}', '{{% a %}}', '{% a %}', '{{ a }}', '{: .a}', '[b](@/c.md)'];

describe.each(marks)('%s stays as it is', (mark) => {
  test.each([
    `\`${mark}\``,
    `\`\`a \` ${mark}\`\``,
    `\`a\n${mark}\``,
    `\`\`\`\n${mark}\n\`\`\``,
    `~~~~ liquid\n${mark}\n~~~\n${mark}\n~~~~`,
    `- a\n\n  \`\`\`\n  ${mark}\n  \`\`\``,
    `> \`\`\`\n> ${mark}\n> \`\`\``,
    `\`\`\`\n${mark}`,
    `a\n\n    ${mark}\n\n    ${mark}`,
    `- a\n\n      ${mark}\n\n      ${mark}`,
    `1. a\n   - b\n\n         ${mark}`,
    `- - a\n\n        ${mark}`,
    `*\ta\n\n\t\t${mark}`,
    `-     ${mark}`,
    `- a\n\nb\n\n    ${mark}`,
    `- \`\`\`\n  a\n  \`\`\`\nb\n\n    ${mark}`,
    `# a\n    ${mark}`,
    `* * *\n\n    ${mark}`,
    `<pre>${mark}</pre>`,
    `<code>${mark}</code>`,
  ])('in %j', untouched);
});

test.each([
  ...['$x^{{n}}$', '\\frac{{a}}{b}', '$\\frac{{a}}{{b}}$', '$\\frac{{ a }}{{ b }}$', '$\\binom{{a}}{{b}}{{c}}$'],
  ...['{:ok, 1}', '{ a }', 'a {% b', 'a@/b', '{{}}'],
  ...['{{1,2}}', '{{1, 2}, {3, 4}}', '{{a,b}}', '{{a}, {b}}', '{{1}}', '{{(1,2)}}', '{{#}}', '{{>}}', '{{/}}'],
])('no shortcode: %s', untouched);

describe('what is indented and no code:', () => {
  test.each([
    ['- a\n\n     {{ b }}c', '- a\n\n     c'],
    ['1. a\n   - b\n\n        {{ c }}d', '1. a\n   - b\n\n        d'],
    ['- a\n      {{ b }}c', '- a\n      c'],
    ['- a\nb\n\n    {{ c }}d', '- a\nb\n\n    d'],
    ['a\n    {{ b }}c', 'a\n    c'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
  });
});

describe('what components of MDC indent is text:', () => {
  const html = (body: string) => parse(body).source?.article().content;
  test.each([
    [
      '::group\n  ::card{title="A"}\n    Some **bold** text.\n\n    - b\n  ::\n::\n\nAfter.',
      '<p><strong>A</strong></p>\n<p>Some <strong>bold</strong> text.</p>\n<ul>\n<li>b</li>\n</ul>\n<p>After.</p>',
    ],
    [
      '::a\n  :::b\n    ::::note\n    c\n    ::::\n  :::\n::',
      '<blockquote>\n<p><strong>Note</strong></p>\n<p>c</p>\n</blockquote>',
    ],
    [
      ':::tabs\n  ::::tab{label="npm"}\n    ```sh\n      npm i\n    ```\n  ::::\n:::',
      '<p>npm</p>\n<pre><code class="language-sh">  npm i\n</code></pre>',
    ],
    [
      '::a\n  ::link{to="https://b.example/"}\n    :img{src="https://b.example/c.png" alt="C"}\n  ::\n::',
      '<p><a href="https://b.example/">https://b.example/</a></p>\n<p><img src="https://b.example/c.png" alt="C" /></p>',
    ],
    ['::a\nb\n\n    code\n::', '<p>b</p>\n<pre><code>code\n</code></pre>'],
    [
      '::: tip\n    code\n:::',
      '<blockquote>\n<p><strong>Tip</strong></p>\n<pre><code>code\n</code></pre>\n</blockquote>',
    ],
  ])('%j', (body, content) => {
    expect(html(body)).toBe(content);
  });
});

describe('the title of code is shown above it:', () => {
  test.each([
    ['```js title="src/a.js" {1}\nb\n```', '`src/a.js`\n\n'],
    ["~~~js {1} title='a b'\nc\n~~~", '`a b`\n\n'],
    ['```ts [nuxt.config.ts]\nb\n```', '`nuxt.config.ts`\n\n'],
    ['```js:title=a.js\nb\n```', '`a.js`\n\n'],
    ['```js {filename=a.js}\nb\n```', '`a.js`\n\n'],
    ['```js\ntitle="a"\n```', ''],
    ['```js {1,3-4}\nb\n```', ''],
    ['```\n[a]\n```', ''],
    ['``` title="a" ``` b', ''],
  ])('%j', (body, title) => {
    expect(shown(body)).toBe(title + body);
    expect(shown(body, 'a.mdx')).toBe(title + body);
  });
  test.each([
    [
      '{% codeblock The title lang:js https://b.example/ its words %}\nc\n{% endcodeblock %}',
      'The title [its words](<https://b.example/>)\n\n```js\nc\n```',
    ],
    ['{% codeblock config.yml %}\nc\n{% endcodeblock %}', 'config.yml\n\n```\nc\n```'],
    ['{% codeblock lang:css %}\nc\n{% endcodeblock %}', '```css\nc\n```'],
    ['{% codeblock js %}\nc\n{% endcodeblock %}', '```js\nc\n```'],
    ['{% code "a.js" %}\nc\n{% endcode %}', '```a.js\nc\n```'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
  });
});

describe('an address among the arguments of an unknown tag is a link:', () => {
  test.each([
    ['{% person "Ana Ruiz", "https://a.example/" %}', '[Ana Ruiz](<https://a.example/>)'],
    ['{{< button "https://a.example/?b=c" "Click [me]" >}}', '[Click \\[me\\]](<https://a.example/?b=c>)'],
    ['{{ card("https://a.example/") }}', '<https://a.example/>'],
    ['{% embed https://a.example/ small %}', '<https://a.example/>'],
    ['{% if page.url == "https://a.example/" %}b{% endif %}', 'b'],
    ['{% assign a = "https://a.example/" %}b', 'b'],
    ['{% include widget.html "https://a.example/" %}b', 'b'],
    ['{% set a = b("https://a.example/") %}c', 'c'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
  });
});

test.each([
  [
    '::carousel\n---\nitems:\n  - /a/1.png\n  - src: "2.jpg"\nautoplay: true\n---\n::',
    '![](</a/1.png>)\n\n![](<2.jpg>)\n\n',
  ],
  [`::hero{:links='[{"label":"Go","to":"/x"}]' title="Hero"}\n#description\nWords.\n::`, '**Hero**\n\n\n\nWords.\n'],
])('a component keeps what it shows: %j', (body, out) => {
  expect(shown(body)).toBe(out);
});

describe('MDX knows no indented code:', () => {
  test.each([
    [
      '<Tabs>\n  <TabItem label="A">\n\n    Some **bold** text.\n\n  </TabItem>\n</Tabs>',
      '<p>A</p>\n<p>Some <strong>bold</strong> text.</p>',
    ],
    ['<A>\n\t<B>\n\t\tc\n\t</B>\n</A>', '<p>c</p>'],
    [
      '<A>\n\n    - b\n      - c\n    - d\n\n</A>\n\n    e',
      '<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>\n<p>e</p>',
    ],
    ['- a\n\n          b', '<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>'],
    ['<A>\n\n    ```js\n      b\n\n    c\n    ```\n\n</A>', '<pre><code class="language-js">  b\n\nc\n</code></pre>'],
    ['```\n    a\n```', '<pre><code>    a\n</code></pre>'],
    ['<pre>\n    a\n</pre>', '<pre>\n    a\n</pre>'],
  ])('%j', (body, out) => {
    expect(parse(body, 'posts/a.mdx').source?.article().content.trim()).toBe(out);
  });

  test('other files do', () => {
    expect(shown('a {{ b }}\n\n    c')).toBe('a \n\n    c');
  });
});

test('a seed without front matter is not looked through', () => {
  const { source, problems } = parseSeed(
    { path: 'a.md', text: '# A\n\n2025-02-25\n\nWrite {{ name }} here.' },
    { timezone: 'UTC', articleUrl: () => 'https://site.example/a', mintId: () => 'tag:a,2025:a' },
  );
  expect([source?.article().content, problems]).toEqual(['<p>Write {{ name }} here.</p>', []]);
});

test.each([
  [
    '<div>\n{{< figure src="b.jpg" alt="Bee" caption="A bee" >}}\n</div>',
    '<div>\n<img src="b.jpg" alt="Bee" /> <em>A bee</em>\n</div>',
  ],
  [
    '<table><tr><td>{{< youtube abc >}}</td></tr></table>',
    '<table><tr><td><a href="https://www.youtube.com/watch?v=abc">https://www.youtube.com/watch?v=abc</a></td></tr></table>',
  ],
  ['<div>\n\n{{< youtube abc >}}\n\n</div>', '<div>\n\n<https://www.youtube.com/watch?v=abc>\n\n</div>'],
])('inside an HTML block a shortcode becomes HTML: %j', (body, out) => {
  expect(shown(body)).toBe(out);
});

describe('Obsidian’s marks', () => {
  test.each([
    ['See [[Other note]] and [[a/b|*these*]].', 'See Other note and *these*.'],
    ['[[a/b/Other note]]: [[a/Page#Head/Part]], [[2025/02/25]]', 'Other note: Page > Head/Part, 2025/02/25'],
    ['- [[Other note]]: a\n\n[[Third|*it*]]: [[b]][^1]\n\n[^1]: c', '- Other note: a\n\n*it*: b[^1]\n\n[^1]: c'],
    ['[[Page#Head]], [[#Head]] and [[Page#^abc]]', 'Page > Head, Head and Page > abc'],
    [
      '![[images/a b.png]] ![[c.jpg|300]] ![[d.jpg|300x200]] ![[e.jpg|The bay]]',
      '![](<images/a b.png>) ![](<c.jpg>) ![](<d.jpg>) ![The bay](<e.jpg>)',
    ],
    ['![[talk.mp3]] and ![[Note]].', '[talk.mp3](<talk.mp3>) and .'],
    ['==marked *text*== and ==明==。', '<mark>marked *text*</mark> and <mark>明</mark>。'],
    ['A ==b %%private%% c==.', 'A <mark>b  c</mark>.'],
    ['Text ^block-id\n\n^37066d', 'Text\n\n'],
  ])('%j', (body, out) => {
    expect(shown(body)).toBe(out);
  });

  test.each([
    'if [[ -f a ]]; then',
    '[[1]](https://a.example) [[1]] [[1, 2], [3, 4]] [[1, 2]]',
    'See [[a]].\n\n[a]: https://a.example',
    '[[a]][b] and [[a]](b)',
    'a==b==c, a == b == c, ===',
    'Head\n====',
    '`[[a]] ==b==`',
    '10 ^2',
    'A[^note]',
  ])('%j is text', untouched);

  test('links and notes that are left out are reported', () => {
    expect(parse('[[A]] ![[b]]').problems.map(({ column, code }) => [column, code])).toEqual([
      [1, 'shortcode'],
      [7, 'shortcode'],
    ]);
    expect(parse('==A==').source?.article().content).toBe('<p><mark>A</mark></p>');
  });
});

describe('a private comment is never published:', () => {
  const comments = [
    '%%private%%',
    '%% private %%',
    '%%\nprivate\n\nprivate\n%%',
    '{{/* private */}}',
    '{{- /* private */ -}}',
    '{{!-- private }} private --}}',
    '{{! private }}',
    '{{-- private --}}',
    '{{# private #}}',
    '{# private #}',
    '{#private#}',
    '{# private\n\nprivate #}',
    '{% comment %}private {% x %} private{% endcomment %}',
    '{%- comment -%}\n\nprivate\n\n{%- endcomment -%}',
    '{% # private title="private" %}',
    '{>>private<<}',
    '<%# private %>',
    '<%-- private --%>',
    "{/* don't tell what's private */}",
    '{/*\n\nprivate\n\n*/}',
    '<!-- private -->',
  ];
  test.each(comments)('%j', (comment) => {
    for (const [start, path] of [
      ['---\ntitle: A\ndate: 2025-02-25\n---\n', 'a.md'],
      ['# A\n\n2025-02-25\n\n', 'a.md'],
    ] as const)
      for (const body of [
        `Before ${comment} after.`,
        `Before\n\n${comment}\n\nafter.`,
        `- Before\n- ${comment}\n\nafter.`,
      ]) {
        const { source } = parseSeed(
          { path, text: start + body },
          { timezone: 'UTC', articleUrl: () => 'https://site.example/a', mintId: () => 'tag:a,2025:a' },
        );
        const { content = '', summary = '' } = source?.article() ?? {};
        expect(content).toMatch(/Before[\s\S]*after\./);
        expect(content + summary).not.toMatch(/private|comment|%|[{}]/);
      }
  });

  test.each(["{/* don't tell what's private */}", '{/*\n\nprivate\n\n*/}', '%%private%%'])('in MDX, %j', (comment) => {
    const { source } = parse(`Before ${comment} after, it's "so".`, 'posts/a.mdx');
    expect(source?.article().content).toBe('<p>Before  after, it\'s "so".</p>');
  });

  test('an unclosed block hides the rest, with a warning', () => {
    const { source, problems } = parse('Before\n\n%%\nprivate\n\nprivate');
    expect(source?.article().content.trim()).toBe('<p>Before</p>');
    expect(problems.map(formatProblem)).toEqual([
      'posts/a.md:7:1: warning: "%% private private" only works in its framework; it is left out, so write in Markdown what readers should see (shortcode)',
    ]);
  });

  test('the headline keeps its other words', () => {
    const { source } = parseSeed(
      { path: 'a.md', text: '# A%%private%%\n\n2025-02-25\n\nB' },
      { timezone: 'UTC', articleUrl: () => 'https://site.example/a', mintId: () => 'tag:a,2025:a' },
    );
    expect(source?.head.title).toBe('A');
  });

  test.each(['`%%d%%`', '```\n%%a%%\n```', 'from 5%% to 7%% more', 'a 100%% b', '\\%%a%%', 'a {{ b }} {/ c'])(
    '%j is text',
    (body) => {
      expect(
        applyEdits(
          body,
          0,
          findShortcodes(body, 0, 'a.md', () => {}, { commentsOnly: true }),
        ),
      ).toBe(body);
    },
  );
});

test.each([
  ['Bell &#7; and &#x1F;, &#X0b; &#0; &#xD800; &#55296; &#xFFFE; here.', 'Bell  and ,      here.'],
  ['`&#7;` &#x41; &#65; &#9; &#xA; &#x7F; &#31337; &amp;', '`&#7;` &#x41; &#65; &#9; &#xA; &#x7F; &#31337; &amp;'],
])('references to characters that XML forbids are removed: %j', (body, out) => {
  expect(shown(body)).toBe(out);
  expect(shown(body, 'a.mdx')).toBe(out);
});

test('each kind is reported once a line, at its place in the file', () => {
  const { problems } = parse('a {{< b >}} {{< b >}} {{< c >}}\n\n{{< b >}}\n[d](@/e.md) {{< youtube f >}}');
  const left = (tag: string) => `warning: "${tag}" only works in its framework; it is`;
  const out = 'left out, so write in Markdown what readers should see (shortcode)';
  const advice = 'write Markdown if that is not what you mean (shortcode)';
  expect(problems.map(formatProblem)).toEqual([
    `posts/a.md:5:3: ${left('{{< b >}}')} ${out}`,
    `posts/a.md:5:23: ${left('{{< c >}}')} ${out}`,
    `posts/a.md:7:1: ${left('{{< b >}}')} ${out}`,
    `posts/a.md:8:3: ${left('@/e.md')} shown as text without a link; ${advice}`,
    `posts/a.md:8:13: ${left('{{< youtube f >}}')} shown as a link; ${advice}`,
  ]);
});

test('blocks of Handlebars are reported, their ends are not', () => {
  const { problems } = parse('{{#if b}}\nc\n{{/if}}\n{{> d}}');
  expect(problems.map(({ line, code }) => [line, code])).toEqual([
    [5, 'shortcode'],
    [8, 'shortcode'],
  ]);
});

test('every word around shortcodes comes back, in order', () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const tag = fc.constantFrom(
    ...[
      '{{< x >}}',
      '{{% /x %}}',
      '{% if x %}',
      '{{ x.y }}',
      '{% end %}',
      '{: .x}',
      '{# x #}',
      '\n\n:::\n\n',
      '\n\n{% x %}\n\n',
    ],
  );
  const gap = fc.constantFrom(' ', '\n', '\n\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(word, gap, tag, gap), { minLength: 1, maxLength: 30 }), (parts) => {
      const { source } = parse(parts.map((part) => part.join('')).join(''));
      expect(textOf(source?.article().content ?? '')).toBe(parts.map(([word]) => word).join(' '));
    }),
    { numRuns: propertyRuns(500) },
  );
});

test('no text throws, and every edit is inside the text', () => {
  const parts = fc.constantFrom(
    ...[
      '{{<',
      '>}}',
      '{{%',
      '%}}',
      '{%',
      '%}',
      '{{',
      '}}',
      '{#',
      '#}',
      '{:',
      '}',
      '`',
      '```\n',
      '\n',
      '\n\n',
      ' ',
      '"',
    ],
    ...[
      '<A',
      '/>',
      '>',
      '{',
      'a',
      'import a',
      'raw',
      'endraw',
      'highlight',
      '](',
      '@/',
      ':::',
      '    ',
      '- ',
      '/*',
      '*/',
      '\\',
      '=',
      '%%',
      '{>>',
      '<%#',
    ],
  );
  const body = fc.array(parts, { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(body, fc.constantFrom('a.md', 'a.mdx'), (text, path) => {
      const edits = findShortcodes(text, 0, path, () => {});
      expect(edits.every(({ start, end }) => 0 <= start && start <= end && end <= text.length)).toBe(true);
    }),
    { numRuns: propertyRuns(3000) },
  );
});

describe('a hostile text of', () => {
  test.each([
    ...[
      '{{',
      '{{<',
      '{{< a >}}',
      '{{< a >}}\n',
      '{%',
      '{% raw %}',
      '{% highlight %}',
      '{{< highlight >}}',
      '{{</*',
      '{{ a }}',
    ],
    ...[
      '`',
      '` ``',
      '<pre>',
      '<!--',
      '{:',
      '{#',
      '{# ',
      '](@/',
      ':::\n',
      '    a\n\n',
      '```\na\n',
      '{{ "',
      '<A ',
      '<A b="',
      '<a b={',
      '{',
      '{"',
      'import a\n',
      '[a](',
      '{{ a }}{{',
      '%%',
      '%% ',
      '==a',
      '[[a',
      '[[a]]',
      ':::note\n',
      ':a[b]{',
      ' ^a',
      'a %%\n\n',
      '{{#',
      '{#a',
      '{/*',
      '{{/*',
      '{>>',
      '{% #',
    ],
  ])('%j is looked through at once', { timeout: 15_000 }, (unit) => {
    const text = unit.repeat(Math.ceil(hostileLength / unit.length));
    for (const path of ['a.md', 'a.mdx']) {
      let problems = 0;
      findShortcodes(text, 0, path, () => problems++);
      expect(problems).toBeLessThanOrEqual(hostileLength);
    }
  });
});

describe('a very long text is not a list of arguments:', () => {
  test.each([
    ['runs of backticks in code', `{{< highlight go >}}\n${'` `` '.repeat(130_000)}\n{{< /highlight >}}`],
    ['shortcodes', '{{a}}'.repeat(200_000)],
  ])('%s', { timeout: 15_000 }, (_, body) => {
    expect(parse(body).source?.article().content).toBeTypeOf('string');
  });
});

describe('the work on what repeats grows linearly:', () => {
  test.each<[it: string, unit: (index: number) => string]>([
    ['names of inline shortcodes', (index) => `{{<a${index}.inline>}}`],
    ['code on one line', () => 'a {{<highlight>}}a{{</highlight>}}'],
    ['code behind white space', () => ' \t {{<highlight>}}a{{</highlight>}}'],
    ['lists that nest', () => '* - '],
    ['lists that begin again', (index) => `${' '.repeat(index % 50)}- a\n\n`],
    ['code of Liquid on one line', () => 'a{%highlight%}a{%endhighlight%}'],
  ])('%s', (_, unit) => {
    const operations = (units: number): number => {
      const text = Array.from({ length: units }, (_, index) => unit(index)).join('');
      return countOperations(() => void findShortcodes(`${text}\n{{ a }}`, 0, 'a.md', () => {}));
    };
    // Four times the text: work that grows with the square would be 16 times as much.
    expect(operations(4000) / operations(1000)).toBeLessThan(5);
  });
});
