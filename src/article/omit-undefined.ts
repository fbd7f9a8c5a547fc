/** The same type with optional properties in place of those that may be `undefined`. */
export type OmitUndefined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Copies an object without its undefined properties; the others keep their order. */
export function omitUndefined<const T extends object>(value: T): OmitUndefined<T>;
export function omitUndefined(value: Readonly<Record<string, unknown>>): object {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) if (value[name] !== undefined) copy[name] = value[name];
  return copy;
}
