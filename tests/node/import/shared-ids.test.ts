import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectItems } from '../../../src/node/import/collect-items.ts';
import { importSource } from '../../../src/node/import/import-source.ts';
import { readDocument } from '../../../src/node/import/read/read-document.ts';
import { makeFolder } from '../temporary-folder.ts';

const date = (day: number) => new Date(Date.UTC(2024, 0, day)).toUTCString();
/** An item of a page that lists what changed, under the address of that page. */
const change = (version: number, more = '') =>
  `<item><title>Version ${version}</title><link>https://o.example/changes</link><pubDate>${date(version)}</pubDate><description>Text ${version}</description>${more}</item>`;
const rss = (...items: readonly string[]) =>
  `<rss version="2.0"><channel><title>T</title><link>https://o.example/</link><description>d</description>${items.join('')}</channel></rss>`;
const atom = (...entries: readonly string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>T</title><updated>2024-01-01T00:00:00Z</updated>${entries.join('')}</feed>`;
const collect = (...texts: readonly string[]) =>
  collectItems(
    texts.map((text, index) => {
      const location = new URL(`https://o.example/${index}`);
      return { feed: readDocument(text, location, {}), shown: location.href, location };
    }),
    0,
  );
const titles = (...texts: readonly string[]) => collect(...texts).items.map(({ title }) => title);

describe('items that share a link', () => {
  it('are all kept, and the oldest has the link as its id', () => {
    const { items, notes } = collect(rss(change(3), change(2), change(1)));
    expect(items.map(({ title, id }) => [title, id])).toEqual([
      ['Version 3', expect.stringMatching(/^untold-/)],
      ['Version 2', expect.stringMatching(/^untold-/)],
      ['Version 1', 'https://o.example/changes'],
    ]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(3);
    expect(notes.map(({ item, message }) => [item, message.replace(/untold-.*/, '…')])).toEqual(
      ['Version 3', 'Version 2'].map((title) => [
        title,
        '"Version 1" has the same id, https://o.example/changes, so this id becomes …',
      ]),
    );
  });

  it('are kept across the documents of an archive', () => {
    expect(titles(rss(change(3)), rss(change(2), change(1)))).toEqual(['Version 3', 'Version 2', 'Version 1']);
  });

  it('are known again when the feed moves on', async () => {
    const dir = join(makeFolder(), 'seeds');
    const counts = async (...versions: readonly number[]) => {
      const source = join(makeFolder({ 'f.xml': rss(...versions.map((one) => change(one))) }), 'f.xml');
      const { written, known } = await importSource(source, dir, { now: 0 });
      return { written, known };
    };
    expect(await counts(2, 1)).toEqual({ written: 2, known: 0 });
    expect(await counts(2, 1)).toEqual({ written: 0, known: 2 });
    expect(await counts(3, 2, 1)).toEqual({ written: 1, known: 2 });
    expect(await counts(4, 3, 2)).toEqual({ written: 1, known: 2 });
    expect(await counts(9, 8, 7)).toEqual({ written: 3, known: 0 });
    const names = readdirSync(dir).filter((name) => name.endsWith('.md'));
    const ids = names.map((name) => /^id: (.*)$/m.exec(readFileSync(join(dir, name), 'utf8'))?.[1]);
    expect(new Set(ids).size).toBe(7);
  });
});

describe('items that share an id', () => {
  const guid = (id: string) => `<guid isPermaLink="false">${id}</guid>`;
  it('are all kept, even with the same title or link', () => {
    const same = `<title>News</title><link>https://o.example/1</link>${guid('1')}`;
    const items = [1, 2, 3].map((n) => `<item>${same}<description>Text ${n}</description></item>`);
    expect(collect(rss(...items)).items.map(({ content }) => content.text)).toEqual(
      [1, 2, 3].map((n) => `<p>Text ${n}</p>`),
    );
  });

  it('are one item if they are equal', () => {
    expect(titles(rss(change(1, guid('1')), change(1, guid('1')), change(1), change(1)))).toEqual([
      'Version 1',
      'Version 1',
    ]);
  });

  it('are versions of one item in different documents, and the newest is kept', () => {
    const older = change(1, guid('1')).replace('Text', 'Older text');
    const retitled = change(1, guid('1')).replace('<title>Version', '<title>Draft of version');
    expect(titles(rss(change(1, guid('1'))), rss(older), rss(retitled))).toEqual(['Version 1']);
  });

  it('never take an id that another item has', () => {
    const { items } = collect(
      rss(change(1, guid('x')), change(2, guid('x')).replace('/changes', '/b'), change(3, guid('https://o.example/b'))),
    );
    expect(items.map(({ id }) => id)).toEqual(['x', expect.stringMatching(/^untold-/), 'https://o.example/b']);
  });

  it('are versions of an Atom entry that was updated (RFC 4287 §4.1.1)', () => {
    const entry = (title: string, updated: string, text: string) =>
      `<entry><id>urn:e</id><title>${title}</title><link href="https://o.example/e"/><published>2024-01-01T00:00:00Z</published><updated>${updated}</updated><content>${text}</content></entry>`;
    const texts = (...entries: readonly string[]) => collect(atom(...entries)).items.map(({ content }) => content.text);
    const [old, young] = ['2024-01-02T00:00:00Z', '2024-01-03T00:00:00Z'];
    expect(texts(entry('A', old, 'one'), entry('A', young, 'two'))).toEqual(['two']);
    expect(texts(entry('B', young, 'one'), entry('A', old, 'one'))).toEqual(['one']);
    expect(texts(entry('A', old, 'one'), entry('B', young, 'two'))).toEqual(['one', 'two']);
  });
});
