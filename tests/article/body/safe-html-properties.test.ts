import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeHtml } from '../../../src/article/body/html/safe-html.ts';
import { propertyRuns } from '../../effort.ts';
import { lintHtml } from '../../validators/html.ts';
import { lintTree } from '../../validators/safe-tree.ts';

const BASE = 'https://publisher.example/2025/slug';

const text = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'a',
      ' ',
      '\n',
      '&',
      '&lt;',
      '&amp;lt;',
      '&nbsp;',
      '&#1;',
      '&#xD800;',
      '\u0001',
      '\uFFFF',
      '\uDC00',
      ']]>',
      '"',
    ),
  )
  .map((text) => text.replaceAll('<', '&lt;'));

const url = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom(
    '',
    '#',
    '#a',
    '/a',
    '//b.example',
    '\\\\c.example',
    '?d',
    'e f',
    ' javascript:a',
    'java\nscript:a',
    'JAVASCRIPT:a',
    'vbscript:a',
    'data:text/html,a',
    'data:image/png,a',
    'mailto:a@b.example',
    'https://[',
  ),
  fc.string(),
);
const srcset = fc
  .array(fc.tuple(url, fc.constantFrom('', ' 1x', ' 2.5x', ' 640w', ' 0x', ' 1h', ' -1x')))
  .map((candidates) => candidates.map(([url, size]) => url + size).join(', '));
const attribute = fc
  .oneof(
    fc.tuple(fc.constantFrom('href', 'src', 'cite', 'poster', 'action', 'data', 'xlink:href', 'background'), url),
    fc.tuple(fc.constant('srcset'), srcset),
    fc.tuple(
      fc.constantFrom('title', 'alt', 'class', 'id', 'style', 'onclick', 'ONERROR', 'lang', 'align'),
      fc.string({ unit: 'binary' }),
    ),
    fc.tuple(fc.constant('style'), fc.constantFrom('text-align:left', 'background:url(javascript:a)')),
  )
  .map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`);
const attributes = fc.array(attribute, { maxLength: 4 }).map((list) => list.join(''));

const inlineNames = 'a a a b i em strong code span q ins del abbr time sub svg font button label'.split(' ');
const voidNames = 'img img br wbr embed input source'.split(' ');
const flowNames = 'div blockquote section figure details center form fieldset nav menu'.split(' ');

/** HTML with valid nesting, which no parser has to repair. */
const { flow: wellFormed } = fc.letrec<{ inline: string; flow: string }>((tie) => ({
  inline: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.tuple(fc.constantFrom(...voidNames), attributes).map(([name, list]) => `<${name}${list}>`),
    fc
      .tuple(fc.constantFrom(...inlineNames), attributes, fc.array(tie('inline'), { maxLength: 3 }))
      .map(([name, list, children]) => `<${name}${list}>${children.join('')}</${name}>`),
    fc
      .tuple(fc.constantFrom('script', 'style', 'iframe'), attributes, fc.string())
      .map(([name, list, raw]) => `<${name}${list}>${raw.replaceAll('<', '')}</${name}>`),
  ),
  flow: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('inline'),
    fc
      .tuple(fc.constantFrom('p', 'h2', 'pre'), attributes, fc.array(tie('inline'), { maxLength: 3 }))
      .map(([name, list, children]) => `<${name}${list}>${children.join('')}</${name}>`),
    fc
      .tuple(fc.constantFrom(...flowNames), attributes, fc.array(tie('flow'), { maxLength: 3 }))
      .map(([name, list, children]) => `<${name}${list}>${children.join('')}</${name}>`),
    fc
      .tuple(attributes, fc.array(tie('flow'), { maxLength: 3 }))
      .map(([list, items]) => `<ul>${items.map((item) => `<li${list}>${item}</li>`).join('')}</ul>`),
    fc
      .tuple(attributes, fc.array(tie('inline'), { maxLength: 3 }))
      .map(([list, cells]) => `<table><tr>${cells.map((cell) => `<td${list}>${cell}</td>`).join('')}</tr></table>`),
  ),
}));

/** Anything at all that has the look of HTML. */
const soup = fc
  .array(
    fc.oneof(
      text,
      attribute,
      fc
        .tuple(
          fc.constantFrom(
            ...inlineNames,
            ...voidNames,
            ...flowNames,
            'p',
            'td',
            'tr',
            'li',
            'script',
            'style',
            'iframe',
            'textarea',
            'title',
            'xmp',
            'x-unwrapped',
            'select',
            'option',
            'noscript',
          ),
          attributes,
        )
        .map(([name, list]) => `<${name}${list}>`),
      fc
        .constantFrom(
          ...inlineNames,
          ...flowNames,
          'p',
          'script',
          'style',
          'iframe',
          'textarea',
          'title',
          'xmp',
          'x-unwrapped',
        )
        .map((name) => `</${name}>`),
      fc.constantFrom('<', '>', '<!--', '-->', '<![CDATA[', ']]>', '<?', '/>', '="', "='", '<a href="', '<p title='),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const anyHtml = fc.oneof(wellFormed, soup);
const runs = { numRuns: propertyRuns(1000) };

test('cleaning what is clean changes nothing', () => {
  fc.assert(
    fc.property(wellFormed, (html) => {
      const once = safeHtml(html, { permalink: BASE, slug: 'slug' });
      expect(safeHtml(once, { permalink: BASE, slug: 'slug' })).toBe(once);
    }),
    runs,
  );
});

test('no script, no event handler, no relative or running address is left', () => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      expect(lintHtml(safeHtml(html, { permalink: BASE, slug: 'slug' }))).toEqual([]);
    }),
    runs,
  );
});

test('no other tag, attribute or named reference than the allowed is left', () => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      const clean = safeHtml(html, { permalink: BASE, slug: 'slug' });
      const wrong = [
        /<\/?(?:script|style|iframe|embed|object|form|input|button|select|textarea|svg|base|meta|link|x-\w+)\b/i,
        /<[^>]* (?:on\w+|style|id|action|data|background|xlink:href)[=> ]/i,
        /<a(?=[ >])(?![^>]* href=")/,
        /<[^>]*="\s*(?:javascript|vbscript|data:text)/i,
        /&(?!(?:amp|lt|gt|quot);)/,
        /<(?![a-z/])/,
      ].filter((pattern) => pattern.test(clean.replace(/ (?:title|alt|lang)="[^"]*"/g, '')));
      expect(wrong).toEqual([]);
    }),
    runs,
  );
});

test('a browser finds nothing in it that is not known to be harmless', () => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      expect(lintTree(safeHtml(html, { permalink: BASE, slug: 'slug' }))).toEqual([]);
    }),
    runs,
  );
});

test('an id begins with the name of its article, and a link leads to it', () => {
  const id = fc.oneof(fc.constantFrom('a', 'location', 'fn-slug-1', 'fn-other-1', 'slug--b', 'é'), fc.string());
  const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id), { maxLength: 6 }), (pairs) => {
      const html = pairs.map(([id, to]) => `<b id="${attribute(id)}">a</b><a href="#${attribute(to)}">b</a>`).join('');
      const clean = safeHtml(html, { permalink: BASE, slug: 'slug' });
      const ids = [...clean.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
      expect(ids.filter((id) => !/^(?:slug--[\w.~-]+|fn-slug-\d+)$/.test(id) || !clean.includes(`#${id}"`))).toEqual(
        [],
      );
    }),
    runs,
  );
});

test('every remaining character is allowed in XML', () => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      const clean = safeHtml(html, { permalink: BASE, slug: 'slug' });
      expect([clean.isWellFormed(), /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(clean)]).toEqual([
        true,
        false,
      ]);
    }),
    runs,
  );
});
