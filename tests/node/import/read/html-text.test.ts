import { describe, expect, it } from 'vitest';
import { escapeText } from '../../../../src/article/escape.ts';
import { htmlToMarkdown } from '../../../../src/node/import/markdown/html-to-markdown.ts';
import { parseHtml } from '../../../../src/node/import/markdown/parse-html.ts';
import { readFeed } from '../../../../src/node/import/read/read-feed.ts';

const place = new URL('https://old.example/feed');
const contentOf = (text: string) => readFeed(text, place).items[0]?.content;
const description = (text: string) =>
  contentOf(`<rss version="2.0"><channel><item><description>${escapeText(text)}</description></item></channel></rss>`);
const encoded = (text: string) =>
  contentOf(
    `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><content:encoded>${escapeText(text)}</content:encoded></item></channel></rss>`,
  );
const atom = (text: string) =>
  contentOf(
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html">${escapeText(text)}</content></entry></feed>`,
  );
const elements =
  'acronym address aside bdi big button custom-el data dfn fieldset form hgroup label map nav noscript o:p ruby time'.split(
    ' ',
  );

describe.each([
  ['an RSS description', description],
  ['content:encoded', encoded],
  ['Atom content of type html', atom],
])('%s', (_, read) => {
  it.each(elements)('with only <%s> is HTML', (name) => {
    const html = `<${name}>Main &amp; St</${name}> tail`;
    expect(read(html)).toEqual({ kind: 'html', text: html });
  });
  it('with <wbr> is HTML', () => {
    expect(read('a<wbr>b')).toEqual({ kind: 'html', text: 'a<wbr>b' });
  });
});

describe('text without tags', () => {
  it('is plain text in RSS, with its line breaks', () => {
    const lines = { kind: 'html', text: '<p>one<br>\ntwo</p>' };
    expect([description('one\ntwo'), encoded('one\ntwo')]).toEqual([lines, lines]);
    expect(description('a Vec<T> of <your-name>, see <title>')).toEqual({
      kind: 'html',
      text: '<p>a Vec&lt;T> of &lt;your-name>, see &lt;title></p>',
    });
  });
  it('is HTML in Atom if its type says so (RFC 4287 §3.1.1.2)', () => {
    expect(atom('one\ntwo')).toEqual({ kind: 'html', text: 'one\ntwo' });
  });
});

describe('an RSS summary beside other content', () => {
  const summary = (html: string) =>
    readFeed(
      `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>${escapeText(html)}</title><description>${escapeText(html)}</description><content:encoded>&lt;p&gt;Other&lt;/p&gt;</content:encoded></item></channel></rss>`,
      place,
    ).items[0];
  it.each([
    ['<blockquote>Quoted words</blockquote>', 'Quoted words'],
    ['<ul><li>First</li><li>Second</li></ul>', 'First Second'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
    ['<dl><dt>Term</dt><dd>What it is</dd></dl>', 'Term What it is'],
    ['<section>Words</section>', 'Words'],
    ['<center>Words</center> more', 'Words more'],
    ['<o:p>Words</o:p>', 'Words'],
    ['<p>Unclosed<p>Second', 'Unclosed Second'],
    ['one & two<br>three &#8211; four', 'one & two three – four'],
    ['a Vec<T> of <your-name>', 'a Vec<T> of <your-name>'],
    ['R&amp;D of <title>', 'R&D of <title>'],
  ])('is plain text: %s', (html, text) => expect(summary(html)?.summary).toBe(text));

  it('is absent if its markup has no words', () =>
    expect(summary('<center><img src="https://a.example/x"></center>')?.summary).toBeUndefined());

  it('differs from a title, in which a lone tag is text', () => {
    const titles = ['Why <p> needs no end', '<center>A</center>', '<h1>A</h1 >', 'Vec<T>'];
    expect(titles.map((title) => summary(title)?.title)).toEqual(['Why <p> needs no end', 'A', 'A', 'Vec<T>']);
  });
});

it('ruby stays inside its line', () => {
  const html = '<ruby>漢<rt>kan</rt></ruby> is read so';
  const tree = parseHtml(html) ?? expect.fail('excessive');
  expect(htmlToMarkdown(tree, { base: place.href }).minimal).toBe(html);
});
