import { html } from 'hono/html';
import type { Article } from '../../../article/article.ts';
import type { Site } from '../../../publication/site/site.ts';
import type { Slice } from '../../../publication/slices/slice.ts';
import { dateView, dayOf, hourView } from '../date-view.ts';
import type { Html } from '../language-view.ts';
import { type StoryForm, story } from './story.ts';

interface ListPlace {
  readonly site: Site;
  readonly root: string;
  readonly slice?: Slice | undefined;
  /** Whether it is the newest page, whose first articles get more room. */
  readonly isCurrent: boolean;
}

/** How many articles after the lead stand side by side. */
const cards = 3;

/** How many articles have their summaries and pictures. */
const described = 16;

/**
 * Shows articles, newest first: on the newest page a lead, three beside each other, then rows, and the rest in brief.
 * Each date is shown once, with hours for the newest day of the page, so the page changes only with its articles.
 */
export function stories(articles: readonly Article[], { site, root, slice, isCurrent }: ListPlace): Html {
  const hasCards = isCurrent && articles.length > cards;
  const formOf = (index: number): StoryForm => {
    if (isCurrent && index === 0) return 'lead';
    if (hasCards && index <= cards) return 'card';
    return !isCurrent || index < described ? 'row' : 'brief';
  };
  const days = articles.map(({ published }) => dayOf(published, site));
  const all = articles.map((article, index) => {
    // The rows repeat a date of the cards, but not the lead's.
    const isFirstRow = hasCards && index === cards + 1 && days[index] !== days[0];
    const isNewDay = days[index] !== days[index - 1] || isFirstRow;
    const { published, language } = article;
    const day = isNewDay ? dateView(published, site, language, 'dt-published') : undefined;
    const hour = isCurrent && days[index] === days[0] ? hourView(published, site, language) : undefined;
    return story(article, {
      ...{ form: formOf(index), site, root, slice, isNewDay, isTarget: !isCurrent },
      dates: [day, hour].filter((date) => date !== undefined),
    });
  });
  if (!hasCards) return html`${all}`;
  return html`${all[0]}<div class="cards">
${all.slice(1, cards + 1)}</div>
${all.slice(cards + 1)}`;
}
