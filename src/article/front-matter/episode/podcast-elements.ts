import type { PodcastElement } from '../../media/episode.ts';
import { type ElementRule, podcastRules, remoteItem } from '../../media/podcast-rules.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { oneLine } from '../../plain-text.ts';
import { quote } from '../../problem.ts';
import { text, truth } from '../syntax/read.ts';
import { itemsOf, keyOf, type Table, type Value } from '../syntax/value.ts';

/** Reports what is wrong with a value. */
export type WrongElement = (value: Value, message: string) => void;

/** Reads the value of a key as elements. Wrong parts are reported and left out. */
export function readPodcastElements(key: string, value: Value, wrong: WrongElement): readonly PodcastElement[] {
  const rule = podcastRules[key];
  if (rule === undefined) return [];
  if (rule.name === 'block') return blockElements(value, rule, wrong);
  if (rule.name === 'podroll') {
    const inner = itemsOf(value).flatMap((item) => elementOf(item, remoteItem, wrong) ?? []);
    return inner.length === 0 ? [] : [{ name: rule.name, inner }];
  }
  const values = itemsOf(value);
  if (rule.isSingle && values.length > 1) {
    wrong(value, `expected ${rule.expects}, got a list`);
    return [];
  }
  return values.flatMap((one) => elementOf(one, rule, wrong) ?? []);
}

/** `true` blocks every service, a name only the service of that name. */
function blockElements(value: Value, rule: ElementRule, wrong: WrongElement): readonly PodcastElement[] {
  if (value.kind === 'scalar' && !value.isText) {
    const isBlocked = truth(value);
    if (isBlocked !== undefined) return [{ name: rule.name, text: isBlocked ? 'yes' : 'no' }];
  }
  return itemsOf(value).flatMap((item) => {
    const id = rule.text?.[1](text(item) ?? '');
    if (id !== undefined) return [{ name: rule.name, attributes: { id }, text: 'yes' }];
    wrong(item, `expected ${rule.expects}`);
    return [];
  });
}

function elementOf(value: Value, rule: ElementRule, wrong: WrongElement): PodcastElement | undefined {
  const fail = (at: Value): undefined => void wrong(at, `expected ${rule.expects}`);
  if (value.kind === 'list') return fail(value);
  const required = Object.keys(rule.attributes ?? {}).filter((key) => key.endsWith('!'));
  if (value.kind === 'scalar') {
    const written = rule.text?.[1](text(value) ?? '');
    return written === undefined || written === '' || required.length > 0
      ? fail(value)
      : { name: rule.name, text: written };
  }
  const attributes: Record<string, string> = {};
  for (const [key, [attribute, read]] of Object.entries(rule.attributes ?? {})) {
    const found = value.entries.get(keyOf(key.replace('!', '')));
    const written = found && text(found);
    const result = written === undefined ? undefined : read(written);
    if (result !== undefined) attributes[attribute] = result;
    else if (found !== undefined && written !== undefined) {
      wrong(found, `${key.replace('!', '')} is wrong: ${quote(written)}; expected ${rule.expects}`);
      if (key.endsWith('!')) return undefined;
    } else if (key.endsWith('!')) return fail(value);
  }
  const words = textIn(value, rule);
  if (words === undefined && rule.text !== undefined && rule.isTextOptional !== true) return fail(value);
  const inside = rule.inner && value.entries.get(keyOf(rule.inner[0]));
  const inner =
    rule.inner && inside && itemsOf(inside).flatMap((one) => elementOf(one, rule.inner?.[1] ?? rule, wrong) ?? []);
  if (rule.inner !== undefined && (inner === undefined || inner.length === 0)) return fail(value);
  return omitUndefined({
    name: rule.name,
    attributes: Object.keys(attributes).length === 0 ? undefined : attributes,
    text: words,
    inner,
  });
}

function textIn(value: Table, rule: ElementRule): string | undefined {
  const found = rule.text && value.entries.get(keyOf(rule.text[0]));
  const written = oneLine((found && text(found)) ?? '');
  return written === '' ? undefined : rule.text?.[1](written);
}
