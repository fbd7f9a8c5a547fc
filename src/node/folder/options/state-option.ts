import { type Command, Option } from 'commander';
import { statePath } from '../../state/state-file.ts';

/** The value of `--state` and `--no-state`. */
export interface StateOption {
  /** A folder, or `false` for none. */
  readonly state?: string | false | undefined;
}

/** Adds the options of a command that reads a folder of articles. */
export function addStateOption(command: Command): Command {
  return command
    .addOption(
      new Option('--state <dir>', 'folder of the state and the ledger (default: .dateline in the folder of articles)'),
    )
    .addOption(new Option('--no-state', 'read all files, and write no state; the ledger stays'));
}

/** Returns the path of a folder's ledger, which is kept even without a state. */
export function ledgerPathOf(dir: string, { state }: StateOption): string {
  return statePath(dir, 'ledger', state === false ? undefined : state);
}

/** Returns the path of the file with a folder's state, if there is to be one. */
export function stateOf(dir: string, { state }: StateOption): string | undefined {
  return state === false ? undefined : statePath(dir, 'state', state);
}
