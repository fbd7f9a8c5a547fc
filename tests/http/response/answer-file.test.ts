import { expect, it } from 'vitest';
import { readRange } from '../../../src/http/response/answer-file.ts';

it.each([
  [null, undefined],
  ['', undefined],
  ['bytes=0-', { start: 0, end: 9 }],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=2-5', { start: 2, end: 5 }],
  ['bytes=5-99', { start: 5, end: 9 }],
  ['bytes=9-9', { start: 9, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-99', { start: 0, end: 9 }],
  ['Bytes = 2-5', { start: 2, end: 5 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=10-12', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-2', undefined],
  ['bytes=-', undefined],
  ['bytes=a-b', undefined],
  ['bytes=1-2,4-5', undefined],
  ['items=0-1', undefined],
  [`bytes=${'9'.repeat(20)}-`, undefined],
])('Range %j of ten bytes', (header, range) => {
  expect(readRange(header, 10)).toEqual(range);
});

it.each(['bytes=0-', 'bytes=0-0', 'bytes=-5'])('Range %j of an empty file is unsatisfiable', (header) => {
  expect(readRange(header, 0)).toBe('unsatisfiable');
});
