/** An object in untrusted JSON, whose values may be anything. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the objects of a list; empty if the value is not a list. */
export function rowsOf(row: Row, key: string): readonly Row[] {
  const list = row[key];
  return Array.isArray(list) ? list.filter(isRow) : [];
}

/** Returns text, or a number as text; anything else is empty. */
export function textOf(row: Row, key: string): string {
  const value = row[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function numberOf(row: Row, key: string): number | undefined {
  const value = row[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Parses JSON that is stored as text. Returns `undefined` if it isn't an object. */
export function parseRow(text: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
