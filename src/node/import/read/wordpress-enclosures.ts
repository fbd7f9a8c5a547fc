import { omitUndefined } from '../../../article/omit-undefined.ts';
import type { ImportedFile } from './imported-item.ts';
import { type ExportElement, fieldOf, fieldsOf } from './wordpress-export.ts';

/**
 * Reads the recordings of a post. WordPress keeps an enclosure as lines: address, bytes, media type; behind them a plug-in
 * for podcasts puts what PHP serializes, with the duration in it. Another keeps address and duration each by itself.
 */
export function enclosuresOf(item: ExportElement): readonly ImportedFile[] {
  const found = metasOf(item, 'enclosure').flatMap((kept): ImportedFile[] => {
    const [url = '', length = '', type = '', ...rest] = kept.split('\n').map((line) => line.trim());
    const [, written] = /"duration";(?:s:\d+:"|[id]:)([\d:.]+)/.exec(rest.join('\n')) ?? [];
    return fileOf(url, length, type, written);
  });
  const files = found.length > 0 ? found : metasOf(item, 'audio_file').flatMap((url) => fileOf(url.trim()));
  const [duration] = metasOf(item, 'duration').flatMap(seconds);
  const [first, ...others] = files;
  return first === undefined || first.duration !== undefined || duration === undefined
    ? files
    : [{ ...first, duration }, ...others];
}

function fileOf(url: string, length = '', type = '', duration = ''): ImportedFile[] {
  if (url === '') return [];
  const [plays] = seconds(duration);
  return [
    omitUndefined({
      url,
      length: /^\d{1,9}$/.test(length) && Number(length) > 0 ? Number(length) : undefined,
      type: type === '' ? undefined : type,
      duration: plays,
    }),
  ];
}

/** Seconds, or `1:02:03`; noughts say nothing. */
function seconds(written: string): number[] {
  if (!/^\d{1,6}(?::\d{1,2}){0,2}(?:\.\d+)?$/.test(written.trim())) return [];
  const plays = Math.round(written.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
  return plays === 0 ? [] : [plays];
}

function metasOf(item: ExportElement, key: string): readonly string[] {
  return fieldsOf(item, 'wp:postmeta')
    .filter((meta) => fieldOf(meta, 'wp:meta_key') === key)
    .map((meta) => fieldOf(meta, 'wp:meta_value'));
}
