import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A message of the W3C feed validator. */
export interface Finding {
  readonly level: 'error' | 'warning' | 'info';
  /** The validator's own name for it, such as `SelfDoesntMatchLocation`. */
  readonly type: string;
  /** Counted from 1; 0 for the whole document. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Whether the environment variable FEEDVALIDATOR names a checkout of w3c/feedvalidator. */
export const feedValidatorHere: boolean = Boolean(process.env.FEEDVALIDATOR);

/** Runs the W3C validator on a feed as if served from that URL with that media type, without network access. */
export async function validateFeed(
  text: string,
  served: { readonly url: string; readonly contentType: string },
): Promise<Finding[]> {
  const answer = await run(
    process.env.FEEDVALIDATOR_PYTHON || 'python3',
    [SCRIPT, served.url, served.contentType],
    text,
  );
  return JSON.parse(answer) as Finding[];
}

const SCRIPT = fileURLToPath(new URL('feed-validator.py', import.meta.url));

function run(command: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'pipe' });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`feedvalidator: ${errors}`))));
    child.stdin.on('error', () => {}).end(input);
  });
}
