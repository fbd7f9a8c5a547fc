import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/node/disk/decode-text.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const text = 'Grüße\n☃ 𝒳\n';
const littleEndian = Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('a file is read', () => {
  it.each([
    ['UTF-8', bytes(text)],
    ['UTF-8 with a byte order mark', bytes('\uFEFF', text)],
    ['UTF-16LE with a byte order mark', littleEndian],
    ['UTF-16BE with a byte order mark', Buffer.from(littleEndian).swap16()],
  ])('as %s', (_, file) => {
    expect(decodeText(file)).toBe(text);
  });

  it.each([
    ['nothing', [], ''],
    ['a byte order mark alone', [0xef, 0xbb, 0xbf], ''],
    ['one byte', [0x41], 'A'],
    ['a written U+FFFD', [0xef, 0xbf, 0xbd], '\uFFFD'],
  ])('if it holds %s', (_, file, text) => {
    expect(decodeText(Uint8Array.from(file))).toBe(text);
  });

  it.each([
    ['UTF-16 without a byte order mark', Buffer.from('# A\n\nB', 'utf16le')],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])],
    ['a NUL', Buffer.from('ab\0')],
  ])('unless it is %s, which would be garbled', (_, bytes) => {
    expect(decodeText(bytes)).toMatchObject({
      line: 1,
      message: 'has a NUL character, as UTF-16 without a byte order mark and UTF-32 do; save the file as UTF-8',
    });
  });

  it('as the text that was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = text.replaceAll('\0', '').replace(/^\uFEFF+/, '');
        expect(decodeText(Buffer.from(plain, 'utf8'))).toBe(plain);
        expect(decodeText(Buffer.from(`\uFEFF${plain}`, 'utf16le'))).toBe(plain);
      }),
    );
  });
});

describe('the first invalid byte is found', () => {
  it.each<[string, Uint8Array, number, number]>([
    ['at the start', bytes([0xff]), 1, 1],
    ['in Latin-1', bytes('caf', [0xe9], ' au lait'), 1, 4],
    ['at the end', bytes('caf', [0xe9]), 1, 4],
    ['on a later line', bytes('# Title\n\nGr', [0xfc], [0xdf], 'e\n'), 3, 3],
    ['after CRLF', bytes('a\r\nb\r\nc', [0x80]), 3, 2],
    ['after CR', bytes('a\rb\rc', [0x80]), 3, 2],
    ['right after a line end', bytes('a\n', [0x80]), 2, 1],
    ['after characters of several bytes', bytes('ü☃', [0xc0]), 1, 3],
    ['after a character of two code units', bytes('𝒳', [0xc0]), 1, 3],
    ['after a byte order mark', bytes('\uFEFFab', [0xc0]), 1, 3],
    ['after a written U+FFFD', bytes('a\uFFFDb', [0xc0]), 1, 4],
    ['in a character that begins as U+FFFD does', bytes('ab', [0xef, 0xbf], 'c'), 1, 3],
    ['in a character that is cut off', bytes('ab', [0xef, 0xbf]), 1, 3],
    ['in a surrogate', bytes('a', [0xed, 0xa0, 0x80]), 1, 2],
    ['in an overlong encoding', bytes('a', [0xc0, 0xaf]), 1, 2],
  ])('%s', (_, file, line, column) => {
    expect(decodeText(file)).toEqual({
      line,
      column,
      message: 'these bytes are not UTF-8; save the file as UTF-8',
    });
  });

  it.each([
    ['UTF-16LE', Uint8Array.of(0xff, 0xfe, 0x41)],
    ['UTF-16LE', Uint8Array.of(0xff, 0xfe, 0x00, 0xd8)],
    ['UTF-16BE', Uint8Array.of(0xfe, 0xff, 0x00)],
  ])('in %s', (encoding, file) => {
    expect(decodeText(file)).toEqual({
      line: 1,
      column: 1,
      message: `is not ${encoding} though its byte order mark says so; save the file as UTF-8`,
    });
  });

  it('after any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(0x80, 0xc0, 0xff), (before, bad) => {
        fc.pre(!before.startsWith('\uFEFF'));
        const lines = before.split(/\r\n?|\n/);
        expect(decodeText(bytes(before, [bad], 'x'))).toMatchObject({
          line: lines.length,
          column: (lines.at(-1) ?? '').length + 1,
        });
      }),
    );
  });
});
