import { targetOf } from '../../../http/audience/poll.ts';
import { hostOf, type ReadLine } from './log-record.ts';

/** Reads the lines of a log of CloudFront, whose `#Fields:` line names the columns between tabs. */
export function cloudfrontReader(): ReadLine {
  let columns: ReadonlyMap<string, number> = new Map();
  return (line) => {
    if (line.startsWith('#')) {
      const [, names] = line.split('#Fields:');
      if (names !== undefined)
        columns = new Map(
          names
            .trim()
            .split(/\s+/)
            .map((name, at) => [name, at]),
        );
      return undefined;
    }
    const values = line.split('\t');
    const value = (name: string): string => values[columns.get(name) ?? -1] ?? '-';
    const path = value('cs-uri-stem');
    if (value('cs-method') !== 'GET' || targetOf(path) === undefined) return undefined;
    const time = Date.parse(`${value('date')}T${value('time')}Z`);
    const status = Number(value('sc-status'));
    if (Number.isNaN(time) || !(status >= 100)) return undefined;
    const length = Number(value('sc-content-len'));
    return {
      ...{ time, method: 'GET', path, status },
      // `sc-bytes` includes the header.
      bytes: status === 304 ? 0 : length > 0 ? length : Number(value('sc-bytes')) || 0,
      isConditional: status === 304,
      address: value('c-ip'),
      // `cs(Host)` is the name of the distribution.
      ...hostOf(value('x-host-header')),
      agent: decoded(decoded(value('cs(User-Agent)'))),
    };
  };
}

/** Decodes percent signs. CloudFront encodes them itself, so a space is `%20` or `%2520`. */
function decoded(text: string): string {
  if (!text.includes('%')) return text === '-' ? '' : text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
