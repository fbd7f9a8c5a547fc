/** Parses CSV (RFC 4180) with a header as one map a record, from column to value. Line breaks may be of any kind. */
export function parseCsv(text: string): readonly ReadonlyMap<string, string>[] {
  const records: string[][] = [[]];
  // A field is quoted, with quotes doubled inside, or runs to the next comma or line break.
  for (const [, quoted, plain = '', end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"([^"]*(?:""[^"]*)*)"[^",\r\n]*|([^,\r\n]*))(,|\r\n?|\n|$)/g)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',' && end !== '') records.push([]);
  }
  const [header = [], ...rows] = records.filter((fields) => fields.some((field) => field !== ''));
  return rows.map((row) => new Map(header.map((name, index) => [name.trim(), row[index] ?? ''])));
}
