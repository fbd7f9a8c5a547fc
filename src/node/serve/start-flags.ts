import { setV8Flags } from '../v8-flags.ts';

/** Sets V8's flags for the start of a server. Call it before the folder is read. */
export function beginStart(): void {
  setV8Flags({
    // Keeps V8 from growing the space for new objects to 128 MB while a folder is read, which it never gives back. V8
    // reads this flag whenever the space could grow. No benchmark shows a cost.
    'semi-space-growth-factor': 1,
    // To optimize what runs only while a folder is read would be a tenth of a start.
    turbofan: false,
    // So that the same code is optimized later if it runs often then.
    'force-emit-interrupt-budget-checks': true,
  });
}

/** Sets V8's flags for a server that has read its folder. */
export function endStart(): void {
  setV8Flags({
    'force-emit-interrupt-budget-checks': false,
    turbofan: true,
    // Makes V8 collect once the heap has grown by a fifth since the last collection, instead of up to fourfold: also for
    // the bytes of documents, which are garbage once they are sent and no longer in the cache. V8 reads this flag after
    // each collection. Earlier, a heap that grows from nothing would be collected too often.
    'heap-growing-percent': 20,
  });
}
