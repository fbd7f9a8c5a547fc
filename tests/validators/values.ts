const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RFC822 = /^(?:([A-Z][a-z]{2}), )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:\+0000|GMT)$/;
const RFC3339 = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Reads an RFC 822 date in UTC, with a four-digit year and a weekday that fits (R5), or says what is wrong. */
export function readRfc822(text: string): number | string {
  const [, weekday, day, monthName, year, hour, minute, second] = RFC822.exec(text) ?? [];
  if (monthName === undefined) return `"${text}" is not an RFC 822 date in UTC with a four-digit year`;
  const month = MONTHS.indexOf(monthName);
  if (month < 0) return `"${monthName}" is no month`;
  const time = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(time);
  const exists = date.getUTCDate() === Number(day) && date.getUTCHours() === Number(hour);
  if (!exists || Number(minute) > 59 || Number(second) > 59) return `"${text}" does not exist`;
  const right = DAYS[date.getUTCDay()];
  if (weekday !== undefined && weekday !== right) return `"${text}" is a ${right}`;
  return time;
}

/** Reads an RFC 3339 date with upper-case T and Z, or says what is wrong. */
export function readRfc3339(text: string): number | string {
  const [, day, hour] = RFC3339.exec(text) ?? [];
  const time = Date.parse(text);
  if (day === undefined || Number.isNaN(time)) return `"${text}" is not an RFC 3339 date`;
  const rolledOver = new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day;
  return rolledOver || Number(hour) > 23 ? `"${text}" does not exist` : time;
}

/** Whether the text is an absolute URL of the web. */
export function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]\S*$/.test(text) && URL.canParse(text);
}

/** Whether the text is a URL or IRI that needs no base. */
export function isAbsolute(text: string): boolean {
  return /^https?:/i.test(text) ? isWebUrl(text) : /^[a-z][a-z0-9+.-]*:\S+$/i.test(text);
}

/** Whether the text is a well-formed BCP 47 tag. */
export function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
