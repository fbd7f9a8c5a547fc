import { typeOfFile } from '../../media-types.ts';
import { itemsOf, type Scalar, type Table, type Value } from '../syntax/value.ts';

/**
 * Lists the enclosures of a value. WordPress keeps an enclosure as lines: address, length, media type and, for
 * podcasts, a PHP array with the duration. They may also be the words of one line, or the items of a list.
 */
export function enclosuresIn(value: Value): Value[] {
  const found: Value[] = [];
  for (const item of itemsOf(value)) {
    const parts = item.kind === 'scalar' ? partsOf(item) : [];
    const isDetail = parts.length > 0 && parts.every((part) => detailOf(part) !== undefined);
    const last = found.at(-1);
    if (isDetail && last !== undefined && value.kind === 'list') found[found.length - 1] = withDetails(last, parts);
    else found.push(parts[0] === undefined || parts.length === 1 ? item : withDetails(parts[0], parts.slice(1)));
  }
  return found;
}

/** Splits a text into an address and its details. Anything else stays one part. */
function partsOf(value: Scalar): Scalar[] {
  const words = value.text.trim().split(/\s*\n\s*/);
  const lines = words.length > 1 ? words : value.text.trim().split(/[ \t]+/);
  const parts = lines.map((text): Scalar => ({ ...value, text }));
  return parts.slice(1).every((part) => detailOf(part) !== undefined) ? parts : [value];
}

function withDetails(address: Value, details: readonly Scalar[]): Table {
  const entries = new Map<string, Value>(address.kind === 'table' ? address.entries : [['url', address]]);
  for (const detail of details) {
    const [key, text] = detailOf(detail) ?? [];
    if (key !== undefined && text !== undefined) entries.set(key, { ...detail, text });
  }
  return { kind: 'table', entries, at: address.at };
}

function detailOf({ text }: Scalar): readonly [key: string, text: string | undefined] | undefined {
  const written = text.trim();
  if (/^\d+$/.test(written)) return ['length', written];
  if (isMediaType.test(written) && typeOfFile(written) === undefined) return ['type', written];
  if (/^a:\d+:\{.*\}$/s.test(written)) return ['duration', /"duration";s:\d+:"([^"]+)"/.exec(written)?.[1]];
  return undefined;
}

const isMediaType = /^(?:application|audio|font|image|model|multipart|text|video)\/[\w.+-]+$/i;
