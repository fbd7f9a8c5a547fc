/** A time zone: hours east of UTC, or a name in the IANA database. */
export type Zone = number | string;

/** Resolves the zone of a date: `Z`, `EST`, `+01:00`, `UTC+1`, `Europe/Berlin`. Unknown: `undefined`. */
export function zoneOf(name: string): Zone | undefined {
  const known = newspaperZones.get(name.toUpperCase());
  if (known !== undefined) return known;
  const offset = /^(?:UTC|GMT)?([+\-−])(\d{1,2}):?(\d{2})?$/i.exec(name);
  if (offset === null) return name.includes('/') && isTimezone(name) ? name : undefined;
  const [, sign, hours, minutes = '0'] = offset;
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (Number(hours) + Number(minutes) / 60) * (sign === '+' ? 1 : -1);
}

/** Reports whether a name is an IANA time zone that this runtime knows. */
export function isTimezone(name: string): boolean {
  if (knownTimezones.has(name)) return true;
  // Runtimes also accept offsets, which are not names.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  knownTimezones.add(name);
  return true;
}

/** A cache: asking the runtime takes longer than the rest of reading a date. */
const knownTimezones = new Set<string>();

/** Zones of RFC 822 and those that newspapers use. Ambiguous abbreviations (IST, BST) are left out. */
// biome-ignore format: a table reads better in rows
const newspaperZones: ReadonlyMap<string, Zone> = new Map<string, Zone>(Object.entries({
  Z: 0, UT: 0, UTC: 0, GMT: 0, WET: 0, WEST: 1, CET: 1, CEST: 2, EET: 2, EEST: 3, MSK: 3,
  EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7,
  ET: 'America/New_York', CT: 'America/Chicago', MT: 'America/Denver', PT: 'America/Los_Angeles',
  SGT: 8, HKT: 8, JST: 9, KST: 9, AEST: 10, AEDT: 11, NZST: 12, NZDT: 13,
}));
