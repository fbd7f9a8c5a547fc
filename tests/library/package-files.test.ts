import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../node/command.ts';

/** The files of `public` that are text. Without the pictures, a browser shows the icon of the site around the app. */
const names = ['copy.js', 'feed.css', 'icon.svg', 'style.css'];

// After you change one of the files: npm test -- tests/library/package-files.test.ts -u
it('The files in the library are those in public', async () => {
  const texts = names.map((name) => [name, readFileSync(join(checkout, 'public', name), 'utf8')] as const);
  const lines = texts.map(([name, text]) => `  '${name}': ${JSON.stringify(text)},`);
  await expect(`/** Copies of the files in \`public\`, which tests/library/package-files.test.ts writes. */
export const packageFileTexts: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`).toMatchFileSnapshot(join(checkout, 'src/library/package-file-texts.ts'));
});
