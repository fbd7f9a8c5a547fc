/** Reads a playing time as seconds: `90`, `1:30` or `1:02:03`; fractions of a second are dropped. */
export function secondsOf(written: string): number | undefined {
  const [, hours = '0', minutes = '0', rest] =
    /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,7})(?:\.\d+)?$/.exec(written) ?? [];
  return rest === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}
