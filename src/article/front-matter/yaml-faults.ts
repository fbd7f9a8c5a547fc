import type { YAMLError } from 'yaml';
import { oneLine } from '../plain-text.ts';
import { quote } from '../problem.ts';
import {
  lineAt,
  onceMore,
  openedAt,
  unclosed,
  type WrittenLine,
  withQuotationMarks,
} from './line-of-text.ts';

/** What is wrong with front matter or the publication file as a whole, and where. */
export interface Fault {
  readonly message: string;
  readonly at: number;
}

/** Says what is wrong with YAML, and what to write, where the library says what it met. */
export function yamlFault(source: string, { code, message, pos: [at] }: YAMLError): Fault {
  const line = lineAt(source, at, ':');
  const here = (message: string): Fault => ({ message, at });
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      if (/:(?:\s|$)/.test(line.value))
        return here(`the value of ${quote(line.key)} has a colon in it; ${inQuotationMarks(line)}`);
      return {
        message:
          'this line begins further right than the key above it, which has a value already; begin it below the key',
        at: nextLine(source, at),
      };
    case 'MULTILINE_IMPLICIT_KEY':
      return here(noKey(line));
    case 'MISSING_CHAR': {
      const mark = /closing (["'])/.exec(message)?.[1];
      return mark === undefined
        ? here(noKey(line))
        : { message: unclosed(mark), at: openedAt(source, mark, at) };
    }
    case 'BAD_INDENT': {
      const mark = /end with a ([\]}])/.exec(message)?.[1] === ']' ? '[' : '{';
      return { message: unclosed(mark), at: openedAt(source, mark, at) };
    }
    case 'BAD_SCALAR_START':
    case 'BAD_ALIAS':
    case 'TAG_RESOLVE_FAILED':
      return noText(source, at);
    case 'UNEXPECTED_TOKEN':
      if (/^[*&!]/.test(line.value)) return noText(source, source.lastIndexOf(line.value, at));
      return here(unexpected(line, message));
    case 'TAB_AS_INDENT':
      return here(
        'this line begins with a tab, which YAML does not take; write spaces in its place, or nothing',
      );
    case 'BAD_DQ_ESCAPE':
      return here(
        'a backslash between double quotation marks begins a sign of YAML, and this is none; write \\\\ in its place, or put the value in single quotation marks',
      );
    case 'DUPLICATE_KEY':
      return here(onceMore(line));
    case 'MULTIPLE_DOCS':
      return here('a line of three hyphens ends what is read; take it away');
    default:
      return here(`${oneLine(message)}; put values that have signs of YAML in quotation marks`);
  }
}

/** Says that the sign with which a value begins at an offset makes something else than text of it. */
export function noText(source: string, at: number): Fault {
  const put = inQuotationMarks(lineAt(source, at, ':'));
  return { message: `a value that begins with ${source[at] ?? ''} is no text in YAML; ${put}`, at };
}

function unexpected(line: WrittenLine, message: string): string {
  if (line.key !== '' && message.includes('block-seq-ind on same line'))
    return `a list begins below its key, with a hyphen a line, or stands in brackets: ${line.key}: [${line.value.replace(/^- /, '')}]`;
  if (line.key !== '' && /^["'[{|>]/.test(line.value))
    return `behind the value stands more, which YAML does not take for text; ${inQuotationMarks(line)}`;
  return `${quote(line.text)} is not the next key of what stands above; begin each key in the same column, and put a value with signs of YAML in quotation marks`;
}

function noKey({ text }: WrittenLine): string {
  const [, key, value] = /^([\w-]+):(\S.*)$/.exec(text) ?? [];
  return key === undefined
    ? `${quote(text)} is no key with a value; write a key, a colon, a space and the value, such as title: "Ferry back"`
    : `a space is missing behind the colon; write ${key}: ${(value ?? '').length > 60 ? '…' : value}`;
}

function inQuotationMarks(line: WrittenLine): string {
  return `put it in quotation marks: ${withQuotationMarks(line, ':')}`;
}

/** The first sign of the next line that says anything. */
function nextLine(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  const found = end === -1 ? -1 : source.slice(end).search(/\S/);
  return found === -1 ? at : end + found;
}
