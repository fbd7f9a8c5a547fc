import type { Span } from '../place.ts';
import type { Call } from './call.ts';
import { indentBefore } from './code.ts';
import { escapeLabel } from './degrade.ts';
import type { Replacement, Source } from './source.ts';

/** Converts code between two tags to fenced code. */
export function fenced(
  source: Source,
  at: number,
  end: number,
  last: Span | undefined,
  { language, title = '' }: CodeHead,
): Replacement | undefined {
  if (last === undefined) return undefined;
  const code = source.text.slice(end, last.start);
  let longestRun = 2;
  for (const [run] of code.matchAll(/`{3,}/g)) longestRun = Math.max(longestRun, run.length);
  const fence = '`'.repeat(longestRun + 1);
  const indent = indentBefore(source.text, at);
  const opens = indent === undefined ? '\n\n' : '';
  const above = title === '' ? '' : `${title}\n\n${indent ?? ''}`;
  const inside = `${code.startsWith('\n') ? '' : '\n'}${code.replace(/\n[ \t]*$/, '')}\n`;
  const after = /^[ \t]*(?:\n|$)/.test(source.text.slice(last.end, last.end + 100)) ? '' : '\n';
  return { end: last.end, text: `${opens}${above}${fence}${language}${inside}${indent ?? ''}${fence}${after}` };
}

/** What stands above code, in Markdown, and the language of the code; empty if it is unknown. */
interface CodeHead {
  readonly language: string;
  readonly title?: string;
}

/** Reads the arguments of a tag of code. Those of Hexo's `codeblock` are a title, an address and its text. */
export function codeHead({ name, positional, named }: Call): CodeHead {
  const stated = named.get('lang') ?? named.get('language') ?? '';
  const [first = stated] = positional;
  if (name !== 'codeblock' || (positional.length < 2 && /^(?:[\w+#-]+)?$/.test(first)))
    return { language: /^[\w+#.-]+$/.test(first) ? first : '' };
  const language = positional.find((part) => part.startsWith('lang:'))?.slice('lang:'.length) ?? stated;
  const words = positional.filter((part) => !/^[a-z_]+:(?!\/\/)/.test(part));
  const at = words.findIndex((part) => /^https?:\/\//.test(part));
  const [before, url, after] = at === -1 ? [words] : [words.slice(0, at), words[at], words.slice(at + 1)];
  const link = url === undefined ? [] : [`[${escapeLabel(after?.join(' ') || url)}](<${url}>)`];
  return { language, title: [escapeLabel(before.join(' ')), ...link].join(' ').trim() };
}
