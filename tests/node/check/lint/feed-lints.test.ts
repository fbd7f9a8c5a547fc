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
