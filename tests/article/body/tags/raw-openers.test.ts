import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { type ParserError, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { renderContent } from '../../../../src/article/body/content.ts';
import { readText } from '../../../../src/article/body/first-picture.ts';
import { readReferences } from '../../../../src/article/body/references.ts';
import { hostileLength, propertyRuns } from '../../../effort.ts';
import { articleOf } from '../../seeds.ts';

function render(body: string) {
  return renderContent(body, { permalink: 'https://site.example/articles/a', slug: 'a', title: 'A title' });
}

describe('an opener without its end swallows nothing and is named', () => {
  test.each(['<!-- todo', '<![CDATA[ a', '<?php a', '<!x a', '<style>', '<script>', '<textarea>', '<xmp>', '<title>'])(
    '%s',
    (opener) => {
      const { content } = render(`First.\n\n${opener}\n\nSecond **part**.`);
      expect(content).toContain('<p>Second <strong>part</strong>.</p>');
      expect(readReferences(`First.\n\n${opener}\n\nSecond.`, '').unclosed).toMatchObject([{ at: 8 }]);
    },
  );

  test.each(['<!-- todo', '<title>', '<b title="todo'])('inside a block of HTML: %s', (opener) => {
    const body = `First.\n\n<div>\nKeep\n${opener} this.\n</div>\n\nSecond.`;
    expect(readText(render(body).content)).toMatch(/^First\. Keep .*this\..* Second\.$/);
    expect(readReferences(body, '').unclosed).toMatchObject([{ at: body.indexOf(opener) }]);
  });

  test('a comment that contains the start of another', () => {
    const body = '<!-- todo\n\nHidden.\n\n<!-- ok -->\n\nShown.';
    expect(render(body).content).toBe('<p>Shown.</p>');
    expect(readReferences(body, '').unclosed).toEqual([{ text: '<!--', at: 0 }]);
  });
});

describe('a formula or drawing without its end is named', () => {
  test.each([
    ['in a paragraph', 'First\n<b>line</b> <math> x\n\nNext.', ['<math']],
    ['in a block of HTML', '<div>\n<p>a <math><mi>x</mi>\n</div>\n\nNext.', ['<math']],
    ['ended by HTML', 'a <math><b>x</b></math>', ['<math']],
    ['ended by Markdown', '<math>\n\nx\n\n</math>', ['<math']],
    ['a drawing', 'a <SVG><g> x', ['<SVG']],
    ['two of three', '<math> a\n\n<math>b</math>\n\n- <svg> c', ['<math', '<svg']],
    ['over two blocks, closed', '<math>\n<mrow>\n\n</mrow>\n</math>', []],
    ['with HTML where it may be', 'a <math><mtext><b>x</b></mtext></math> <svg><desc><p>y</p></desc></svg>', []],
    ['empty', 'a <math/> b\n\n<svg/>', []],
    ['a mention', 'The `<math>` element\n\n    <svg>', []],
  ])('%s', (_, body, openers) => {
    const { unclosed } = readReferences(body, '');
    expect(unclosed.map(({ text }) => text)).toEqual(openers);
    for (const { text, at } of unclosed) expect(body.startsWith(text, at)).toBe(true);
  });
});

describe('<![CDATA[ is text inside formulas and drawings, and a comment elsewhere', () => {
  test.each([
    ['a <math><mtext><![CDATA[x < *y* &amp; z]]></mtext></math> b', 'a x < *y* &amp; z b'],
    ['<div><math><mtext><![CDATA[x < y]]></mtext></math> b</div>', 'x < y b'],
    ['a <svg><text><![CDATA[x < y]]></text></svg> b', 'a x < y b'],
    ['<div><svg><title><![CDATA[x y]]></title></svg> b</div>', 'x y b'],
    ['a <svg><foreignObject><![CDATA[x]]><div><![CDATA[y]]>z</div></foreignObject></svg> b', 'a x z b'],
    ['a <math><mi>x</mi></math> <![CDATA[y]]> b', 'a x b'],
    ['a <math><b>x</b> <![CDATA[y]]></math> b', 'a x b'],
    ['a <math><mi>x</mi><![CDATA[y]]>\n\nNext <![CDATA[z]]> b', 'a xy Next b'],
  ])('%s', (body, shown) => {
    expect(readText(render(body).content)).toBe(shown);
  });
});

test('a drawing shows the words of HTML in it, and ends before HTML outside of foreignObject', () => {
  const label = '<svg><foreignObject><div><p>one</p><p>two</p></div></foreignObject><text>three</text></svg>';
  expect(readText(render(`a ${label} b`).content)).toBe('a one two three b');
  expect(readText(render('a <svg><text>x</text> <b>y</b></svg> b').content)).toBe('a x y b');
});

test.each(['style', 'textarea', 'script'])('</%s/> ends its element', (name) => {
  expect(render(`<${name}>\na\n</${name}/>\n\nSecond **part**.`).content).toBe('<p>Second <strong>part</strong>.</p>');
});

test('a comment stays hidden, also across blocks', () => {
  expect(render('a\n\n<!-- b\n\nc -->\n\nd').content).toBe('<p>a</p>\n\n<p>d</p>');
  expect(render('<div>\n<!-- b\n\nc -->\n</div>').content).toBe('<div>\n\n</div>');
});

test.each([
  ['brackets inside a tag', '<div &lt;!--<style> a', 'a'],
  ['a tag inside a value', '<div title="<!-- >"> a', 'a'],
  ['a comment that ends at once', '<div><!--> a <!---> b', 'a b'],
  ['a solidus without a name', '<div></ <!--> a', 'a'],
  ['an element whose end tag has no end', '<div><style>\n</style\n\n- <b>a</b>', '</style a'],
  ['a drawing that a paragraph ends', '<svg></p> a </svg> b', 'a b'],
  ['a tag without its end before another', `<div><b title="<i title='-->\n\na`, `<b title="<i title='--> a`],
  ['a drawing over two blocks', '<svg> a\n\n> b </svg> c', 'a b c'],
  ['a comment inside an element without tags', '<div><iframe><!-- </iframe> a -->', '<!-- a -->'],
])('what browsers read differently from a simple parser: %s', (_, body, shown) => {
  expect(readText(render(body).content)).toBe(shown);
});

test('attributes before the end of a text take no exponential time', () => {
  expect(readText(render(`<div>\n<!x>\n<b ${'a="b" '.repeat(hostileLength / 100)}\n\nEnd.`).content)).toContain('End.');
});

test('open elements in a formula take no quadratic time', () => {
  const count = hostileLength / 10;
  const body = `<div><math><mtext>${'<p>'.repeat(count)}${'</b></mtext>'.repeat(count)}End.`;
  expect(readText(render(body).content)).toContain('End.');
});

const elements = 'style script textarea title xmp iframe noembed noframes noscript select option pre svg math template';
const blocks = 'object video plaintext details summary table td p div b i a span';
const names = fc.constantFrom(...`${elements} ${blocks}`.split(' '));
const openers = fc.constantFrom(
  ...['<!--', '-->', '--!>', '<!-->', '<!--->', '<?', '?>', '<?php', '<![CDATA[', ']]>', '<!x', '<!doctype html', '>'],
  ...['<', '">', '"', "'", '<!', '<!-', '--', '->', '</', '</>', '< b>', '&lt;!--', '`', '`<!--`', '\\<!--'],
);
const starts = fc.constantFrom('>', '>', ' title="', " title='", ' a=b>', '/>', ' title="a">', ' ');
const ends = fc.constantFrom('>', '>', '/>', ' >', ' a="', '');
const breaks = fc.constantFrom('\n', '\n\n', '\n> ', '\n- ', '\n    ', '\n\n- ', '\n\n> ');
const part = fc.oneof(
  openers,
  fc.tuple(names, starts).map(([name, rest]) => `<${name}${rest}`),
  fc.tuple(names, ends).map(([name, rest]) => `</${name}${rest}`),
  fc.constant('word'),
  breaks,
);
/** Any parts, in which each word has a number. */
const text = fc.array(part, { maxLength: 12 }).map((parts) => {
  let number = 100;
  return [...parts, 'word'].map((one) => (one === 'word' ? ` w${number++} ` : one)).join('');
});

test('the words that a browser shows are shown', () => {
  fc.assert(
    fc.property(text, fc.constantFrom('', '<div>'), (rest, start) => {
      const shown = readText(render(start + rest).content);
      const words = wordsOf(parseFragment(asText.render(start + rest), { scriptingEnabled: false }));
      const seen = wordsOf(parseFragment(inBlocks.render(start + rest), { scriptingEnabled: false }));
      for (const word of words.filter((one) => seen.includes(one))) expect(shown).toContain(word);
    }),
    { numRuns: propertyRuns(1000) },
  );
});

const formulaTags = 'math mi mtext mrow msqrt mfrac mn mo'.split(' ');
const inFormula = fc.oneof(
  fc.constantFrom(...formulaTags, 'b', 'i', 'p', 'span', 'em', 'br').map((name) => `<${name}>`),
  fc.constantFrom(...formulaTags, 'b', 'i', 'p', 'span', 'em').map((name) => `</${name}>`),
  fc.constantFrom(
    '<![CDATA[ word ]]>',
    '<![CDATA[ > word <b> ]]>',
    ']]>',
    '<!-- word -->',
    '<mspace/>',
    '<mrow/>',
    '\n',
  ),
  fc.constant('word'),
);
const formula = fc.array(inFormula, { maxLength: 14 }).map((parts) => {
  let number = 100;
  return ['<math>', ...parts].map((one) => one.replace('word', () => ` w${number++} `)).join('');
});

test('a formula goes on in the next block of HTML', () => {
  expect(render('<div><math>\n\n<![CDATA[ kept ]]></math> w999').content).toContain(' kept </math>');
});

test('the words of a formula that a browser shows are shown', () => {
  fc.assert(
    fc.property(formula, fc.constantFrom('<div>', '<p>', 'a '), (rest, start) => {
      const html = `${start}${rest}</math> w999`;
      const shown = readText(render(html).content);
      for (const word of wordsOf(parseFragment(inBlocks.render(html)), unseenInFormulas)) expect(shown).toContain(word);
    }),
    { numRuns: propertyRuns(1000) },
  );
});

/**
 * Writes blocks of HTML so that a browser reads each by itself: none begins a tag or comment that the next one ends.
 */
const inBlocks = new MarkdownIt({ html: true });
inBlocks.renderer.rules.html_block = (tokens, index) => alone(tokens[index]?.content ?? '');

/** Writes in addition `<?` and `<![CDATA[` as text if they have no end, where browsers end them at any `>`. */
const asText = new MarkdownIt({ html: true });
asText.renderer.rules.html_block = (tokens, index) => {
  const html = tokens[index]?.content ?? '';
  return openInstruction.test(html) ? asText.render(html.replace('<', '\\<')) : alone(html);
};

const openInstruction = /^\s*<(?:\?(?![\s\S]*\?>)|!\[CDATA\[(?![\s\S]*\]\]>))/;

function alone(html: string): string {
  let isInTag = false;
  const onParseError = ({ code }: ParserError) => {
    isInTag ||= code === 'eof-in-tag';
  };
  parseFragment(html, { scriptingEnabled: false, onParseError });
  // The quotation marks end any value, and `>` a tag, a declaration and `<?`.
  return isInTag ? `${html}"'>"'>` : `${html}>`;
}

test('an id below any tags is read', () => {
  expect(articleOf('# T\n\n2025-02-25\n\n<style></style\na\n\nId: <tag:x.example,2026:y>').id).toBe(
    'tag:x.example,2026:y',
  );
  fc.assert(
    fc.property(text, (body) => {
      const seed = `# T\n\n2025-02-25\n\nLede.\n\n${body}\n\nId: <tag:x.example,2026:y>\n`;
      expect(articleOf(seed).id).toBe('tag:x.example,2026:y');
    }),
    { numRuns: propertyRuns(1000) },
  );
});

/** Elements whose text browsers do not show, or show instead of the rest of the page. */
const unseen =
  /^(?:style|script|textarea|title|iframe|noembed|noframes|template|video|object|svg|math|xmp|select|plaintext)$/;

/** The same in a formula, whose own words are compared. */
const unseenInFormulas = /^annotation/;

/** Lists the words of a tree that a browser shows. */
function wordsOf(node: object, hidden = unseen): string[] {
  if ('value' in node) return String(node.value).match(/\bw\d{3}\b/g) ?? [];
  if ('tagName' in node && hidden.test(String(node.tagName))) return [];
  return 'childNodes' in node ? (node.childNodes as object[]).flatMap((one) => wordsOf(one, hidden)) : [];
}
