import { readReferences } from '../../../article/body/references.ts';
import type { Edit } from '../../../article/edit.ts';
import { emptyEnd, isEmpty } from '../lint/reference-lints.ts';
import type { Fix } from './fix.ts';
import { offsetsIn } from './rewrite.ts';

/** Removes the Markdown syntax of links without a target. Feeds show only their text anyway. */
export const fixEmptyLinks: Fix = {
  done: () => 'removed empty links',
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
    return links.length === 0 ? [] : [links.flat(), ...links.slice(0, maxSingle)];
  },
  isDone: () => true,
};

/** The possible end of an empty link. A text without it need not be parsed. */
const emptyLink = /\]\(\s*(?:(?:<?#>?|<>)\s*)?["')]/;
/** How many links are tried one by one if they cannot be removed together. */
const maxSingle = 20;

function cut(start: number, end: number): Edit {
  return { start, end, text: '' };
}
