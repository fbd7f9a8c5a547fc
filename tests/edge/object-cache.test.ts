import { describe, expect, it } from 'vitest';
import { ObjectCache } from '../../src/edge/object-cache.ts';

describe('the cache of objects', () => {
  it('keeps within its bytes what was asked for last', () => {
    const cache = new ObjectCache(100);
    cache.set('a', 'A', 40);
    cache.set('b', 'B', 40);
    expect(cache.get('a')).toBe('A');
    cache.set('c', 'C', 40);
    expect(['a', 'b', 'c'].map((ref) => cache.get(ref))).toEqual(['A', undefined, 'C']);
  });

  it('takes nothing that is larger than all of it', () => {
    const cache = new ObjectCache(100);
    cache.set('a', 'A', 100);
    cache.set('b', 'B', 101);
    expect(['a', 'b'].map((ref) => cache.get(ref))).toEqual(['A', undefined]);
  });

  it('counts an object once, however often it is kept', () => {
    const cache = new ObjectCache(100);
    for (let i = 0; i < 50; i++) cache.set('a', i, 60);
    cache.set('b', 'B', 40);
    expect(['a', 'b'].map((ref) => cache.get(ref))).toEqual([49, 'B']);
  });
});
