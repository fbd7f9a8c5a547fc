import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { Site } from '../site/site.ts';
import type { Slice } from './slice.ts';

/** The sections in the menu of every page at a moment. */
export interface Menu {
  readonly sections: readonly Slice[];
  /** Whether the publication has an archive by month. */
  readonly hasArchive?: true;
  /** When a section last appeared or disappeared by itself. */
  readonly since?: Instant;
  /** When the next section will appear or disappear. */
  readonly until?: Instant;
}

/** A section, and when it appears, disappears, appears again and so on. */
interface Listed extends Slice {
  readonly turns: readonly Instant[];
}

/** With more sections than this, the publisher chooses which are in the menu. */
const most = 12;

/** Selects the sections for the menu, in its order: those that the publisher lists, else all if there are several. */
export function menuSections<T extends Slice>(all: readonly T[], { described }: Pick<Site, 'described'>): readonly T[] {
  const listed = described?.section;
  if (listed !== undefined) return listed.flatMap(({ slug }) => all.find((section) => section.slug === slug) ?? []);
  if (all.length < 2 || all.length > most) return [];
  return all.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
}

/** Returns the menu at `now`: its sections that show an article. */
export function menuAt(sections: readonly Listed[], now: Instant, hasArchive: boolean): Menu {
  const turns = sections.flatMap((section) => section.turns).toSorted();
  return omitUndefined({
    sections: sections
      .filter((section) => section.turns.filter((turn) => turn <= now).length % 2 === 1)
      .map(({ kind, slug, label }) => ({ kind, slug, label })),
    hasArchive: hasArchive ? (true as const) : undefined,
    since: turns.findLast((turn) => turn <= now),
    until: turns.find((turn) => turn > now),
  });
}

/** Dates a page with something that it shows, such as its menu: when it last changed by itself, and when it will next. */
export function datedWith<T extends { readonly updated: Instant; readonly until?: Instant }>(
  page: T,
  { since = '', until }: Partial<Menu> = {},
): T {
  const next = [page.until, until].filter((moment) => moment !== undefined).toSorted()[0];
  return { ...page, updated: since > page.updated ? since : page.updated, ...omitUndefined({ until: next }) };
}
