import { addDay, type DayCounts, emptyDay } from '../../../http/audience/counts.ts';
import { DayCounter } from '../../../http/audience/day-counter.ts';

/** A day of a log: its counts, and its clients until other days need the memory. */
export class LogDay {
  /** What was counted until clients were last forgotten. */
  readonly #past: DayCounts;
  #counter: DayCounter | undefined;
  #hasForgotten = false;
  /** Whether clients were counted after others had been forgotten. */
  isRepeated = false;

  constructor(day: string) {
    this.#past = emptyDay(day);
  }

  get counts(): DayCounts {
    const sum = structuredClone(this.#past);
    if (this.#counter !== undefined) addDay(sum, this.#counter.counts);
    return sum;
  }

  get clients(): number {
    return this.#counter?.size ?? 0;
  }

  counter(): DayCounter {
    if (this.#counter !== undefined) return this.#counter;
    this.isRepeated = this.#hasForgotten;
    this.#counter = new DayCounter(this.#past.day, [], false);
    return this.#counter;
  }

  forgetClients(): void {
    if (this.#counter === undefined) return;
    addDay(this.#past, this.#counter.counts);
    this.#counter = undefined;
    this.#hasForgotten = true;
  }
}
