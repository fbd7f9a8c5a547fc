import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ParseOptions, parseSeed } from '../../../../src/article/parse.ts';

const options: ParseOptions = {
  timezone: 'UTC',
  articleUrl: (slug) => `https://site.example/articles/${slug}`,
  mintId: (slug) => `tag:site.example,2025:${encodeURIComponent(slug)}`,
};

const parse = (text: string, path = 'a.md') => parseSeed({ path, text }, options);
const yaml = (...lines: string[]): string =>
  ['---', 'title: A', 'date: 2025-02-25', ...lines, '---', 'Secret'].join('\n');

/** Returns `published`, `draft` (nothing is said) or the codes of the errors. */
function outcome(text: string): string {
  const { source, problems } = parse(text);
  return source !== undefined ? 'published' : problems.map(({ code }) => code).join() || 'draft';
}

describe('an article is a draft with', () => {
  test.each([
    'draft: "yes"',
    'Draft: TRUE',
    'isDraft: true',
    'is_draft: on',
    'status: draft',
    'status: Draft',
    'status: In Progress',
    'status: [draft, idea]',
    'status: pending-review',
    'post_status: auto-draft',
    'post_status: trash',
    'state: draft',
    'stage: "draft"',
    'visibility: draft',
    'draft: false\nextra: { draft: true }',
    'draft: false\nisDraft: true',
    'draft: false\nstatus: draft',
    'extra:\n  draft: true',
    'params: { status: draft }',
    'published: no',
    'publish: false',
    'render: false',
    'headless: true',
    'permalink: false',
    'permalink: { build: false }',
    'eleventyExcludeFromCollections: true',
    'eleventyExcludeFromCollections: [posts]',
    'build: { list: never }',
    'build: { render: false }',
    '_build:\n  render: "never"\n  list: Never',
    'build: { render: link }',
    'wip: true',
    'unpublished: true',
    'expired: true',
    'unpublish: true',
    'is_deleted: yes',
    'trashed: true',
    'disabled: 1',
    'in_progress: true',
    'dg-publish: false',
    'eleventyExcludeFromCollections: all',
    'eleventyComputed: { permalink: false }',
    'eleventyComputed:\n  eleventyExcludeFromCollections: true',
    'workflow: draft',
  ])('%s', (lines) => {
    expect(parse(yaml(lines))).toEqual({ problems: [] });
  });
  test('TOML and JSON, with Windows line ends, too', () => {
    expect(outcome('+++\r\ntitle = "A"\r\ndate = 2025-02-25\r\nstatus = "draft"\r\n+++\r\nB')).toBe('draft');
    expect(outcome('+++\ntitle = "A"\ndate = 2025-02-25\n[_build]\nrender = "never"\n+++\nB')).toBe('draft');
    expect(outcome('{"title": "A", "date": "2025-02-25", "isDraft": true}\nB')).toBe('draft');
  });
});

describe('an article is kept out with an error by', () => {
  test.each([
    ['status: private', 'status'],
    ['status: hidden', 'status'],
    ['private: true', 'private'],
    ['private: 1', 'private'],
    ['private: staff', 'private'],
    ['unlisted: yes', 'unlisted'],
    ['hidden: true', 'hidden'],
    ['visibility: private', 'visibility'],
    ['visibility: members', 'visibility'],
    ['visibility: paid', 'visibility'],
    ['access: paid', 'access'],
    ['access: [members, staff]', 'access'],
    ['password: s3cret', 'password'],
    ['pwd: s3cret', 'pwd'],
    ['exclude: true', 'exclude'],
    ['ignore: yes', 'ignore'],
    ['skip_rss: true', 'skiprss'],
    ['hide-from-the-feed: true', 'hidefromthefeed'],
    ['rss_exclude: true', 'rssexclude'],
    ['include_in_rss: false', 'includeinrss'],
    ['active: false', 'active'],
    ['extra: { enabled: no }', 'extra.enabled'],
    ['tier: paid', 'tier'],
    ['password: 1234', 'password'],
    ['password: no', 'password'],
    ['encrypt: true', 'encrypt'],
    ['encrypted: true', 'encrypted'],
    ['protected: true', 'protected'],
    ['members_only: true', 'membersOnly'],
    ['membersOnly: true', 'membersOnly'],
    ['members-only: "true"', 'membersOnly'],
    ['paid: true', 'paid'],
    ['public: false', 'public'],
    ['listed: false', 'listed'],
    ['rss: false', 'rss'],
    ['hide: true', 'hide'],
    ['audience: only_paid', 'audience'],
    ['extra: { private: true }', 'extra.private'],
    ['params: { visibility: members }', 'params.visibility'],
    ['build: { list: local }', 'build'],
  ])('%s', (line, key) => {
    const { source, isWithheld, problems } = parse(yaml(line));
    expect(source).toBeUndefined();
    expect(isWithheld).toBe(true);
    expect(problems).toMatchObject([{ severity: 'error', code: 'private', line: expect.any(Number) }]);
    expect(problems[0]?.message).toContain(`"${key}"`);
    expect(problems[0]?.message).toContain('to publish it anyway, delete the key or write ');
  });
  test('each of several marks', () => {
    const found = parse(yaml('visibility: members', 'access: paid', 'private: true', 'unlisted: true'));
    expect(found.problems.map(({ line, code }) => [line, code])).toEqual([4, 5, 6, 7].map((line) => [line, 'private']));
  });
  test('an unknown status or visibility', () => {
    expect(outcome(yaml('status: evergreen'))).toBe('wrong-value');
    expect(outcome(yaml('visibility: { role: staff }'))).toBe('wrong-value');
    expect(outcome(yaml('isDraft: maybe'))).toBe('wrong-value');
    expect(outcome(yaml('build: { list: sometimes }'))).toBe('wrong-value');
  });
  test('a password, which the message does not repeat', () => {
    expect(JSON.stringify(parse(yaml('password: s3cret')).problems)).not.toContain('s3cret');
    expect(JSON.stringify(parse(yaml('encrypt: s3cret')).problems)).not.toContain('s3cret');
  });
});

describe('an article is published with', () => {
  test.each([
    'visibility: public',
    'visibility: Everyone',
    'access: free',
    'private: false',
    'private: "no"',
    'private:',
    'unlisted: false',
    'hidden: off',
    'status: published',
    'status: Publish',
    'status: scheduled',
    'status: true',
    'post_status: publish',
    'password: ""',
    "password: ''",
    'password:',
    'password: false',
    'encrypt: false',
    'draft: false',
    'isDraft: "false"',
    'publish: true',
    'permalink: /a/b/',
    'render: true',
    'headless: false',
    'build: { render: always, list: always }',
    'eleventyExcludeFromCollections: false',
    // Words with other meanings.
    'state: California',
    'members: [Ada, Grace]',
    'hide: [navigation, toc]',
    'audience: developers',
    'feed: /feed.xml',
    'secret: ingredient',
    'exclude: [toc]',
    'expired: false',
    'live: https://example.org/',
    'eleventyComputed: { permalink: "{{ slug }}" }',
  ])('%s', (line) => {
    expect(outcome(yaml(line))).toBe('published');
  });
});

describe('the latest publication date counts', () => {
  const published = (...lines: string[]) =>
    parse(['---', 'title: A', ...lines, '---', 'B'].join('\n')).source?.head.published;
  const early = '2024-01-05';
  const late = '2099-01-05';
  test.each([
    'publishDate',
    'publish_date',
    'pubDate',
    'pubdate',
    'published_at',
    'published',
    'date_published',
    'publishedDate',
    'pubDatetime',
    'embargo_until',
    'scheduled_for',
    'publish_at',
    'publish_after',
    'publish_up',
    'post_date',
    'scheduledDate',
    'goLive',
    'not_before',
    'embargo_date',
  ])('of date and %s, in either order', (name) => {
    const waits = '2099-01-05T00:00:00Z';
    expect(published(`date: ${early}`, `${name}: ${late}`)).toBe(waits);
    expect(published(`${name}: ${late}`, `date: ${early}`)).toBe(waits);
    expect(published(`date: ${late}`, `${name}: ${early}`)).toBe(waits);
    expect(published(`${name}: ${early}`, `date: ${late}`)).toBe(waits);
  });
  test('in TOML and in JSON', () => {
    const toml = parse('+++\ntitle = "A"\ndate = 2024-01-05\npublishDate = 2099-01-05T10:00:00Z\n+++\nB');
    expect(toml.source?.head.published).toBe('2099-01-05T10:00:00Z');
    const json = parse('{"title": "A", "publishDate": "2099-01-05", "date": "2024-01-05"}\nB');
    expect(json.source?.head.published).toBe('2099-01-05T00:00:00Z');
  });
  test.each(['extra', 'params'])('below %s, where themes have their keys', (name) => {
    expect(published(`date: ${early}`, `${name}: { publish_date: ${late} }`)).toBe('2099-01-05T00:00:00Z');
    expect(published(`date: ${early}`, `${name}: { goLive: ${late} }`)).toBe('2099-01-05T00:00:00Z');
    expect(published(`date: ${early}`, `${name}: { date: ${late} }`)).toBe('2024-01-05T00:00:00Z');
  });
  test('and an invalid one is an error, with a date in the path, too', () => {
    expect(outcome(yaml('publishDate: soon'))).toBe('bad-date');
    expect(parse(yaml('publishDate: soon'), '2025-02-25-a.md').source).toBeUndefined();
  });
  test('and an update before it is no fault', () => {
    const { source, problems } = parse(yaml('lastmod: 2025-03-01', 'publishDate: 2025-04-01'));
    expect(problems).toEqual([]);
    expect(source?.head).toMatchObject({ published: '2025-04-01T00:00:00Z', updated: '2025-04-01T00:00:00Z' });
  });
  test('of any two, whatever their names', () => {
    const names = ['date', 'publishDate', 'pubDate', 'published_at', 'publish_date', 'date_published'];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...names), {
          minLength: 1,
          selector: (one) => one.replaceAll('_', '').toLowerCase(),
        }),
        fc.array(fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), {
          minLength: 6,
          maxLength: 6,
        }),
        (keys, dates) => {
          const days = keys.map((_, i) => dates[i]?.toISOString().slice(0, 10) ?? '');
          const lines = keys.map((key, i) => `${key}: ${days[i]}`);
          expect(published(...lines)).toBe(`${days.toSorted().at(-1)}T00:00:00Z`);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a key about publishing that is set twice is an error', () => {
  test.each([
    ['draft: true\ndraft: false', '"draft"'],
    ['draft: false\nDraft: true', '"Draft"'],
    ['private: false\nprivate: false', '"private"'],
    ['publishDate: 2099-01-01\npublish_date: 2020-01-01', '"publish_date"'],
    ['expiryDate: 2020-01-01\nexpiryDate: 2099-01-01', '"expiryDate"'],
    ['extra: { draft: true, draft: false }', '"draft"'],
    ['build: { list: never, list: always }', '"list"'],
    ['extra: { draft: true }\nextra: { a: b }', '"extra"'],
  ])('%j', (lines, key) => {
    const { source, problems } = parse(yaml(lines));
    expect(source).toBeUndefined();
    expect(problems).toMatchObject([{ severity: 'error', code: 'bad-front-matter' }]);
    expect(problems[0]?.message).toContain(`${key} is set here and again in line`);
  });
  test.each([
    ['JSON', '{"title": "A", "date": "2025-01-05", "draft": true, "draft": false}\nB'],
    ['JSON without braces', ';;;\n"title": "A",\n"date": "2025-01-05",\n"draft": true,\n"Draft": false\n;;;\nB'],
    ['TOML', '+++\ntitle = "A"\ndate = 2025-01-05\ndraft = true\ndraft = false\n+++\nB'],
    ['TOML in two spellings', '+++\ntitle = "A"\ndate = 2025-01-05\ndraft = true\nDraft = false\n+++\nB'],
    ['a TOML table', '+++\ntitle = "A"\ndate = 2025-01-05\n[extra]\ndraft = true\n"DRAFT" = false\n+++\nB'],
    ['an inline TOML table', '+++\ntitle = "A"\ndate = 2025-01-05\nextra = { draft = true, Draft = false }\n+++\nB'],
    ['metadata lines', 'Title: A\nDate: 2025-01-05\nStatus: draft\nStatus: published\n\nB'],
  ])('in %s, too', (_, text) => {
    expect(outcome(text)).toBe('bad-front-matter');
  });
  test('in TOML at the key, in its line', () => {
    const { problems } = parse('+++\ntitle = "A"\ndate = 2025-01-05\ndraft = true\n\nDraft = false\n+++\nB');
    expect(problems).toMatchObject([{ line: 4, severity: 'error' }]);
    expect(problems[0]?.message).toContain('"Draft" is set here and again in line 6');
  });
});

test('front matter with one key 20,000 times takes a time that grows with its length', () => {
  const { source, problems } = parse(yaml(...Array.from({ length: 20_000 }, () => 'k: v')));
  expect(source).toBeDefined();
  expect(problems).toHaveLength(19_999);
});
