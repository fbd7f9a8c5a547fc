import { createRequire } from 'node:module';
import { join } from 'node:path';
import type sharp from 'sharp';

/** The library that reads and writes pictures. It is native and large, so only publications that use it install it. */
export type Sharp = typeof sharp;

let loaded: Sharp | undefined;

/** Loads sharp from beside this package or from the project around `dir`; `undefined` if it is in neither. */
export function loadSharp(dir: string): Sharp | undefined {
  loaded ??= requireFrom(import.meta.url) ?? requireFrom(join(dir, 'package.json'));
  return loaded;
}

/** Loads sharp; throws an error that says what to do if it is missing. */
export function requireSharp(dir: string, key: string): Sharp {
  const found = loadSharp(dir);
  if (found === undefined) throw new Error(missingSharp(key));
  return found;
}

/** Says what to do if sharp is missing. */
export function missingSharp(key: string): string {
  return `"${key}" in publication.yaml needs sharp, which is not installed: run "npm install sharp"`;
}

function requireFrom(place: string): Sharp | undefined {
  const load = createRequire(place);
  try {
    return load('sharp') as Sharp;
  } catch {
    return undefined;
  }
}
