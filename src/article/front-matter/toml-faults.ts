import type { ParseError } from 'toml-eslint-parser';
import { oneLine } from '../plain-text.ts';
import { quote } from '../problem.ts';
import { duplicateKey, type KeyLine, lineAt, openingMark, unclosed, withQuotationMarks } from './key-line.ts';
import type { Fault } from './yaml-faults.ts';

/** Explains a syntax error in TOML and what to write instead; the parser only names what it met. */
export function tomlFault(source: string, { message, index }: ParseError): Fault {
  // What is missing at the end of a line is reported on the next line.
  const at = /^\s*$/m.test(source.slice(index, index + 1)) ? source.slice(0, index).trimEnd().length : index;
  const line = lineAt(source, at, '=');
  const here = (message: string): Fault => ({ message, at });
  const opened = (mark: string): Fault => ({ message: unclosed(mark), at: openingMark(source, mark, at) });
  if (message === 'Unterminated string constant') return opened(/^'/.test(line.value) ? "'" : '"');
  if (message === 'Unterminated array') return opened('[');
  if (message === 'Unterminated inline table') return opened('{');
  if (message === 'Defining a key multiple times is invalid') return here(duplicateKey(line));
  if (message === 'Unspecified values are invalid')
    return here(`${quote(line.key)} has no value; write one, or delete the key`);
  if (message === 'Unexpected invalid date')
    return here(`there is no such date as ${quote(line.value)}; correct it`);
  if (message === 'Invalid character in escape sequence')
    return here(
      'between double quotation marks a backslash begins an escape of TOML, and this is not one; write \\\\ instead, or put the value in single quotation marks',
    );
  return here(line.key === '' ? noKey(line) : noValue(line, message));
}

function noKey({ text }: KeyLine): string {
  const [, key = 'title', value = '"Ferry back"'] = /^([\w-]+)\s*:\s*(.+)$/.exec(text) ?? [];
  const written = value.length > 60 ? '"…"' : value;
  return `${quote(text)} is not a key with a value; TOML puts "=" between the two, and text in quotation marks: ${key} = ${/^["'[{\d]/.test(written) ? written : `"${written}"`}`;
}

function noValue(line: KeyLine, message: string): string {
  if (/^(?:true|false)$/i.test(line.value)) return `write ${line.value.toLowerCase()} in lower case`;
  if (/^[[{]/.test(line.value))
    return `${oneLine(message)}; in lists put text in quotation marks and commas between`;
  return `${quote(line.value)} is not a TOML value; if it is text, put it in quotation marks: ${withQuotationMarks(line, '=')}`;
}
