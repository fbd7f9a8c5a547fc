import { describe, expect, it } from 'vitest';
import { ObjectCache } from '../../src/store/object-cache.ts';

describe('the cache of objects', () => {
  it('keeps the most recently used objects within its limit', () => {
    const cache = new ObjectCache(100);
    cache.set('a', 'A', 40);
    cache.set('b', 'B', 40);
    expect(cache.get('a')).toBe('A');
    cache.set('c', 'C', 40);
    expect(['a', 'b', 'c'].map((ref) => cache.get(ref))).toEqual(['A', undefined, 'C']);
  });

  it('rejects an object that is larger than its limit', () => {
    const cache = new ObjectCache(100);
    cache.set('a', 'A', 100);
    cache.set('b', 'B', 101);
    expect(['a', 'b'].map((ref) => cache.get(ref))).toEqual(['A', undefined]);
  });

  it('counts an object once, however often it is set', () => {
    const cache = new ObjectCache(100);
    for (let i = 0; i < 50; i++) cache.set('a', i, 60);
    cache.set('b', 'B', 40);
    expect(['a', 'b'].map((ref) => cache.get(ref))).toEqual([49, 'B']);
  });
});
