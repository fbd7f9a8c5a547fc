import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText, renderContent } from '../../../../src/article/body/content.ts';
import { readText } from '../../../../src/article/body/first-picture.ts';
import { propertyRuns } from '../../../effort.ts';
import { lintTree } from '../../../validators/safe-tree.ts';

function render(body: string) {
  return renderContent(body, { permalink: 'https://site.example/articles/a', slug: 'a', title: 'A title' });
}

const names = 'title textarea xmp plaintext script style noembed noframes noscript iframe select option'.split(' ');

describe.each(names)('a mention of <%s>', (name) => {
  test('is text, and what follows stays', () => {
    expect(render(`The <${name}> element.\n\nSecond **part**.`)).toEqual({
      summary: `The <${name}> element.`,
      content: `<p>The &lt;${name}&gt; element.</p>\n<p>Second <strong>part</strong>.</p>`,
    });
  });

  test('that opens a block loses nothing', () => {
    for (const body of [`<${name}>\n\nSecond **part**.`, `- <${name}>\n\nSecond **part**.`])
      expect(render(body).content).toMatch(/<p>Second <strong>part<\/strong>\.<\/p>$/);
  });

  test('inside HTML loses nothing of it', () => {
    expect(render(`<div>The <${name} a="b"> one</div>\n\nSecond.`).content).toMatch(
      /^<div>The\s+one\s*<\/div>\n<p>Second\.<\/p>$/,
    );
  });

  test('in a headline is text', () => {
    expect(plainText(`The <${name}> element`)).toBe(`The <${name}> element`);
  });
});

test.each(['xmp', 'title', 'plaintext', 'noembed', 'noframes', 'noscript', 'select', 'option', 'iframe'])(
  'the words of a closed <%s> stay',
  (name) => {
    expect(render(`The <${name} a="b">*words*</${name.toUpperCase()}> tail`)).toEqual({
      summary: 'The words tail',
      content: '<p>The <em>words</em> tail</p>',
    });
  },
);

describe('the content between two tags', () => {
  test.each([
    { it: 'of a script is removed', input: 'a <script>b `c` <i></script> d', content: '<p>a  d</p>' },
    {
      it: 'of a frame is removed if the frame becomes a link',
      input: 'a <iframe src="https://b.example/" title="t">c *d*</iframe> e',
      content: '<p>a <a href="https://b.example/">t</a> e</p>',
      summary: 'a e',
    },
    {
      it: 'of an <xmp> is text',
      input: '<div><xmp><b>a</b></xmp></div>',
      content: '<div>&lt;b&gt;a&lt;/b&gt;</div>',
    },
    {
      it: 'of a component stays',
      input: 'Text <Badge type="tip">*new*</Badge> here',
      content: '<p>Text <em>new</em> here</p>',
    },
    { it: 'of a component without attributes stays', input: '<Tip>new</Tip>', content: '<p>new</p>' },
    {
      it: 'of components that nest stays',
      input: '<Tip>a <Key>b</Key> <Tip>c</Tip></Tip>',
      content: '<p>a b c</p>',
    },
    {
      it: 'of two type parameters is text',
      input: 'Vec<T> and Map<K>',
      content: '<p>Vec&lt;T&gt; and Map&lt;K&gt;</p>',
    },
  ])('$it', ({ input, content, summary = readText(content) }) => {
    expect(render(input)).toEqual({ content, summary });
  });
});

test.each([
  ['![a plan](data:image/svg+xml;base64,AAAA) b', 'a plan b'],
  ['<b>c</b> ![a <i>plan</i> & "d"](data:image/svg+xml;base64,AAAA) b', '<b>c</b> a plan &amp; "d" b'],
  ['![a](https://[) b', 'a b'],
])('a picture without an address becomes its alternative text: %s', (body, text) => {
  const { content, summary } = render(body);
  expect([content, summary]).toEqual([`<p>${text}</p>`, readText(text)]);
});

test('for any tags, the summary matches the content and nothing runs', () => {
  const tag = fc
    .tuple(fc.constantFrom('', '/'), fc.constantFrom(...names, 'T', 'b'), fc.constantFrom('', ' a="b"'))
    .map(([end, name, attributes]) => `<${end}${name}${end === '' ? attributes : ''}>`);
  const run = fc.array(fc.oneof(tag, fc.constantFrom('w ', '*x* ', '`y` ', '&lt;')), { maxLength: 8 });
  fc.assert(
    fc.property(run, (parts) => {
      const { content, summary } = render(`It sailed ${parts.join('')} home.\n\nLast.`);
      expect(lintTree(content)).toEqual([]);
      expect(content.endsWith('<p>Last.</p>')).toBe(true);
      expect(summary).toBe(readText(content.slice(0, content.indexOf('</p>'))));
    }),
    { numRuns: propertyRuns(1000) },
  );
});
