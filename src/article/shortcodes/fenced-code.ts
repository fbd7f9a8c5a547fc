import type { Span } from '../place.ts';
import type { Call } from './call.ts';
import { indentBefore } from './code.ts';
import type { Replacement, Source } from './source.ts';

/** Converts code between two tags to fenced code. */
export function fenced(
  source: Source,
  at: number,
  end: number,
  last: Span | undefined,
  language: string,
): Replacement | undefined {
  if (last === undefined) return undefined;
  const code = source.text.slice(end, last.start);
  let longestRun = 2;
  for (const [run] of code.matchAll(/`{3,}/g)) longestRun = Math.max(longestRun, run.length);
  const fence = '`'.repeat(longestRun + 1);
  const indent = indentBefore(source.text, at);
  const opens = indent === undefined ? '\n\n' : '';
  const inside = `${code.startsWith('\n') ? '' : '\n'}${code.replace(/\n[ \t]*$/, '')}\n`;
  const after = /^[ \t]*(?:\n|$)/.test(source.text.slice(last.end, last.end + 100)) ? '' : '\n';
  return { end: last.end, text: `${opens}${fence}${language}${inside}${indent ?? ''}${fence}${after}` };
}

/** Returns the language that a shortcode of code names. */
export function languageOf({ positional, named }: Call): string {
  const [language = named.get('lang') ?? named.get('language') ?? ''] = positional;
  return /^[\w+#.-]+$/.test(language) ? language : '';
}
