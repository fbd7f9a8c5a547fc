/**
 * Counts the steps of work on text, which are the same on every machine: each call of a regular expression, of
 * `indexOf` and of an array's `at`, and each character that the first two pass over.
 */
export function countOperations(work: () => void): number {
  let count = 0;
  const { exec } = RegExp.prototype;
  const { indexOf } = String.prototype;
  const { at } = Array.prototype;
  // Every method that takes a regular expression calls this `exec` (ECMA-262 §22.2.7.1).
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, text);
    const end = match === null ? (this.sticky ? from : text.length) : match.index + match[0].length;
    count += 1 + end - from;
    return match;
  };
  String.prototype.indexOf = function (this: string, part, from = 0) {
    const found = indexOf.call(this, part, from);
    count += 1 + (found === -1 ? this.length : found) - from;
    return found;
  };
  Array.prototype.at = function (this: readonly unknown[], index) {
    count++;
    return at.call(this, index);
  };
  try {
    work();
  } finally {
    RegExp.prototype.exec = exec;
    String.prototype.indexOf = indexOf;
    Array.prototype.at = at;
  }
  return count;
}
