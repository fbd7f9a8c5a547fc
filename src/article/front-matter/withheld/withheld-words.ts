/** Words of `status`, `visibility` and the like, without spaces, hyphens and case. */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const draftWords = words(`
  draft drafts drafted drafting isdraft autodraft roughdraft rough wip workinprogress inprogress progress pending
  pendingreview review inreview needsreview underreview readyforreview awaitingreview todo idea ideas planned planning
  outline concept unpublished notpublished unfinished incomplete notstarted notready writing editing trash trashed deleted
  removed withdrawn rejected offline disabled inactive hold onhold
`);

export const privateWords = words(`
  private hidden unlisted secret members member membersonly memberonly paid paidonly onlypaid onlyfree paidmembers
  premium subscribers subscriber subscribersonly tiers founding protected password passwordprotected encrypted locked
  internal restricted confidential friends followers direct onlyme nobody invisible
`);

/** "scheduled" and "future" wait for the article's date. */
export const publicWords = words(`
  published publish public live final finalized done finished complete completed active released release posted visible
  online enabled approved open listed everyone everybody anyone all world free scheduled future updated
`);
