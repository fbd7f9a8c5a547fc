import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readHistory } from '../../../src/node/check/read-history.ts';
import { decodeDocument } from '../../../src/node/published/decode-document.ts';
import { historyLimits } from '../../../src/node/published/published-history.ts';
import { dateline } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';

const text = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>\n<a>“é” – €…</a>`;
/** The Windows-1252 bytes of signs that Latin-1 lacks. */
const bytesOf: Readonly<Record<string, number>> = { '“': 0x93, '”': 0x94, '–': 0x96, '€': 0x80, '…': 0x85 };
const windows1252 = (encoding: string) =>
  Uint8Array.from([...text(encoding)], (sign) => bytesOf[sign] ?? sign.charCodeAt(0));
const utf16 = (label: string) => Buffer.from(text(label), 'utf16le');

afterEach(() => vi.unstubAllGlobals());

/** Node.js 22.13 decodes Windows-1252 as Latin-1. */
class OldDecoder extends TextDecoder {
  override decode(bytes: Uint8Array): string {
    return this.encoding === 'windows-1252' ? Buffer.from(bytes).toString('latin1') : super.decode(bytes);
  }
}

describe('a document is decoded', () => {
  it.each(['windows-1252', 'iso-8859-1', 'us-ascii', 'Latin1'])(
    'as Windows-1252 if it states %s, on every runtime (WHATWG Encoding §9)',
    (label) => {
      vi.stubGlobal('TextDecoder', OldDecoder);
      expect(decodeDocument(windows1252(label), undefined)).toEqual({ text: text(label) });
      expect(decodeDocument(windows1252('utf-8'), label)).toEqual({ text: text('utf-8') });
    },
  );

  it('with all signs of Windows-1252, as newer runtimes decode them', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const native = new TextDecoder('windows-1252').decode(all);
    vi.stubGlobal('TextDecoder', OldDecoder);
    if (native.includes('€')) expect(decodeDocument(all, 'windows-1252').text).toBe(native);
  });

  it.each([
    ['UTF-16 without a byte order mark', utf16('utf-16'), 'utf-16'],
    ['big-endian UTF-16 without a byte order mark', utf16('utf-16').swap16(), 'utf-16'],
    ['UTF-16 that states UTF-8', utf16('utf-8'), 'utf-8'],
    ['UTF-8 that states UTF-16', Buffer.from(text('utf-16')), 'utf-16'],
  ])('by its bytes: %s', (_, bytes, label) => {
    expect(decodeDocument(bytes, undefined)).toEqual({ text: text(label) });
  });

  it('as Windows-1252 with a warning if it is clearly not UTF-8', () => {
    expect(decodeDocument(windows1252('utf-8'), undefined)).toEqual({
      text: text('utf-8'),
      warning: {
        line: 2,
        column: 4,
        message: expect.stringContaining('the whole document is read as Windows-1252'),
      },
    });
  });

  it.each([
    ['UTF-8 with a letter of another encoding', Buffer.from([...Buffer.from('aäöü\n'), 0x62, 0xfc]), undefined],
    ['neither UTF-8 nor Windows-1252', Buffer.from([0x61, 0x0a, 0x62, 0x81, 0xff]), undefined],
    ['not Shift JIS', Buffer.from([0x61, 0x0a, 0x62, 0x81, 0x20]), 'shift_jis'],
  ])('with U+FFFD and a warning if it is %s', (_, bytes, charset) => {
    const { text, warning } = decodeDocument(bytes, charset);
    expect(text).toMatch(/\nb\uFFFD/);
    expect(warning).toEqual({ line: 2, column: 2, message: expect.stringContaining('save it as UTF-8') });
  });

  it.each([
    ...['latin1', 'us-ascii', 'windows-1252', 'iso-8859-2', 'iso-8859-15', 'windows-1251', 'koi8-r'],
    ...['macintosh', 'gb2312', 'GBK', 'big5', 'shift_jis', 'euc-kr', 'windows-874'],
  ])('as UTF-8 with a warning if it is valid UTF-8 but states %s', (label) => {
    const said = text(label).replace('é', 'Привет, мир');
    expect(decodeDocument(Buffer.from(said), undefined)).toEqual({
      text: said,
      warning: {
        line: 2,
        column: 4,
        message: expect.stringMatching(`^the stated encoding is ${label}, but the bytes are valid UTF-8`),
      },
    });
    expect(decodeDocument(Buffer.from('<a>plain</a>'), label)).toEqual({ text: '<a>plain</a>' });
  });

  it.each([
    ['gb2312', [0xcd, 0xa8, 0xc4, 0xaa], '通莫'],
    ['windows-874', [0xe0, 0xb7, 0xbb], 'เทป'],
    ['koi8-r', [0xf0, 0xd2, 0xc9], 'При'],
    ['windows-1251', [0xcf, 0xf0, 0xe8], 'При'],
  ])('as stated if its letters may be UTF-8 only by accident: %s', (label, bytes, text) => {
    expect(decodeDocument(Uint8Array.from(bytes), label)).toEqual({ text });
  });

  it('without a warning if it contains U+FFFD', () => {
    expect(decodeDocument(Buffer.from('\uFFFD'), undefined)).toEqual({ text: '\uFFFD' });
  });
});

const feed = Buffer.from(
  '<rss version="2.0"><channel><title>T</title><item><title>Caf\xe9</title><guid>urn:x:1</guid><pubDate>Wed, 01 Jan 2025 00:00:00 GMT</pubDate><description>x</description></item></channel></rss>',
  'latin1',
);

describe('a feed that is not in its stated encoding', () => {
  const source = join(makeFolder({ 'f.xml': feed }), 'f.xml');
  it('is imported with a warning', async () => {
    const { code, stdout, stderr } = await dateline(['import', source, join(makeFolder(), 'seeds')]);
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 new, 0 already here, 0 errors, 1 warning'),
    });
    expect(stderr).toContain(`${source}:1:61: warning: these bytes are not UTF-8`);
  });

  it('is compared with a warning', async () => {
    const { stdout } = await dateline([
      'check',
      makeFolder({ 'a.md': '# Café\n\n2025-01-01\n\nx\n\nId: <urn:x:1>\n' }),
      '--against',
      source,
    ]);
    expect(stdout).toMatch(/f\.xml:1:61: warning: these bytes are not UTF-8.* \(not-utf8\)\n/);
  });
});

describe('a feed in a gzip file', () => {
  const packed = gzipSync(
    `<rss version="2.0"><channel>${' '.repeat(5000)}<item><guid>urn:1</guid></item></channel></rss>`,
  );
  const read = async (bytes: Uint8Array, size: number) => {
    const { feeds, problems } = await readHistory(join(makeFolder({ 'f.xml.gz': bytes }), 'f.xml.gz'), {
      ...historyLimits,
      size,
    });
    return [...feeds.map(({ feed }) => feed.items[0]?.id), ...problems.map(({ message }) => message)];
  };
  it('is decompressed', async () => expect(await read(packed, 6000)).toEqual(['urn:1']));
  it('is refused if it is too long', async () =>
    expect(await read(packed, 4000)).toEqual(['cannot be read: it is longer than 0.004 MB']));
  it('is refused if it is broken', async () =>
    expect(await read(packed.subarray(0, 30), 6000)).toEqual(['cannot be read: is a broken gzip file']));
});
