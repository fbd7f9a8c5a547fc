import type { YAMLError } from 'yaml';
import { oneLine } from '../../plain-text.ts';
import { quote } from '../../problem.ts';
import { duplicateKey, type KeyLine, lineAt, openingMark, unclosed, withQuotationMarks } from './key-line.ts';

/** A syntax error that makes front matter or the publication file unreadable, and its offset. */
export interface Fault {
  readonly message: string;
  readonly at: number;
}

/** Explains a syntax error in YAML and what to write instead; the library only names what it met. */
export function yamlFault(source: string, { code, message, pos: [at] }: YAMLError): Fault {
  const line = lineAt(source, at, ':');
  const here = (message: string): Fault => ({ message, at });
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      if (/:(?:\s|$)/.test(line.value))
        return here(`the value of ${quote(line.key)} has a colon in it; ${inQuotationMarks(line)}`);
      return {
        message:
          'this line is indented further than the key above it, which already has a value; align it with that key',
        at: nextLine(source, at),
      };
    case 'MULTILINE_IMPLICIT_KEY':
      return here(noKey(line));
    case 'MISSING_CHAR': {
      const mark = /closing (["'])/.exec(message)?.[1];
      return mark === undefined ? here(noKey(line)) : { message: unclosed(mark), at: openingMark(source, mark, at) };
    }
    case 'BAD_INDENT': {
      const mark = /end with a ([\]}])/.exec(message)?.[1] === ']' ? '[' : '{';
      return { message: unclosed(mark), at: openingMark(source, mark, at) };
    }
    case 'BAD_SCALAR_START':
    case 'BAD_ALIAS':
    case 'TAG_RESOLVE_FAILED':
      return notText(source, at);
    case 'UNEXPECTED_TOKEN':
      if (/^[*&!]/.test(line.value)) return notText(source, source.lastIndexOf(line.value, at));
      return here(unexpected(line, message));
    case 'TAB_AS_INDENT':
      return here('this line begins with a tab, which YAML does not allow; use spaces, or nothing');
    case 'BAD_DQ_ESCAPE':
      return here(
        'between double quotation marks a backslash begins an escape of YAML, and this is not one; write \\\\ instead, or put the value in single quotation marks',
      );
    case 'DUPLICATE_KEY':
      return here(duplicateKey(line));
    case 'MULTIPLE_DOCS':
      return here('a line of three hyphens ends the document here; delete the line');
    default:
      // The parser calls itself for each level.
      if (/call stack/.test(message))
        return here('the values are nested too deeply; write fewer brackets in each other');
      return here(`${oneLine(message)}; put values with special characters in quotation marks`);
  }
}

/** Explains that the first character of a value gives it a meaning other than text. */
export function notText(source: string, at: number): Fault {
  const put = inQuotationMarks(lineAt(source, at, ':'));
  return { message: `YAML does not read a value that begins with ${source[at] ?? ''} as text; ${put}`, at };
}

function unexpected(line: KeyLine, message: string): string {
  if (line.key !== '' && message.includes('block-seq-ind on same line'))
    return `a list begins below its key, with one hyphen a line, or is written in brackets: ${line.key}: [${line.value.replace(/^- /, '')}]`;
  if (line.key !== '' && /^["'[{|>]/.test(line.value))
    return `more text follows the value, which YAML does not allow; ${inQuotationMarks(line)}`;
  return `${quote(line.text)} does not continue the keys above; begin each key in the same column, and put values with special characters in quotation marks`;
}

function noKey({ text }: KeyLine): string {
  const [, key, value] = /^([\w-]+):(\S.*)$/.exec(text) ?? [];
  return key === undefined
    ? `${quote(text)} is not a key with a value; write a key, a colon, a space and the value, such as title: "Ferry back"`
    : `a space is missing after the colon; write ${key}: ${(value ?? '').length > 60 ? '…' : value}`;
}

function inQuotationMarks(line: KeyLine): string {
  return `put it in quotation marks: ${withQuotationMarks(line, ':')}`;
}

/** Returns the offset of the first character of the next line that is not blank. */
function nextLine(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  const found = end === -1 ? -1 : source.slice(end).search(/\S/);
  return found === -1 ? at : end + found;
}
