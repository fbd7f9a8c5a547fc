import type { Article } from '../../src/article/article.ts';
import { parseSeed } from '../../src/article/parse.ts';
import { parseOptions } from '../../src/publication/addresses/parse-options.ts';
import type { Page } from '../../src/publication/page.ts';
import { pageOf } from './pages.ts';
import { plainSite } from './plain-samples.ts';

const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

const formulas = `Half: <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> and <math display="block"><semantics><msqrt><mn>16</mn></msqrt><annotation encoding="application/x-tex">\\sqrt{16}</annotation></semantics></math>

<math><mtable columnspacing="1em"><mtr><mtd><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></mtd><mtd><munderover accent="true"><mo largeop="true" movablelimits="true">∑</mo><mi>i</mi><mi>n</mi></munderover></mtd></mtr></mtable><mmultiscripts><mi>X</mi><mprescripts /><mn>1</mn><mn>2</mn></mmultiscripts><mspace width="1em" /><mpadded lspace="1em"><mphantom><mtext mathvariant="normal">a</mtext></mphantom></mpadded><ms>b</ms><merror><mi>c</mi></merror><mover accent="true"><mi>d</mi><mo stretchy="false">^</mo></mover></math>

<script type="math/tex">a < b</script> and $x_1$`;

/** Bodies with every other kind of markup that articles can have, by name. */
const bodies: Readonly<Record<string, string>> = {
  definitions:
    'Term\n: One\n: Two\n\nOther\n:   Long\n\n    Second paragraph\n\n<dl><div><dt>a</dt><dd>b</dd></div></dl>',
  alerts:
    '> [!NOTE]\n> a\n\n> [!faq]- Why *so*?\n\n:::tip[Mind]\nb\n:::\n\n!!! warning "c"\n    d\n\n{{< callout type="info" >}}\ne\n{{< /callout >}}',
  struck:
    '<strike>a</strike> <s>b</s> ~~c~~ <del cite="/d" datetime="2024-01-01">e</del> <ins>f</ins> ==g== <mark>h</mark>',
  footnotes: 'a[^1] b[^1] c[^two]\n\n[^1]: One\n\n    ```js\n    x\n    ```\n[^two]: Two[^1]',
  embedded:
    '<lite-youtube videoid="abc123DEF45" playlabel="A &amp; B"></lite-youtube> <iframe src="https://v.example/e" title="V"></iframe> <object data="/a.pdf"></object>\n\n<script src="https://gist.github.com/a/12.js"></script>',
  tables:
    '| a | b |\n|:-:|--:|\n| `c` | ~~d~~<br>e |\n\n| | |\n|-|-|\n| f | g |\n\n<table><caption>h</caption><colgroup><col span="2"></colgroup><thead><tr><th scope="col" colspan="2">i</th></tr></thead><tbody><tr><td rowspan="1" align="right">j</td><td style="text-align:center">k</td></tr></tbody><tfoot><tr><td>l</td></tr></tfoot></table>',
  pictures: `<svg role="img"><title>Sales &amp; costs</title><path d="M0"/></svg> ![A drawing](/a.svg "Title") <img src="${pixel}" data-src="/b.jpg" data-srcset="/b.jpg 1x, /b2.jpg 2x" alt="B">

<figure><picture><source srcset="/c.webp 1x" type="image/webp" media="(min-width: 1px)"><img src="/c.png" alt="C" width="300" height="200"></picture><figcaption>c</figcaption></figure>`,
  players:
    '<video src="/a.mp4" poster="/a.jpg" width="300"><source src="/a.webm" type="video/webm"><track src="/a.vtt" kind="captions" srclang="en" label="English" default>b</video> <audio data-src="/c.mp3"></audio>',
  anchors:
    '[a](#part) [b](#dup-1) [c](#d) [e](#f)\n\n<a name="part"></a>\n\n## Dup\n\n## Dup\n\n<span id="d">x</span>\n\n<p><a name="f">y</a></p>',
  blocks:
    '<details><summary>a</summary>\n\nb\n\n</details>\n\n<section><h2>c</h2><hgroup><h3>d</h3><p>e</p></hgroup><address>f</address></section>\n\n- [x] g\n- [ ] h\n\n5. i\n\n<ol reversed type="a" start="3"><li value="2">j</li></ol>\n\n<center>k</center>\n\n```js\nl < m\n```\n\n> n\n\n---',
  words:
    '<abbr title="A b">AB</abbr> <bdi dir="rtl">עברית</bdi> <bdo dir="ltr">a</bdo> <cite>b</cite> <data value="1">c</data> <dfn>d</dfn> <kbd>e</kbd> <q cite="/f">g</q> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <samp>h</samp> <small>i</small> <sub>j</sub> <sup>k</sup> <time datetime="2024-01-01">l</time> <u>m</u> <var>n</var> <span lang="de">o</span> p<wbr>q <mark>r</mark> ]]&gt; s',
};

function parse(name: string, body: string, index: number): Article {
  const day = `${index + 1}`.padStart(2, '0');
  const text = `---\ntitle: About ${name}\ndate: 2024-02-${day}\n---\n${body}\n`;
  const article = parseSeed({ path: `${name}.md`, text }, parseOptions(plainSite)).source?.article();
  if (article === undefined) throw new Error(`the article "${name}" cannot be parsed`);
  return article;
}

const markup = Object.entries(bodies).map(([name, body], index) => parse(name, body, index));

/** Pages of articles as the parser renders them, one for each of {@link bodies} and one with formulas. */
export const markupPages: Readonly<Record<string, Promise<Page>>> = {
  markup: pageOf(plainSite, markup),
  formulas: pageOf(plainSite, [parse('formulas', formulas, 0)]),
};
