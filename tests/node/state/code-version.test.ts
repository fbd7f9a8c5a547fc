import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { builtCommand } from '../../built-command.ts';

it('is written beside the built command, from all of its code, as the version of the state', () => {
  const folder = dirname(builtCommand);
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort())
    if (name.endsWith('.cjs')) hash.update(name).update(readFileSync(join(folder, name)));
  expect(readFileSync(join(folder, 'version.txt'), 'utf8')).toBe(hash.digest('base64url'));
});
