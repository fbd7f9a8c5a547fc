/** Reads the names in a list such as Accept, in lower case, each with its rating from 0 to 1 (RFC 9110 §12.4.2). */
export function readRatings(field: string): ReadonlyMap<string, number> {
  const ratings = new Map<string, number>();
  for (const element of field.split(',')) {
    const found = /^\s*([!#$%&'*+.^_`|~\w/-]+)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i.exec(
      element.replace(parameter, ''),
    );
    const name = found?.[1]?.toLowerCase();
    if (name !== undefined) ratings.set(name, Number(found?.[2] ?? 1));
  }
  return ratings;
}

/** A parameter of a media type, such as `charset=utf-8`. */
const parameter = /;\s*(?!q\s*=)[\w-]+=(?:"[^"]*"|[^;"]*)/gi;
