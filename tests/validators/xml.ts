/** What tests use to check and to read XML. */
export { lintAtom } from './atom.ts';
export { type Node, parseXml } from './tree.ts';
export { assertWellFormed } from './well-formed.ts';
