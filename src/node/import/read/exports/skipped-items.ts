import { RefusedDocument } from '../../../published/refused-document.ts';
import { count } from '../../../terminal/report.ts';
import type { ImportNote } from '../imported-item.ts';

/** What an export contains besides the posts that are imported. */
export class SkippedItems {
  /** By kind and where it was. */
  readonly #counts = new Map<string, { readonly kind: string; readonly where: string; number: number }>();

  /** Counts something of a kind, such as a page, perhaps `in the bin`. */
  add(kind: string, where = ''): void {
    const key = `${kind}\n${where}`;
    const counted = this.#counts.get(key) ?? { kind, where, number: 0 };
    counted.number += 1;
    this.#counts.set(key, counted);
  }

  /** Names everything that was skipped. */
  notes(): readonly ImportNote[] {
    if (this.#counts.size === 0) return [];
    return [{ severity: 'warning', source: '', message: `not imported: ${this.#list()}${this.#advice()}` }];
  }

  /** Throws if an export without posts has anything else. */
  refuseEmpty(name: string): void {
    if (this.#counts.size === 0) return;
    const advice = this.#advice() || '; export again with everything in it, posts too';
    throw new RefusedDocument(`is ${name} without posts; it has ${this.#list()}${advice}`);
  }

  #list(): string {
    return [...this.#counts.values()]
      .map(({ kind, where, number }) => `${count(number, kind)} ${where}`.trim())
      .join(', ');
  }

  #advice(): string {
    const hasPages = [...this.#counts.values()].some(({ kind, where }) => kind === 'page' && where === '');
    return hasPages ? '; --pages includes pages' : '';
  }
}
