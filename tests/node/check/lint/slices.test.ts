import { expect, it } from 'vitest';
import { dateline } from '../../command.ts';
import { makeFolder } from '../../temporary-folder.ts';

const tagged = (tags: string): string =>
  `---\ntitle: A\ndate: 2026-03-01\ntags: ${tags}\nauthor: Ada\n---\n\nText.\n`;

it('says which tags share a feed because they differ only in case or signs', async () => {
  const dir = makeFolder({
    'publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n',
    'a.md': tagged('[News, café, C++]'),
    'b.md': tagged('[news, cafe, C#]'),
    'c.md': tagged('[News!]').replace('Ada', 'ada'),
  });
  const { code, stdout } = await dateline(['check', dir]);
  const found = [...stdout.matchAll(/warning: (.*) \(shared-slice\)/g)].map(([, message]) => message);
  expect({ code, found: found.sort() }).toEqual({
    code: 0,
    found: [
      '"Ada" and "ada" share the feed /authors/ada/rss.xml; spell them alike, or further apart',
      '"News" and "news" and "News!" share the feed /tags/news/rss.xml; spell them alike, or further apart',
    ],
  });
});

it('says which top folders share a feed, and which name is that of the publication', async () => {
  const dir = makeFolder({
    'publication.yaml':
      'url: https://daily.example/\nid: "tag:daily.example,2026:"\nauthors: [ADA]\nlanguage: EN\n',
    'R&D/a.md': tagged('[caf\u00e9]'),
    'r-d/b.md': tagged('[cafe\u0301]').replace('author: Ada\n', 'lang: en\n'),
  });
  const { stdout } = await dateline(['check', dir]);
  const found = [...stdout.matchAll(/warning: (.*) \(shared-slice\)/g)].map(([, message]) => message);
  expect(found.sort()).toEqual([
    '"Ada" and "ADA" share the feed /authors/ada/rss.xml; spell them alike, or further apart',
    '"R&D" and "r-d" share the feed /sections/r-d/rss.xml; spell them alike, or further apart',
  ]);
});
