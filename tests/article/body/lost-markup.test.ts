import { describe, expect, test } from 'vitest';
import { renderContent } from '../../../src/article/body/content.ts';
import { readReferences } from '../../../src/article/body/references.ts';

function render(body: string) {
  return renderContent(body, { permalink: 'https://site.example/articles/a', slug: 'a', title: 'A title' });
}

const math = (inner: string) => `<math xmlns="http://www.w3.org/1998/Math/MathML">${inner}</math>`;

describe('a formula that is not closed', () => {
  test.each([
    ['<div> x <math> y\n\nMIDDLE **b**\n\nAFTER', ['MIDDLE', '<strong>b</strong>', 'AFTER']],
    ['a <math>x <div> MIDDLE\n\nAFTER', ['MIDDLE', 'AFTER']],
    ['<div><math><mrow><mi>x</mi>\n\n## MIDDLE\n\n- AFTER', ['MIDDLE', 'AFTER']],
    ['<p>Use <math><mi>x</mi> as in\n<table><tr><td>MIDDLE</td></tr></table>\n\nAFTER', ['MIDDLE', 'AFTER']],
  ])('ends where a browser ends it: %j', (body, shown) => {
    const { content } = render(body);
    expect(content).toContain('<math');
    const formulas = content.match(/<math[\s\S]*?<\/math>/g)?.join() ?? '';
    for (const text of shown) {
      expect(content).toContain(text);
      expect(formulas).not.toContain(text);
    }
  });
});

describe('a formula', () => {
  test.each([
    { it: 'a fraction', inner: '<mfrac><mn>1</mn><mn>2</mn></mfrac>', text: '1/2' },
    { it: 'a power', inner: '<msup><mi>x</mi><mn>2</mn></msup>', text: 'x^2' },
    { it: 'an index', inner: '<msub><mi>a</mi><mn>10</mn></msub>', text: 'a_10' },
    { it: 'a root', inner: '<msqrt><mn>16</mn></msqrt>', text: '√16' },
    { it: 'a root of a sum', inner: '<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>', text: '√(a+b)' },
    {
      it: 'a fraction of sums',
      inner: '<mfrac><mrow><mi>a</mi><mo>*</mo><mi>b</mi></mrow><mi>c</mi></mfrac>',
      text: '(a*b)/c',
    },
    {
      it: 'one with TeX',
      inner:
        '<semantics><mfrac><mn>1</mn><mn>3</mn></mfrac><annotation encoding="application/x-tex">\\frac{1}{3}</annotation></semantics>',
      text: '\\frac{1}{3}',
    },
  ])('is MathML in content and a line in the summary: $it', ({ inner, text }) => {
    expect(render(`Half: <math>${inner}</math>.`)).toEqual({
      content: `<p>Half: ${math(inner)}.</p>`,
      summary: `Half: ${text}.`,
    });
    expect(render(`<p>Half: <math>${inner}</math>.</p>`).summary).toBe(`Half: ${text}.`);
  });

  test('has no second copy beside it', () => {
    const copy = '<span class="katex-html" aria-hidden="true"><span class="base"><span>2</span></span></span>';
    expect(render(`a <span class="katex"><math><mn>2</mn></math>${copy}</span> b`).content).toBe(
      `<p>a <span>${math('<mn>2</mn>')}</span> b</p>`,
    );
  });

  test.each([
    ['a <script type="math/tex">x_1*y*z</script> b', '<p>a $x_1*y*z$ b</p>'],
    ['<p>a <script type="math/tex; mode=display">% <![CDATA[\nx<y %]]></script></p>', '<p>a $$x&lt;y$$</p>'],
    ['a <script type="math/mml"><math><mn>2</mn></math></script>', `<p>a ${math('<mn>2</mn>')}</p>`],
    ['<p>a <span class="MathJax_Preview">x2</span><script type="math/tex">x^2</script></p>', '<p>a $x^2$</p>'],
    [
      '<p>a <span class="M"><math><mi>x</mi></math></span><script type="math/tex">x</script></p>',
      `<p>a <span>${math('<mi>x</mi>')}</span></p>`,
    ],
  ])('of MathJax is its TeX: %s', (body, content) => {
    expect(render(body).content).toBe(content);
  });

  test('of TeX is untouched by emphasis', () => {
    expect(render('So $a*b*c$ and $$x_1 \\\\ x_2$$, for $5 and *not* $6.').content).toBe(
      '<p>So $a*b*c$ and $$x_1 \\\\ x_2$$, for $5 and <em>not</em> $6.</p>',
    );
  });
});

describe('markup that feeds do not have', () => {
  test.each([
    ['a <strike>b</strike>', '<p>a <s>b</s></p>'],
    [
      'a <svg role="img"><title>Sales</title><desc>Up</desc><text>42</text><style>.a{}</style></svg> b',
      '<p>a Sales: Up b</p>',
    ],
    ['a <svg aria-label="Sales &amp; costs"><path d="M0"/></svg> b', '<p>a Sales &amp; costs b</p>'],
    ['a <svg><text>42</text></svg> b', '<p>a 42 b</p>'],
    ['<div><svg><title>Sales</title></svg></div>', '<div>Sales</div>'],
    [
      'a <lite-youtube videoid="abc-1_2" title="b"><a href="/c">d</a></lite-youtube>',
      '<p>a <a href="https://www.youtube.com/watch?v=abc-1_2">b</a></p>',
    ],
    ['<lite-vimeo videoid="12"></lite-vimeo>', '<p><a href="https://vimeo.com/12">https://vimeo.com/12</a></p>'],
    [
      '<vimeo-video src="https://vimeo.com/12"></vimeo-video>',
      '<p><a href="https://vimeo.com/12">https://vimeo.com/12</a></p>',
    ],
    ['a <model-viewer src="b.glb" alt="A ship"></model-viewer>', '<p>a A ship</p>'],
    ['Term\n: One\n: Two', '<dl>\n<dt>Term</dt>\n<dd>One</dd>\n<dd>Two</dd>\n</dl>'],
    ['> [!NOTE]\n> a', '<blockquote>\n<p><strong>Note</strong></p>\n<p>a</p>\n</blockquote>'],
    [
      '> [!faq]- Why *so*?\n> a',
      '<blockquote>\n<p><strong>FAQ:</strong> Why <em>so</em>?</p>\n<p>a</p>\n</blockquote>',
    ],
    [
      '<script src="https://gist.github.com/a/12.js"></script>',
      '<a href="https://gist.github.com/a/12">https://gist.github.com/a/12</a>',
    ],
    [
      'a <object data="/b.pdf"></object>',
      '<p>a <a href="https://site.example/b.pdf">https://site.example/b.pdf</a></p>',
    ],
    ['<bdo dir="rtl">a</bdo>', '<p><bdi dir="rtl">\u202Ea\u202C</bdi></p>'],
    ['<math><ms>a</ms></math>', `<p>${math('<mtext>a</mtext>')}</p>`],
    ['a <object data="/b.svg"><i>b</i></object>', '<p>a <i>b</i></p>'],
    [
      '!!! note "A *b*"\n    c\n\n    d\n\ne',
      '<blockquote>\n<p><strong>Note:</strong> A <em>b</em></p>\n<p>c</p>\n<p>d</p>\n</blockquote>\n<p>e</p>',
    ],
    ['- a\n\n    ???+ tip ""\n        b', '<ul>\n<li>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</li>\n</ul>'],
    ['!!! note\n\nb', '<p>!!! note</p>\n<p>b</p>'],
    ['> [!tip]', '<blockquote>\n<p><strong>Tip</strong></p>\n</blockquote>'],
    ['> [link]\n\n[link]: /b', '<blockquote>\n<p><a href="https://site.example/b">link</a></p>\n</blockquote>'],
  ])('%s', (body, content) => {
    expect(render(body).content).toBe(content);
  });
});

describe('an anchor', () => {
  test.each(['<a name="part"></a>', '<a id="part">x</a>', '<p><a name="part">x</a></p>', '## <a name="part"></a>b'])(
    'is where a link leads: %s',
    (target) => {
      const { content } = render(`[go](#part)\n\n${target}`);
      expect(content).toContain('<a href="https://site.example/articles/a#a--part">go</a>');
      expect(content).toContain(' id="a--part"');
      expect(readReferences(`[go](#part)\n\n${target}`, '').anchors).toContain('part');
    },
  );

  test('of a repeated heading has a number', () => {
    const { content } = render('[b](#dup-1) [c](#dup-2) [d](#dup)\n\n## Dup\n\n## Dup\n\n## Dup');
    expect(content.match(/<h2.*?>/g)).toEqual(['<h2 id="a--dup">', '<h2 id="a--dup-1">', '<h2 id="a--dup-2">']);
  });

  test('of a heading is not given twice', () => {
    expect(render('[b](#dup)\n\n<a id="dup"></a>\n\n## Dup').content.match(/ id="/g)).toHaveLength(1);
  });
});

test('references to a definition are limited', () => {
  const body = `[a]: /u "${'x'.repeat(100_000)}"\n\n${'[a] '.repeat(33_000)}`;
  expect(render(body).content.length).toBeLessThan(5_000_000);
  expect(render(body).content).toContain('[a]');
  // Ordinary articles use a definition often.
  expect(render(`[a]: /u\n\n${'[a] '.repeat(3000)}`).content).not.toContain('[a]');
});

test('references to a footnote are limited, and the first one left out is known', () => {
  const body = `${'[^1] '.repeat(30_000)}\n\n[^1]: Note.`;
  const { content } = render(body);
  expect(content.length).toBeLessThan(2_000_000);
  expect(content).toContain('[^1]');
  const { unexpanded = 0 } = readReferences(body, '');
  expect(content.split('<sup').length - 1).toBe(unexpanded / '[^1] '.length);
  // Every footnote may have a reference, and ordinary articles use one often.
  const distinct = Array.from({ length: 8000 }, (_, i) => `[^${i}]\n\n[^${i}]: N\n\n`).join('');
  for (const one of [distinct, `${'[^1] '.repeat(3000)}\n\n[^1]: Note.`])
    expect(render(one).content).not.toContain('[^');
});

test.each([
  ['quotations', `${'> '.repeat(5000)}DEEP`],
  ['lists', Array.from({ length: 300 }, (_, i) => `${'  '.repeat(i)}- ${i === 299 ? 'DEEP' : 'a'}\n`).join('')],
  ['lists in quotations', `${'> '.repeat(99)}- - - DEEP`],
])('%s that are nested too deep lose nothing, nor does what follows', (_, body) => {
  const { content } = render(`${body}\n\nNext.\n\n## Last`);
  expect(content).toContain('DEEP');
  expect(content).toContain('<p>Next.</p>\n<h2>Last</h2>');
});
