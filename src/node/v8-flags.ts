import { setFlagsFromString } from 'node:v8';

/** The flags of V8 that commands set, as they are in a new process. */
const usual = {
  turbofan: true,
  'force-emit-interrupt-budget-checks': false,
  'semi-space-growth-factor': 2,
  'heap-growing-percent': 0,
};

type Flags = { readonly [name in keyof typeof usual]?: (typeof usual)[name] };

/** The flags that were set. */
let current: Flags = {};

/** Sets flags of V8 for this process. Most flags have no effect after the start; whoever sets one here has tried it. */
export function setV8Flags(flags: Flags): void {
  current = { ...current, ...flags };
  apply(flags);
}

/** Reports whether no flag was set. */
export function hasUsualFlags(): boolean {
  return Object.keys(current).length === 0;
}

/** Calls a function with the flags of a new process. */
export function withUsualFlags<T>(run: () => T): T {
  apply(usual);
  try {
    return run();
  } finally {
    apply(current);
  }
}

function apply(flags: Flags): void {
  for (const [name, value] of Object.entries(flags))
    setFlagsFromString(typeof value === 'boolean' ? `--${value ? '' : 'no-'}${name}` : `--${name}=${value}`);
}
