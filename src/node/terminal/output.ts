import { Writable } from 'node:stream';
import { styleText } from 'node:util';

/** What the options that every command takes say about its output. */
interface OutputOptions {
  /** Whether progress, notes and summaries are left out. Problems, errors and asked-for lists stay. */
  readonly quiet?: boolean;
  /** Whether the result is written as JSON. */
  readonly json?: boolean;
}

let options: OutputOptions = {};

/** Sets the output options of this process. */
export function setOutput(chosen: OutputOptions): void {
  options = chosen;
}

/** Reports whether only problems and asked-for results are written. */
export function isQuiet(): boolean {
  return options.quiet === true;
}

/** Reports whether results are written as JSON, for programs. */
export function isJson(): boolean {
  return options.json === true;
}

/** Writes what a command did to standard output: a line for people, or `value` as JSON. */
export function writeSummary(line: string, value: unknown): void {
  if (isJson()) writeJson(value);
  else if (!isQuiet()) process.stdout.write(`${line}\n`);
}

/** Writes what a command found or made to standard output: lines for people, or `value` as JSON. */
export function writeResult(lines: string, value: unknown): void {
  if (isJson()) writeJson(value);
  else process.stdout.write(lines);
}

/** Returns the stream for summaries: `stream` itself, or one that drops them. */
export function summaryStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (!isQuiet()) return stream;
  return new Writable({ write: (_text, _encoding, done) => done() }) as NodeJS.WriteStream;
}

/** Writes what failed to standard error, below the name of the program. */
export function writeFailure(line: string): void {
  const { stderr } = process;
  // One format at a time: with a list of formats, Node.js 22.13 ignores `stream`.
  const name = styleText('bold', styleText('red', 'dateline:', { stream: stderr }), { stream: stderr });
  stderr.write(`${name} ${line}\n`);
}

/** Writes a note, which asks for nothing, to standard error. */
export function writeNote(line: string): void {
  if (!isQuiet()) process.stderr.write(`${line}\n`);
}

function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
