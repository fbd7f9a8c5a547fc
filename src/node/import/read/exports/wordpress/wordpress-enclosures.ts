import type { ImportedFile } from '../../imported-item.ts';
import type { ExportElement } from '../export-xml.ts';
import { metaValues } from './wordpress-export.ts';

/**
 * Reads the recordings of a post. WordPress stores an enclosure as lines: address, bytes, media type. One podcast
 * plug-in adds serialized PHP with the duration. Another stores the address and the duration in fields of their own.
 */
export function enclosuresOf(item: ExportElement): readonly ImportedFile[] {
  const found = metaValues(item, 'enclosure').flatMap((stored): ImportedFile[] => {
    const [url = '', length = '', type = '', ...rest] = stored.split('\n').map((line) => line.trim());
    const [, duration] = /"duration";(?:s:\d+:"|[id]:)([\d:.]+)/.exec(rest.join('\n')) ?? [];
    return fileOf(url, length, type, duration);
  });
  const files = found.length > 0 ? found : metaValues(item, 'audio_file').flatMap((url) => fileOf(url.trim()));
  const [duration] = metaValues(item, 'duration').flatMap(parseDuration);
  const [first, ...others] = files;
  return first === undefined || first.duration !== undefined || duration === undefined
    ? files
    : [{ ...first, duration }, ...others];
}

function fileOf(url: string, length = '', type = '', duration = ''): ImportedFile[] {
  if (url === '') return [];
  const [seconds] = parseDuration(duration);
  return [
    {
      url,
      length: /^\d{1,9}$/.test(length) && Number(length) > 0 ? Number(length) : undefined,
      type: type || undefined,
      duration: seconds,
    },
  ];
}

/** Parses `62` or `1:02:03` as seconds. Zero means unknown. */
function parseDuration(written: string): number[] {
  if (!/^\d{1,6}(?::\d{1,2}){0,2}(?:\.\d+)?$/.test(written.trim())) return [];
  const seconds = Math.round(written.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
  return seconds === 0 ? [] : [seconds];
}
