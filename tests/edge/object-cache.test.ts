import { describe, expect, it } from 'vitest';
import { ObjectCache } from '../../src/edge/object-cache.ts';

describe('the memory of objects', () => {
  it('keeps within its bytes what was asked for last', () => {
    const memory = new ObjectCache(100);
    memory.keep('a', 'A', 40);
    memory.keep('b', 'B', 40);
    expect(memory.get('a')).toBe('A');
    memory.keep('c', 'C', 40);
    expect(['a', 'b', 'c'].map((ref) => memory.get(ref))).toEqual(['A', undefined, 'C']);
  });

  it('takes nothing that is larger than all of it', () => {
    const memory = new ObjectCache(100);
    memory.keep('a', 'A', 100);
    memory.keep('b', 'B', 101);
    expect(['a', 'b'].map((ref) => memory.get(ref))).toEqual(['A', undefined]);
  });

  it('counts an object once, however often it is kept', () => {
    const memory = new ObjectCache(100);
    for (let i = 0; i < 50; i++) memory.keep('a', i, 60);
    memory.keep('b', 'B', 40);
    expect(['a', 'b'].map((ref) => memory.get(ref))).toEqual([49, 'B']);
  });
});
