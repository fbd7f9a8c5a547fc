import type { SeenChange } from './folder/seen-changes.ts';

/** Adds a change to those before it, by path, so that each file has one: what was added and then renamed was added. */
export function joinChange(changes: Map<string, SeenChange>, change: SeenChange): void {
  const place = change.from ?? change.path;
  const earlier = changes.get(place);
  const joined = earlier === undefined ? change : both(earlier, change);
  changes.delete(place);
  if (joined !== undefined) changes.set(joined.path, joined);
}

function both(earlier: SeenChange, later: SeenChange): SeenChange | undefined {
  const { path, kind } = later;
  const { from, formerId = earlier.kind === 'added' ? undefined : later.formerId } = earlier;
  const known = formerId === undefined ? {} : { formerId };
  if (kind === 'changed') return earlier.kind === 'deleted' ? { path, kind, ...known } : earlier;
  if (kind === 'added') return { path, kind: earlier.kind === 'deleted' ? 'changed' : kind, ...known };
  if (earlier.kind === 'added') return kind === 'deleted' ? undefined : { path, kind: 'added' };
  if (kind === 'deleted') return { path: from ?? path, kind, ...known };
  const first = from ?? later.from;
  if (first === undefined || first === path) return { path, kind: 'changed', ...known };
  return { path, kind: 'renamed', from: first, ...known };
}
