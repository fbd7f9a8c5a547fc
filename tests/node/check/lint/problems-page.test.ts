import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Problem, type ProblemCode, problemCodes } from '../../../../src/article/problem.ts';
import { codeSection } from '../../../../src/node/check/check-command.ts';
import { checkout, dateline } from '../../command.ts';
import { type Files, makeFolder } from '../../temporary-folder.ts';

const page = readFileSync(join(checkout, 'docs/problems.md'), 'utf8');
const codes = Object.keys(problemCodes) as ProblemCode[];
const block = /^```(\w+)(?: (\S+)(?: (in Latin-1)| repeated (\d+))?)?\n([\s\S]*?)\n```$/gm;

/** The example of a section: its files, and other arguments of `check`. */
function exampleIn(section: string): { files: Files; args: readonly string[] } {
  const files: Record<string, string | Uint8Array> = {
    'publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n',
  };
  let args: string[] = [];
  for (const [, language, name, latin, times, text = ''] of section.matchAll(block)) {
    const last = text.split('\n').at(-1) ?? '';
    const whole = `${text}\n${`${last}\n`.repeat(Number(times ?? 1) - 1)}`;
    if (name !== undefined) files[name] = latin === undefined ? whole : Buffer.from(whole, 'latin1');
    else if (language === 'console') args = text.replace('$ dateline check ', '').split(' ');
  }
  return { files, args };
}

describe('docs/problems.md', () => {
  it('has a section for each code, in alphabetical order', () => {
    const written = [...page.matchAll(/^## `(.+)`$/gm)].map(([, code]) => code);
    expect(written).toEqual(codes.toSorted());
  });

  it('lists each code at the top', () => {
    const listed = [...page.matchAll(/\[`([a-z0-9-]+)`\]\(#\1\)/g)].map(([, code]) => code);
    expect(listed.toSorted()).toEqual(codes.toSorted());
  });

  it.each(codes)('says what %s means, why it matters and what to do', (code) => {
    const section = codeSection(page, code);
    expect(section).toMatch(/^\n## `.+`\n\n(?:Error|Warning)[^.]*\. \S/);
    expect(section).toMatch(/\n\*\*Why\*\*: \S/);
    expect(section).toMatch(/\n\*\*What to do\*\*: \S/);
  });

  it.each(codes)('has an example of %s in which check finds only that problem', async (code) => {
    const { files, args } = exampleIn(codeSection(page, code));
    const dir = makeFolder(files);
    const own = args.map((arg) => (arg.startsWith('-') ? arg : join(dir, arg)));
    const { stdout } = await dateline(['check', dir, '--format', 'json', ...own]);
    const problems: readonly Problem[] = JSON.parse(stdout);
    const found = problems.filter(({ code: one }) => one === code || one !== 'unfixed-id');
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set([code]));
    expect(codeSection(page, code)).toMatch(new RegExp(`\\n\\n[^.]*\\b${found[0]?.severity}\\b`, 'i'));
  });
});

describe('dateline check --explain', () => {
  it('prints the section of a code', async () => {
    const { code, stdout } = await dateline(['check', '--explain', 'empty-link']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^empty-link\n\n/);
    expect(stdout).toContain('\nWhat to do: ');
    expect(codeSection(page, 'empty-link')).toContain('**What to do**: ');
  });

  it('refuses unknown codes', async () => {
    const { code, stdout, stderr } = await dateline(['check', '--explain', 'toString']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('It must be a code that check shows');
  });
});
