import { fileURLToPath } from 'node:url';

/**
 * The root of this package: a checkout, or a folder in `node_modules`. The bundled command in `dist/command` is as deep
 * as this file, so the same relative path works for both.
 */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
