import { setFlagsFromString } from 'node:v8';

/** The flags that are set here, as they are in a new process. */
const defaults = {
  turbofan: true,
  'force-emit-interrupt-budget-checks': false,
  'semi-space-growth-factor': 2,
  'heap-growing-percent': 0,
};

type Flags = { readonly [name in keyof typeof defaults]?: (typeof defaults)[name] };

/** Without a compiler (`--jitless`), V8 has no WebAssembly, and crashes if it is told to optimize. */
const hasCompiler = 'WebAssembly' in globalThis;

/** The flags that were set. */
let current: Flags = {};

/** Sets V8's flags for the start of a server. Call it before the folder is read. */
export function setFlagsForStart(): void {
  setFlags({
    // Keeps V8 from growing the space for new objects to 128 MB while a folder is read, which it never gives back. V8
    // reads this flag whenever the space could grow. No benchmark shows a cost.
    'semi-space-growth-factor': 1,
    // Optimizing what runs only while the folder is read took a tenth of the processor time of a start.
    turbofan: false,
    // Without it, V8 never optimizes a function that has run often while the optimizer was off.
    'force-emit-interrupt-budget-checks': true,
    // Makes V8 collect once the heap has grown by a third. The pages of memory that collections empty stay with the
    // process for a while; while 100,000 articles are read, a heap that may grow fourfold leaves 40 MB of them.
    'heap-growing-percent': 30,
  });
}

/** Sets V8's flags for a server that has read its folder. */
export function setFlagsAfterStart(): void {
  setFlags({
    'force-emit-interrupt-budget-checks': false,
    turbofan: true,
    // Makes V8 collect once the heap has grown by a fifth: also for the bytes of documents, which are garbage once they
    // are sent and no longer in the cache. Not earlier, because while the folder is read, little of the heap is garbage.
    'heap-growing-percent': 20,
  });
}

/** With more articles or documents than this, optimized code saves more time than it takes to make. */
const many = 30_000;

/**
 * Lets V8 use its optimizing compiler (TurboFan) only if there is much to do, because each thread compiles for itself.
 * That takes a tenth of the processor time of a build of 10,000 articles, and a fifth of one with an edited article.
 *
 * Only for processes that end with the build: V8 never optimizes a function that has run often while this was off.
 */
export function optimizeCodeFor(count: number): void {
  setFlags({ turbofan: count > many });
}

/** Reports whether no flag was set yet. */
export function hasDefaultFlags(): boolean {
  return Object.keys(current).length === 0;
}

/** Calls a function with the flags of a new process. */
export function withDefaultFlags<T>(run: () => T): T {
  apply(defaults);
  try {
    return run();
  } finally {
    apply(current);
  }
}

/** Most flags have no effect after the process started, so try one before you add it. */
function setFlags(flags: Flags): void {
  current = { ...current, ...flags };
  apply(flags);
}

function apply(flags: Flags): void {
  for (const [name, value] of Object.entries(flags)) {
    if (name === 'turbofan' && !hasCompiler) continue;
    setFlagsFromString(typeof value === 'boolean' ? `--${value ? '' : 'no-'}${name}` : `--${name}=${value}`);
  }
}
