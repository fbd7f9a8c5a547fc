import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { lintHtml } from './html.ts';
import { isLanguage } from './values.ts';

/** Lists where a document breaks JSON Feed 1.1: the schema, or once that holds, our rules by their ids. */
export function lintJsonFeed(text: string): string[] {
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch (error) {
    return [`J1 not JSON: ${(error as Error).message}`];
  }
  if (!validate(feed)) return (validate.errors ?? []).map(explain);
  return FEED_RULES.flatMap((rule) => rule(feed));
}

/** The shape that the rules rely on, which the schema guarantees. */
interface Feed {
  readonly version: string;
  readonly home_page_url?: string;
  readonly feed_url?: string;
  readonly next_url?: string;
  readonly language?: string;
  readonly items: readonly Item[];
}

interface Item {
  readonly id: string;
  readonly content_html?: string;
  readonly date_published?: string;
  readonly date_modified?: string;
  readonly language?: string;
}

const SCHEMA = new URL('../schemas/json-feed-1.1.schema.json', import.meta.url);
const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile<Feed>(JSON.parse(readFileSync(SCHEMA, 'utf8')));

const FEED_RULES = [versionFirst, addresses, paging, languages, identities, order, dates, html, surrogates];

function explain({ instancePath, keyword, message, params }: ErrorObject): string {
  const key: unknown = keyword === 'additionalProperties' ? params.additionalProperty : undefined;
  const where = instancePath || '/';
  if (typeof key !== 'string') return `schema ${where} ${message}`;
  return key.startsWith('_') ? `J12 ${where} "${key}" is no extension's name` : `schema ${where} knows no "${key}"`;
}

function versionFirst(feed: Feed): string[] {
  const [first] = Object.keys(feed);
  return first === 'version' ? [] : [`J1 "${first}" stands before version`];
}

function addresses(feed: Feed): string[] {
  return (['home_page_url', 'feed_url'] as const).filter((key) => feed[key] === undefined).map((key) => `J2 no ${key}`);
}

function paging({ feed_url, next_url }: Feed): string[] {
  return next_url !== undefined && next_url === feed_url ? ['J8 next_url is feed_url'] : [];
}

function languages(feed: Feed): string[] {
  return [feed, ...feed.items]
    .filter(({ language }) => language !== undefined && !isLanguage(language))
    .map(({ language }) => `J7 "${language}" is not a language tag`);
}

function identities({ items }: Feed): string[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }) => {
    const problems = seen.has(id) ? [`J3 a second ${id}`] : [];
    seen.add(id);
    return problems;
  });
}

function order({ items }: Feed): string[] {
  const dated = items.flatMap(({ id, date_published }) =>
    date_published ? [{ id, time: Date.parse(date_published) }] : [],
  );
  return dated
    .filter(({ time }, index) => time > (dated[index - 1]?.time ?? time))
    .map(({ id }) => `C3 ${id} is newer than the item before it`);
}

function dates({ items }: Feed): string[] {
  return items
    .filter(({ date_published, date_modified }) => Date.parse(date_modified ?? '') < Date.parse(date_published ?? ''))
    .map(({ id }) => `J6 ${id} was modified before it was published`);
}

function html({ items }: Feed): string[] {
  return items.flatMap(({ id, content_html = '' }) =>
    lintHtml(content_html).map((problem) => `${problem.replace(/^C2/, 'J14')} (${id})`),
  );
}

/** RFC 8259 §8.2: readers differ on half a surrogate pair. */
function surrogates(feed: Feed): string[] {
  return /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(feed)) ? ['X2 half a surrogate pair'] : [];
}
