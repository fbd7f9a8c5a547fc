import type { ParsedSeed } from '../../../article/parse.ts';
import type { Problem } from '../../../article/problem.ts';
import type { Fix } from './fix.ts';
import { offsetsIn } from './rewrite.ts';

/** Corrects weekdays that do not match their dates, which stay. `problems` are those of the folder. */
export function fixWeekdays(problems: readonly Problem[]): Fix {
  const files = new Set(problems.filter(isWrongWeekday).map(({ file }) => file));
  return {
    done: (times) => (times === 1 ? 'corrected the weekday' : `corrected ${times} weekdays`),
    isNeeded: ({ file }) => files.has(file),
    attempts: ({ text, parsed }) =>
      parsed.problems.filter(isWrongWeekday).flatMap((problem) => {
        const from = offsetsIn(text)(problem);
        const { 0: found = '', index = 0 } = weekday.exec(text.slice(from, from + 300)) ?? {};
        if (found === '') return [];
        const start = from + index;
        return weekdays.map((name) => [{ start, end: start + found.length, text: spelledAs(found, name) }]);
      }),
    isDone: (before, after) => wrongWeekdays(after.parsed) < wrongWeekdays(before.parsed),
  };
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const weekday =
  /\b(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b/i;

function isWrongWeekday({ code }: Problem): boolean {
  return code === 'wrong-weekday';
}

function wrongWeekdays({ problems }: ParsedSeed): number {
  return problems.filter(isWrongWeekday).length;
}

/** Spells a weekday as the old one was: in full or short, and in the same case. */
function spelledAs(found: string, name: string): string {
  const written = /day$/i.test(found) ? name : name.slice(0, 3);
  if (found === found.toLowerCase()) return written.toLowerCase();
  return found === found.toUpperCase() ? written.toUpperCase() : written;
}
