import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FileState, isSameState } from '../../../../src/node/disk/file-state.ts';
import { FileStates } from '../../../../src/node/folder/changes/file-states.ts';

const state: fc.Arbitrary<FileState> = fc.record({
  kind: fc.constantFrom('file', 'broken link', 'other', 'inaccessible'),
  mtimeMs: fc.double({ noNaN: true }),
  ctimeMs: fc.double({ noNaN: true }),
  size: fc.nat(Number.MAX_SAFE_INTEGER),
  ino: fc.oneof(fc.nat(5), fc.nat(Number.MAX_SAFE_INTEGER)),
  dev: fc.nat(),
});
const step = fc.record({ path: fc.integer({ min: 0, max: 40 }).map(String), file: fc.option(state) });

it('gives back each state as a map does', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const [states, map] = [new FileStates(), new Map<string, FileState>()];
      for (const { path, file } of steps) {
        if (file === null) states.delete(path);
        else states.set(path, file);
        if (file === null) map.delete(path);
        else map.set(path, file);
      }
      expect([...states.paths()]).toEqual([...map.keys()]);
      const inodes = [...map.values()].map(({ ino }) => ino);
      for (const { path } of steps) {
        expect(states.get(path)).toEqual(map.get(path));
        expect(states.kindOf(path)).toBe(map.get(path)?.kind);
        expect(states.isShared(path)).toBe(inodes.filter((inode) => inode === map.get(path)?.ino).length > 1);
      }
      for (const [path, file] of map) {
        expect(states.isSame(path, file)).toBe(true);
        for (const other of map.values()) expect(states.isSame(path, other)).toBe(isSameState(file, other));
      }
    }),
  );
});
