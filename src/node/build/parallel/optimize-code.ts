import { setV8Flags } from '../../v8-flags.ts';

/** With more articles or documents than this, optimized code saves more time than it takes to make. */
const many = 30_000;

/**
 * Lets V8 use its optimizing compiler (TurboFan) only if there is much to do, because each thread compiles for itself.
 * That takes a tenth of the processor time of a build of 10,000 articles, and a fifth of one with an edited article.
 *
 * Only for processes that end with the build: V8 never optimizes a function that has run often while this was off.
 */
export function optimizeCodeFor(count: number): void {
  setV8Flags({ turbofan: count > many });
}
