import type { Edition } from '../publication/publication.ts';

/** Documents that are being made before somebody asks for them, by their paths. */
export class Preparations {
  readonly #underWay = new Map<string, { readonly edition: Edition; readonly done: Promise<void> }>();

  /** Takes down that the document at a path is being made for an edition. */
  begin(edition: Edition, path: string, made: Promise<unknown>): void {
    const end = (): void => {
      if (this.#underWay.get(path) === preparation) this.#underWay.delete(path);
    };
    // Whether it could be made is seen when it is looked for.
    const preparation = { edition, done: made.then(end, end) };
    this.#underWay.set(path, preparation);
  }

  /** Resolves when the document at a path has been made for an edition; `undefined` where it is not under way. */
  end(edition: Edition, path: string): Promise<void> | undefined {
    const underWay = this.#underWay.get(path);
    return underWay?.edition === edition ? underWay.done : undefined;
  }
}
