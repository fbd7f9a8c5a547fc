import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugOf } from '../../../src/article/slug.ts';
import { defaultTagBase, feedId, isTagBase, mintId } from '../../../src/publication/site/identity.ts';
import { propertyRuns } from '../../effort.ts';

/** RFC 4151 §2.1 and RFC 3986 appendix A, spelled rule by rule. */
const alphaNum = '[A-Za-z0-9]';
const dnsComponent = `(?:${alphaNum}(?:(?:${alphaNum}|-)*${alphaNum})?)`;
const dnsName = `${dnsComponent}(?:\\.${dnsComponent})*`;
const emailAddress = `(?:${alphaNum}|[-._])+@${dnsName}`;
const date = '\\d{4}(?:-\\d{2}(?:-\\d{2})?)?';
const pchar = "(?:[A-Za-z0-9\\-._~]|%[0-9A-Fa-f]{2}|[!$&'()*+,;=]|[:@])";
const tagUri = new RegExp(`^tag:(?:${dnsName}|${emailAddress}),${date}:(?:${pchar}|[/?])*$`);

const anyText = fc.string({ unit: 'binary' });

describe('the beginning of ids', () => {
  it.each([
    'tag:daily.example,2026:',
    'tag:daily.example,2026-03:',
    'tag:daily.example,2026-03-02:',
    'tag:localhost,2026:',
    'tag:a,2026:',
    'tag:1-2.3,2026:',
    'tag:ann@daily.example,2026:',
    'tag:ann.b-c_d@daily.example,2026-12-31:',
    'tag:daily.example,2026:news/',
    'tag:daily.example,2026:a:b@c?d=e&f;g,(h)!*',
    'tag:daily.example,2026:%C3%BC/',
    defaultTagBase,
  ])('may be %s', (base) => {
    expect(isTagBase(base)).toBe(true);
    expect(base).toMatch(tagUri);
  });

  it.each([
    '',
    'tag:',
    'tag:daily.example',
    'tag:daily.example:',
    'tag:daily.example,2026',
    'tag:daily.example,26:',
    'tag:daily.example,20260302:',
    'tag:daily.example,2026-13:',
    'tag:daily.example,2026-3:',
    'tag:daily.example,2026-03-32:',
    'tag:daily.example,2026-03-00:',
    'tag:daily..example,2026:',
    'tag:.example,2026:',
    'tag:daily.example.,2026:',
    'tag:-daily.example,2026:',
    'tag:daily-.example,2026:',
    'tag:da_ily.example,2026:',
    'tag:täglich.example,2026:',
    'tag:@daily.example,2026:',
    'tag:a@b@c.example,2026:',
    'TAG:daily.example,2026:',
    ' tag:daily.example,2026:',
    'tag:daily.example,2026: ',
    'tag:daily.example,2026:ü',
    'tag:daily.example,2026:%',
    'tag:daily.example,2026:%zz',
    'tag:daily.example,2026:a#b',
    'tag:daily.example,2026:"',
    'https://daily.example/',
    'urn:uuid:1',
  ])('may not be %j', (base) => {
    expect(isTagBase(base)).toBe(false);
  });

  it('is valid only if the grammar accepts it', () => {
    const near = fc.string({ unit: fc.constantFrom(...'tag:daily.example,2026-03:%aF/@_') });
    fc.assert(
      fc.property(
        fc.oneof(
          near.map((rest) => `tag:${rest}`),
          near.map((rest) => `tag:a.example,2026:${rest}`),
        ),
        (text) => {
          if (isTagBase(text)) expect(text).toMatch(tagUri);
        },
      ),
      { numRuns: propertyRuns(2000) },
    );
  });
});

describe('an id', () => {
  it.each([
    ['2026-03-02-hello', 'tag:daily.example,2026:2026-03-02-hello'],
    ['größe', 'tag:daily.example,2026:gr%C3%B6%C3%9Fe'],
    ['新聞', 'tag:daily.example,2026:%E6%96%B0%E8%81%9E'],
    ['a_b', 'tag:daily.example,2026:a_b'],
    ['__proto__', 'tag:daily.example,2026:__proto__'],
  ])('of %s is %s, for ever', (slug, id) => {
    expect(mintId('tag:daily.example,2026:', slug)).toBe(id);
  });

  it('is a tag URI whatever the name of the file', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        expect(mintId(defaultTagBase, slugOf(name))).toMatch(tagUri);
        expect(mintId(defaultTagBase, name)).toMatch(tagUri);
      }),
    );
  });

  it('differs between slugs', () => {
    const slug = anyText.map(slugOf);
    fc.assert(
      fc.property(slug, slug, (a, b) => {
        expect(mintId(defaultTagBase, a) === mintId(defaultTagBase, b)).toBe(a === b);
      }),
    );
  });
});

describe('the id of a feed', () => {
  it("starts with the publication's id and differs from every article's", () => {
    expect(feedId('tag:daily.example,2026:', 'The Daily')).toBe('tag:daily.example,2026:/');
    expect(feedId('tag:daily.example,2026:', 'Another title')).toBe('tag:daily.example,2026:/');
    fc.assert(
      fc.property(anyText, (name) => {
        const base = 'tag:daily.example,2026:';
        expect(mintId(base, slugOf(name))).not.toBe(feedId(base, name));
      }),
    );
  });

  it("is made of the title if the publication has no id, and differs from every article's", () => {
    expect(feedId(undefined, 'The Daily')).toBe('tag:dateline.internal,2026:publication/The%20Daily');
    fc.assert(
      fc.property(anyText, anyText, (title, name) => {
        expect(feedId(undefined, title)).toMatch(tagUri);
        expect(mintId(defaultTagBase, slugOf(name))).not.toBe(feedId(undefined, title));
      }),
    );
  });
});
