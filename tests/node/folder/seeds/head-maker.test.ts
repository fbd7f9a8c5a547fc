import { expect, test } from 'vitest';
import { HeadMaker, wholeHead } from '../../../../src/node/folder/seeds/head-maker.ts';
import { parsePublicationFile } from '../../../../src/publication/file/publication-file.ts';

const { site } = parsePublicationFile(undefined, {
  title: 'Notes',
  url: 'https://notes.example/',
});
const recorded = { slug: 'grüße', title: 'Grüße', published: '2026-01-02T00:00:00Z' };
const names = {
  id: 'tag:dateline.internal,2026:gr%C3%BC%C3%9Fe',
  permalink: 'https://notes.example/articles/gr%C3%BC%C3%9Fe',
};

test('keeps no id and no permalink that follow from the slug', () => {
  for (const head of [
    new HeadMaker(site).make(recorded),
    new HeadMaker(site).make({ ...recorded, section: 'letters', expires: '2026-02-02T00:00:00Z' }),
  ]) {
    expect(head).toMatchObject(names);
    expect(Object.keys(head)).not.toContain('id');
    expect(Object.keys(head)).not.toContain('permalink');
  }
});

test('copies and writes a head with both', () => {
  const head = new HeadMaker(site).make(recorded);
  const whole = { ...recorded, ...names, updated: recorded.published, authors: [], tags: [] };
  expect(wholeHead(head)).toEqual(whole);
  expect(JSON.parse(JSON.stringify({ head }))).toEqual({ head: whole });
});

test('keeps an id and a permalink that the file states', () => {
  const stated = { id: 'https://old.example/1', permalink: 'https://old.example/1' };
  expect(new HeadMaker(site).make({ ...recorded, ...stated })).toMatchObject(stated);
  expect(new HeadMaker(site).make({ ...recorded, ...stated, permalink: true })).toMatchObject(stated);
  const minted = new HeadMaker(site).make({ ...recorded, mintedOf: 'notes/grüße' });
  expect(minted).toMatchObject({
    id: 'tag:dateline.internal,2026:notes%2Fgr%C3%BC%C3%9Fe',
    permalink: names.permalink,
  });
  expect(new HeadMaker(site).make({ ...recorded, permalink: stated.permalink })).toMatchObject({
    id: names.id,
    permalink: stated.permalink,
  });
});
