import { readReferences } from '../../../article/body/references.ts';
import type { Edit } from '../../../article/edit.ts';
import { emptyEnd, isEmpty } from '../lint/link-lints.ts';
import type { Fix } from './fix.ts';
import { offsetsIn } from './rewrite.ts';

/** Takes away Markdown's marks of links that lead nowhere; feeds show their text alone anyway. */
export const fixEmptyLinks: Fix = {
  done: () => 'took away links that lead nowhere',
  isNeeded: ({ source }) => emptyLink.test(source.sourceText?.().body ?? ''),
  attempts: ({ text, parsed: { source } }) => {
    const written = source?.sourceText?.();
    if (source === undefined || written === undefined || !emptyLink.test(written.body)) return [];
    const offsetOf = offsetsIn(text);
    const links = readReferences(written.body, source.head.title).all.flatMap(({ address, text: span }) => {
      if (span === undefined || !isEmpty(address)) return [];
      const open = offsetOf(written.bodyPlace(span.start - 1));
      const close = offsetOf(written.bodyPlace(span.end));
      const [target = ''] = emptyEnd.exec(text.slice(close, close + 300)) ?? [];
      if (text[open] !== '[' || target === '') return [];
      return [[cut(open, open + 1), cut(close, close + target.length)]];
    });
    return links.length === 0 ? [] : [links.flat(), ...links.slice(0, mostAlone)];
  },
  isDone: () => true,
};

/** What may be the end of one; a text without it need not be read. */
const emptyLink = /\]\(\s*(?:(?:<?#>?|<>)\s*)?["')]/;
/** Links that are tried one by one where they can't go together. */
const mostAlone = 20;

function cut(start: number, end: number): Edit {
  return { start, end, text: '' };
}
