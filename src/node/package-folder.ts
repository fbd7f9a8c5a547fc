import { fileURLToPath } from 'node:url';

/**
 * The root of this package: a checkout, or a folder in somebody's `node_modules`. The bundled command in `dist/command`
 * lies as deep as this file, so one relative path serves both.
 */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
