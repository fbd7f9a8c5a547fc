import { expect, it } from 'vitest';
import { dateline } from '../../command.ts';
import { makeFolder } from '../../temporary-folder.ts';

it('reports names in the feeds of publication.yaml that no article has, where they are', async () => {
  const dir = makeFolder({
    'publication.yaml': `url: https://daily.example/
id: "tag:daily.example,2026:"
feeds:
  island:
    tags: [Ferries, harbor]
    not: { authors: Boo }
  all: { languages: [en, fr], items: 5 }
  main:
    sections: sprot
`,
    'sport/a.md': '---\ntitle: A\ndate: 2026-03-01\ntags: [ferries, harbour]\nauthor: Bo\nlang: en-GB\n---\n\nText.\n',
  });
  const { stdout } = await dateline(['check', dir]);
  const found = [...stdout.matchAll(/publication\.yaml:(\d+:\d+: warning: .*) \(unused-label\)/g)].map(
    ([, one]) => one,
  );
  expect(found).toEqual([
    '5:5: warning: feeds.island.tags: no article has the tag "harbor"; did you mean "harbour"?',
    '6:12: warning: feeds.island.not.authors: no article has the author "boo"; did you mean "bo"?',
    '7:10: warning: feeds.all.languages: no article has the language "fr"; correct or remove it',
    '9:5: warning: feeds.main.sections: no article has the section "sprot"; did you mean "sport"?',
  ]);
});

it('reports articles with one translation key in one language, and tags that are no language', async () => {
  const seed = (title: string, more: string) =>
    `---\ntitle: ${title}\ndate: 2026-03-01\n${more}---\n\nText of ${title}.\n`;
  const dir = makeFolder({
    'publication.yaml':
      'url: https://daily.example/\nid: "tag:daily.example,2026:"\nfeeds:\n  greek: { languages: gr }\n',
    'a.md': seed('A', 'translationKey: k\n'),
    'b.md': seed('B', 'translationKey: k\nlang: en\n'),
    'c.md': seed('C', 'translationKey: k\nlang: gr\n'),
  });
  const { stdout } = await dateline(['check', dir]);
  const found = [...stdout.matchAll(/(\w+\.\w+:\d+:\d+: warning: .*) \((?:repeated-translation|unknown-language)\)/g)];
  expect(found.map(([, one]) => one?.replaceAll(dir, ''))).toEqual([
    'b.md:1:1: warning: /a.md has the translationKey "k" in the same language, en; correct the key or the language of one of the two',
    'c.md:1:1: warning: language: no language has the tag "gr"; search for its name at https://r12a.github.io/app-subtags/',
    'publication.yaml:4:12: warning: feeds.greek.languages: no language has the tag "gr"; search for its name at https://r12a.github.io/app-subtags/',
  ]);
});
